import { stricterTerms, type Terms } from '../entitlement/terms.ts'
import type { Result } from '../result.ts'
import type { PersonId } from '../people.ts'
import { type Duration, isoDuration } from '../time.ts'
import type { Command } from './command.ts'
import { decide } from './decide.ts'
import { discuss } from './discuss.ts'
import type { RequestEvent } from './events.ts'
import { type Moment, undisturbed, wouldHappen } from './offers.ts'
import type { Refusal } from './refusal.ts'
import { type AccessRequest, openStage } from './request.ts'
import type { Tapper } from './right-to-decide.ts'

/** The reader of an approval card, with what was looked up to show it. */
export interface Approver extends Tapper {
  /** Who stands in for those who are asked. */
  readonly standIn: readonly PersonId[]
  /** Catalogue met with Entra's rules today; undefined when the catalogue has it no more. */
  readonly termsToday: Terms | undefined
  /** Whether a question would reach the requester. */
  readonly requesterReachable: boolean
}

/** Why a request can be denied here and not approved. */
export type WhyNotApprove = 'needed-later' | 'stages-changed' | 'terms-stricter'

export interface ApprovalOffers {
  /** Why Approve is missing beside Deny. */
  readonly notApprovable?: WhyNotApprove
  /** From and up to which length less than was asked may be given; absent where it may not. */
  readonly shorter?: { readonly shortest: Duration; readonly longest: Duration }
  readonly ask: 'open' | 'enough' | 'unreachable'
  readonly claim: boolean
}

/** What an approver may press on their card; undefined where nothing of it is theirs to decide. */
export function approvalOffers(request: AccessRequest, approver: Approver, moment: Moment): ApprovalOffers | undefined {
  if (!isAsked(request, approver)) return undefined
  const { at, realNow } = undisturbed(request, moment)
  const wanted = [approver.termsToday, request.submission.terms].flatMap((terms) => terms?.stepUp.approve ?? [])
  const decided = (verdict: 'approve' | 'deny', shorter?: Duration) => {
    const command: Command = {
      type: 'Decide',
      ...approver,
      at,
      realNow,
      leaseUntil: realNow,
      verdict,
      comment: 'a comment',
      ...(shorter === undefined ? {} : { shorter: isoDuration(shorter) }),
      // A sign-in that is wanted is offered by the tap itself.
      contexts: wanted,
    }
    return decide(request, command)
  }
  // Whoever may not even deny it has nothing to ask of it, or to claim.
  if (!wouldHappen(decided('deny'))) return undefined
  const notApprovable = whyNot(decided('approve'))
  const terms = stricterTerms(request.submission.terms, approver.termsToday ?? request.submission.terms)
  return {
    ...(notApprovable === undefined ? {} : { notApprovable }),
    ...(wouldHappen(decided('approve', terms.shortest)) ? { shorter: lengths(terms) } : {}),
    ask: approver.requesterReachable ? (mayAsk(request, approver, at) ? 'open' : 'enough') : 'unreachable',
    // Where nobody else is asked it would tell nobody anything.
    claim: approver.asked.some((id) => id !== approver.by) && wouldHappen(discuss(request, claiming(approver, at))),
  }
}

/**
 * Only who is asked is offered anything, and in the service's own stage who stands in for them. The owners' managers
 * could decide there as well: the service takes it, but nobody has turned to them.
 */
function isAsked(request: AccessRequest, { by, asked, standIn }: Approver): boolean {
  return asked.includes(by) || (openStage(request)?.stage.by === 'native' && standIn.includes(by))
}

function whyNot(approved: Result<readonly RequestEvent[], Refusal>): WhyNotApprove | undefined {
  if (approved.ok) return undefined
  const { refusal } = approved
  if (refusal.kind === 'may-not-decide') return 'needed-later'
  return refusal.kind === 'terms-stricter' ? 'terms-stricter' : 'stages-changed'
}

const lengths = ({ shortest, longest }: Terms) => ({ shortest, longest })

const claiming = (approver: Approver, at: Date) => ({ type: 'Claim', ...approver, at }) as const

function mayAsk(request: AccessRequest, approver: Approver, at: Date): boolean {
  // Not one that waits already: the same question pressed twice is one, however many wait.
  const texts = request.questions.map(({ text }) => text.freeText)
  const question = [...texts.keys(), texts.length]
    .map((number) => `question ${number}`)
    .find((text) => !texts.includes(text))
  return wouldHappen(discuss(request, { type: 'Ask', ...approver, at, question: question ?? '' }))
}
