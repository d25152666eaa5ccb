import type { PersonId } from '../people.ts'
import type { Result } from '../result.ts'
import type { Tap } from './command.ts'
import { decide } from './decide.ts'
import { discuss } from './discuss.ts'
import type { RequestEvent } from './events.ts'
import type { Refusal } from './refusal.ts'
import type { AccessRequest } from './request.ts'

// What a person may press: found by asking what the tap would be told, so that no card offers what its tap refuses. What
// is typed later is taken to be well formed; what only a fresh look-up can refuse is left to the tap, which says it.

/** Product time, and the real clock that leases are measured with. */
export interface Moment {
  readonly at: Date
  readonly realNow: Date
}

/** Accepted, and something would happen: pressing it again must not be offered where nothing would. */
export const wouldHappen = (decided: Result<readonly RequestEvent[], Refusal>): boolean =>
  decided.ok && decided.value.length > 0

/**
 * The moment at which no tap is under way any more. Nobody edits a card when a lease runs out, so a button that a lease
 * alone forbids would stay away for good: it is offered, and the tap says who is at work meanwhile.
 */
export function undisturbed({ doubt, reservation }: AccessRequest, { at, realNow }: Moment): Moment {
  const leases = [doubt?.leaseUntil, reservation?.leaseUntil].flatMap((each) => each?.getTime() ?? [])
  return { at, realNow: new Date(Math.max(realNow.getTime(), ...leases)) }
}

const tapBy = (by: PersonId, { at, realNow }: Moment): Tap => ({ at, realNow, leaseUntil: realNow, by })

export type StatusVerb = 'activate' | 'withdraw' | 'end' | 'check'

/** The buttons of the requester's own card, in the order in which they stand there. */
export function statusOffers(request: AccessRequest, reader: PersonId, moment: Moment): readonly StatusVerb[] {
  // Their own call is told on this card, and Check brings the others back; somebody else's is not theirs to wait for.
  const tap = tapBy(reader, request.doubt?.by === reader ? moment : undisturbed(request, moment))
  const offered: Readonly<Record<StatusVerb, boolean>> = {
    activate: wouldHappen(decide(request, { type: 'File', ...tap, stagesToday: request.stages })),
    withdraw: wouldHappen(decide(request, { type: 'Withdraw', ...tap })),
    end: !isEnding(request) && wouldHappen(decide(request, { type: 'EndNow', ...tap })),
    // Its requester may ask whenever the tenant can have more to tell than the card: it has the request, or may have it.
    check: reader === request.submission.requester && ('filed' in request.phase || request.doubt?.about === 'filing'),
  }
  return (['activate', 'withdraw', 'end', 'check'] as const).filter((verb) => offered[verb])
}

/** Ended by its holder and still to be seen: ending it once more, or letting it end, would change nothing. */
const isEnding = (request: AccessRequest): boolean => request.endedByHolder !== undefined

/** The buttons of the card that tells its holder of the end. */
export const endingOffers = (
  request: AccessRequest,
  reader: PersonId,
  moment: Moment,
): { readonly end: boolean; readonly letEnd: boolean } => {
  const tap = tapBy(reader, undisturbed(request, moment))
  const letEnd = !isEnding(request) && wouldHappen(decide(request, { type: 'LetEnd', ...tap }))
  // Who lets it end has answered this card; their own card still ends it.
  return { end: letEnd && wouldHappen(decide(request, { type: 'EndNow', ...tap })), letEnd }
}

/** When its holder may end it, where that is still to come. */
export function endPossibleAt(request: AccessRequest, moment: Moment): Date | undefined {
  const ended = decide(request, { type: 'EndNow', ...tapBy(request.submission.requester, moment) })
  return !ended.ok && ended.refusal.kind === 'too-early-to-end' ? ended.refusal.possibleAt : undefined
}

/** Whether the requester may answer a question on its card. @param number counts the request's questions from 0. */
export function answerOffered(request: AccessRequest, reader: PersonId, number: number, at: Date): boolean {
  const revision = request.questions[number]?.revision
  if (revision === undefined) return false
  return wouldHappen(
    discuss(request, { type: 'Answer', at, by: reader, question: number, revision, answer: 'an answer' }),
  )
}
