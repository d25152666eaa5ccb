import type { PersonId } from '../people.ts'
import { addTime, minutes } from '../time.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'
import { discuss } from './discuss.ts'
import { type AccessRequest, openStage } from './request.ts'
import type { Tapper } from './right-to-decide.ts'

// What a person may press: what `decide` and `discuss` would accept of them at this moment. No card offers what the tap
// refuses; what a person still has to write, a comment or a question, is taken for written.

/** A moment by both clocks. */
export interface Moment {
  readonly at: Date
  readonly realNow: Date
}

const tapOf = (by: PersonId, { at, realNow }: Moment) => ({ by, at, realNow, leaseUntil: addTime(realNow, minutes(1)) })

export type HolderVerb = 'activate' | 'withdraw' | 'end' | 'let-end' | 'check'

/** What the holder of a request may press, in the order in which a card shows it. */
export function holderMayPress(request: AccessRequest, by: PersonId, moment: Moment): readonly HolderVerb[] {
  const tap = tapOf(by, moment)
  const accepts = (command: Command) => decide(request, command).ok
  const { phase, doubt, submission } = request
  // What the stages have become is looked up with the tap itself: it asks anew where they have changed.
  const activate = accepts({ type: 'File', stagesToday: request.stages, ...tap })
  const withdraw = accepts({ type: 'Withdraw', ...tap })
  // Ended once is ended: until the tenant shows it, pressing again would only be refused there.
  const end = request.endedByHolder === undefined && accepts({ type: 'EndNow', ...tap })
  const letEnd = phase.status === 'active' && !phase.letEnd && accepts({ type: 'LetEnd', ...tap })
  const theirs = by === submission.requester || by === submission.beneficiary
  // Checking decides nothing: it looks, wherever the service may know more than the card says.
  const unseen = doubt !== undefined && doubt.about !== 'decision'
  const check = theirs && (unseen || ['filed', 'scheduled', 'activating', 'active'].includes(phase.status))
  const verbs: readonly (readonly [HolderVerb, boolean])[] = [
    ['activate', activate],
    ['withdraw', withdraw],
    ['end', end],
    ['let-end', letEnd],
    ['check', check],
  ]
  return verbs.flatMap(([verb, offered]) => (offered ? [verb] : []))
}

export interface ApproverOffers {
  /** Approve and deny. Whether a yes meets today's terms, or wants a step-up, the tap says with what it looks up. */
  readonly decide: boolean
  readonly ask: boolean
  readonly claim: boolean
}

/**
 * What somebody may press on an approver's card. A decision that somebody is just casting is not waited for: their lease
 * is over within a minute, and whoever presses meanwhile is told who it is.
 */
export function approverMayPress(request: AccessRequest, tapper: Tapper, { at, realNow }: Moment): ApproverOffers {
  const open = openStage(request)
  const lease = Math.max(realNow.getTime(), request.reservation?.leaseUntil.getTime() ?? 0)
  const tap = tapOf(tapper.by, { at, realNow: new Date(Math.max(lease, request.doubt?.leaseUntil.getTime() ?? 0)) })
  const about = { termsToday: request.submission.terms, contexts: [], comment: 'a reason', verdict: 'deny' } as const
  return {
    decide: open !== undefined && decide(request, { type: 'Decide', ...about, ...tap, ...tapper }).ok,
    ask: discuss(request, { type: 'Ask', at, question: 'a question', ...tapper }).ok,
    claim: discuss(request, { type: 'Claim', at, ...tapper }).ok,
  }
}

/** Whether an answer to this question, by its number from 0, would still be taken. */
export function mayAnswer(request: AccessRequest, by: PersonId, question: number, at: Date): boolean {
  const asked = request.questions[question]
  if (asked === undefined || asked.answer !== undefined) return false
  return discuss(request, { type: 'Answer', at, by, question, revision: asked.revision, answer: 'an answer' }).ok
}
