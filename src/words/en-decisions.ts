import type { PersonId } from '../people.ts'
import { patience } from '../request/owe.ts'
import type { AccessRequest, Decision, Doubt } from '../request/request.ts'
import { addTime } from '../time.ts'
import { doubted, type Names, nameOf } from './en-refusals.ts'
import { count, moment, momentAt, quoted, type Reader } from './reader.ts'

// What requesters and approvers are told alike about decisions, made and under way.

/** How a status looks; the words say the same, so that colour is never the only cue. */
export type Tone = 'accent' | 'good' | 'warning' | 'attention' | 'default'

export interface StatusWords {
  readonly tone: Tone
  readonly headline: string
  /** What that means and what to do: each a paragraph. */
  readonly details: readonly string[]
}

/** The tap may well be running still: to speak of doubt now would only alarm. */
export const underWay = (reader: Reader, doubt: Doubt): boolean =>
  !doubt.answerLost && reader.now < addTime(doubt.since, patience)

/** Entra calls a request it could not carry out `Failed`; other ends, such as `Revoked`, were somebody's doing. */
export const failedHow = (status: string): string => (/fail/i.test(status) ? 'Failed in Entra' : 'Closed in Entra')

/** What we do not know, and why. */
export function doubtSentence(reader: Reader, { doubt, reservation }: AccessRequest, names: Names): string {
  if (!doubt) return ''
  const answer = reservation?.verdict === 'deny' ? 'denial' : reservation ? 'approval' : 'answer'
  const what =
    doubt.about === 'decision'
      ? `the ${answer} by ${nameOf(reader, names, doubt.by)} reached Entra`
      : doubted(doubt.about)
  const since = moment(reader, doubt.since)
  const why = doubt.answerLost
    ? `the call to Entra at ${since} came back without an answer`
    : `the call to Entra at ${since} was cut off before we saw its answer`
  return `We do not know whether ${what}, because ${why}.`
}

export const beganToDecide = (
  reader: Reader,
  reservation: { readonly by: PersonId; readonly verdict: 'approve' | 'deny'; readonly attemptedAt: Date },
  names: Names,
): string =>
  `${nameOf(reader, names, reservation.by, 'leading')} began to ${reservation.verdict} this at ${moment(reader, reservation.attemptedAt)}.`

/** One yes: by whom, when, where, and in which stage where there are several. */
export function approvalNotes(reader: Reader, request: AccessRequest, approval: Decision, names: Names): string[] {
  const stage = request.stages.length > 1 ? `Stage ${count(reader, approval.stage + 1)}: ` : ''
  const at = momentAt(reader, approval.at)
  if (!approval.confirmed && approval.by !== null) {
    const began = approval.began === undefined ? '' : ` ${momentAt(reader, approval.began)}`
    const seen = request.phase.status === 'active' ? 'active' : 'approved'
    const who = nameOf(reader, names, approval.by, stage === '' ? 'leading' : 'within')
    return [`${stage}${who} began to approve this${began}; Entra shows it ${seen}, the answer itself we have not seen.`]
  }
  const approved = stage === '' ? 'Approved' : `${stage}approved`
  if (approval.by === null) return [`${approved} in Entra ${at}; by whom, Entra has not shown us.`]
  return [
    `${approved} by ${nameOf(reader, names, approval.by)} ${at}, ${where(approval)}.`,
    ...(approval.inStage ? [] : ['Entra counts this answer, although our catalogue does not name this approver.']),
    ...(approval.comment ? [commentOf(reader, approval.comment.freeText)] : []),
  ]
}

/** Where a decision was made: what a person said to us stands in the chat alone, the rest in Entra. */
export const where = ({ source }: Decision): string => (source === 'person' ? 'in chat' : 'in Entra')

export const decider = (reader: Reader, decision: Decision | undefined, names: Names): string =>
  decision === undefined || decision.by === null ? 'an approver in Entra' : nameOf(reader, names, decision.by)

export const commentOf = (reader: Reader, comment: string | null): string =>
  comment === null ? 'The comment has been erased.' : `Comment: "${quoted(reader, comment)}"`
