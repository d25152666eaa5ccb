import type { PersonId } from '../people.ts'
import { patience } from '../request/owe.ts'
import type { AccessRequest, Decision, Doubt, Phase } from '../request/request.ts'
import { addTime } from '../time.ts'
import type { StatusView } from '../workflow/views.ts'
import { doubted, type Names, nameOf, sentence } from './en-refusals.ts'
import { anyOf, moment, named, quoted, type Reader } from './reader.ts'

/** How a status looks; the words say the same, so that colour is never the only cue. */
export type Tone = 'accent' | 'good' | 'warning' | 'attention' | 'default'

export interface StatusWords {
  readonly tone: Tone
  readonly headline: string
  /** What that means and what to do: each a paragraph. */
  readonly details: readonly string[]
}

/** Where a request stands, for its requester; speaks of a button only where the card has it. */
export function requesterStatus(
  reader: Reader,
  view: Pick<StatusView, 'request' | 'names' | 'deciders' | 'buttons'>,
): StatusWords {
  const { request, names, buttons } = view
  const seen = phaseWords(reader, view)
  const { doubt } = request
  const pressCheck = buttons.includes('check') ? ['Press Check to look.'] : []
  // What nobody knows is not also said as if it were known.
  const details = doubt?.about === 'filing' ? [] : seen.details
  const notes = [...details, ...decisionNotes(reader, request, names), ...setbackNotes(reader, request)]
  if (!doubt) return { ...seen, details: notes }
  // An approver's call leaves the request where it is seen: the requester has nothing to settle.
  if (doubt.about === 'decision') {
    return underWay(reader, doubt)
      ? { ...seen, details: notes }
      : { ...seen, tone: 'warning', details: [doubtSentence(reader, request, names), ...pressCheck, ...notes] }
  }
  const lastSeen = doubt.about === 'filing' ? [] : [`Last seen: ${seen.headline}.`]
  return underWay(reader, doubt)
    ? { tone: 'accent', headline: doing[doubt.about], details: lastSeen }
    : {
        tone: 'warning',
        headline: `In doubt: ${doubtHeadline[doubt.about]}`,
        details: [doubtSentence(reader, request, names), ...pressCheck, ...lastSeen, ...notes],
      }
}

/** The tap may well be running still: to speak of doubt now would only alarm. */
const underWay = (reader: Reader, doubt: Doubt): boolean =>
  !doubt.answerLost && reader.now < addTime(doubt.since, patience)

const doing = { filing: 'Sending to Entra', withdrawal: 'Withdrawing', end: 'Ending' } as const
const doubtHeadline = { filing: 'was it sent?', withdrawal: 'was it withdrawn?', end: 'was it ended?' } as const

function phaseWords(
  reader: Reader,
  { request, names, deciders, buttons }: Pick<StatusView, 'request' | 'names' | 'deciders' | 'buttons'>,
): StatusWords {
  const { phase } = request
  switch (phase.status) {
    case 'ready-to-file':
      return {
        tone: 'accent',
        headline: 'Not sent to Entra yet',
        details: [
          'Entra has no request from you.',
          ...(buttons.includes('submit') ? ['Press Send to Entra to send it.'] : []),
        ],
      }
    case 'filed': {
      const who = deciders.slice(0, 6).map(({ name }) => named(reader, name))
      return {
        tone: 'accent',
        headline: who.length > 0 ? `Waiting for approval by ${anyOf(reader, who)}` : 'Waiting for approval in Entra',
        details: [`Entra closes it at ${moment(reader, phase.filed.lapsesAt)} unless somebody answers.`],
      }
    }
    case 'activating':
      return { tone: 'good', headline: 'Approved · activating', details: ['Entra is switching it on.'] }
    case 'active':
      return {
        tone: 'good',
        headline: request.endedByHolder
          ? 'Ending'
          : phase.until === null
            ? 'Active, no end set in Entra'
            : `Active until ${moment(reader, phase.until)}`,
        details: [`Active since ${moment(reader, phase.from)}.`],
      }
    case 'ended':
      return {
        tone: 'default',
        headline: `Ended at ${moment(reader, phase.at)}`,
        details: [`${howItEnded(phase.how)} It was active from ${moment(reader, phase.from)}.`],
      }
    case 'denied': {
      const denial = request.decisions.findLast(({ verdict }) => verdict === 'deny')
      return {
        tone: 'attention',
        headline: `Denied by ${decider(reader, denial, names)}`,
        details: [
          ...(denial?.comment ? [commentOf(reader, denial.comment.freeText)] : []),
          `Answered at ${moment(reader, phase.at)}. Nothing was granted; you may ask again with what was missing.`,
        ],
      }
    }
    case 'withdrawn':
      return {
        tone: 'default',
        headline: 'Withdrawn',
        details: [`Taken back at ${moment(reader, phase.at)}. Nothing was granted.`],
      }
    case 'lapsed':
      return {
        tone: 'attention',
        headline: 'Lapsed: nobody answered in time',
        details: [
          `Entra closed it at ${moment(reader, phase.at)}. Nothing was granted; ask again if you still need it.`,
        ],
      }
    case 'refused':
      return {
        tone: 'attention',
        headline: 'Entra refused it',
        details: [
          `Entra says: ${sentence(quoted(reader, phase.message === '' ? phase.code : phase.message, 300))}`,
          'Nothing was granted. Put that right and ask again, or look in the portal.',
        ],
      }
    case 'failed':
      return {
        tone: 'attention',
        headline: failedHow(phase.detail),
        details: [
          `Entra reports "${quoted(reader, phase.detail, 300)}" at ${moment(reader, phase.at)}. Ask again, or look in the portal.`,
        ],
      }
    default:
      return phase satisfies never
  }
}

/** Entra calls a request it could not carry out `Failed`; other ends, such as `Revoked`, were somebody's doing. */
const failedHow = (status: string): string => (/fail/i.test(status) ? 'Failed in Entra' : 'Closed in Entra')

function howItEnded(how: Extract<Phase, { status: 'ended' }>['how']): string {
  switch (how) {
    case 'ran-out':
      return 'It ran out as planned.'
    case 'by-holder':
      return 'You ended it.'
    case 'outside':
      return 'It was ended outside Latchkey, in Entra itself.'
    case 'unseen':
      return 'It was approved, but Entra was never seen to switch it on, and its time is over.'
    default:
      return how satisfies never
  }
}

/** What we do not know, and why. */
function doubtSentence(reader: Reader, { doubt, reservation }: AccessRequest, names: Names): string {
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

/** Who decided, as far as Entra shows; who is deciding now. */
function decisionNotes(reader: Reader, request: AccessRequest, names: Names): string[] {
  const { phase, reservation, doubt } = request
  const notes: string[] = []
  const inDoubt = doubt !== undefined && !underWay(reader, doubt)
  if (phase.status === 'filed' && reservation && !inDoubt) notes.push(beganToDecide(reader, reservation, names))
  if (request.endedByHolder && phase.status === 'active')
    notes.push('Entra took your End now; it is over once Entra no longer shows it.')
  const approvals = request.decisions.filter(({ verdict }) => verdict === 'approve')
  for (const approval of approvals) notes.push(...approvalNotes(reader, request, approval, names))
  return notes
}

const beganToDecide = (
  reader: Reader,
  reservation: { readonly by: PersonId; readonly verdict: 'approve' | 'deny'; readonly attemptedAt: Date },
  names: Names,
): string =>
  `${nameOf(reader, names, reservation.by, 'leading')} began to ${reservation.verdict} this at ${moment(reader, reservation.attemptedAt)}.`

function approvalNotes(reader: Reader, request: AccessRequest, approval: Decision, names: Names): string[] {
  const at = moment(reader, approval.at)
  if (!approval.confirmed && approval.by !== null) {
    const { reservation, phase } = request
    const began = reservation?.by === approval.by ? ` at ${moment(reader, reservation.attemptedAt)}` : ''
    const seen = phase.status === 'active' ? 'active' : 'approved'
    const who = nameOf(reader, names, approval.by, 'leading')
    return [`${who} began to approve this${began}; Entra shows it ${seen}, the answer itself we have not seen.`]
  }
  if (approval.by === null) return [`Approved in Entra at ${at}; by whom, Entra has not shown us.`]
  return [
    `Approved by ${nameOf(reader, names, approval.by)} at ${at}.`,
    ...(approval.inStage ? [] : ['Entra counts this answer, although our catalogue does not name this approver.']),
    ...(approval.comment ? [commentOf(reader, approval.comment.freeText)] : []),
  ]
}

const decider = (reader: Reader, decision: Decision | undefined, names: Names): string =>
  decision === undefined || decision.by === null ? 'an approver in Entra' : nameOf(reader, names, decision.by)

const commentOf = (reader: Reader, comment: string | null): string =>
  comment === null ? 'The comment has been erased.' : `Comment: "${quoted(reader, comment)}"`

function setbackNotes(reader: Reader, { setback, phase }: AccessRequest): string[] {
  if (!setback) return []
  const said = sentence(quoted(reader, setback.message === '' ? setback.code : setback.message, 300))
  switch (setback.about) {
    case 'withdrawal': {
      const until =
        phase.status === 'filed' ? ` Entra keeps it open until ${moment(reader, phase.filed.lapsesAt)}.` : ''
      return [`Entra would not take the request back: ${said}${until} Ask an approver to deny it.`]
    }
    case 'end':
      return [`Entra would not end it: ${said} Press End now again, or end it in the portal.`]
    case 'decision':
      return [`Entra did not accept the last answer: ${said} An approver has to answer again.`]
    default:
      return setback.about satisfies never
  }
}

const only = (tone: Tone, headline: string, ...details: string[]): StatusWords => ({ tone, headline, details })

/** What another's answer to an open request looks like to an approver: under way, or lost from sight. */
export function approverNotes(reader: Reader, request: AccessRequest, names: Names): string[] {
  const { doubt, reservation } = request
  if (doubt && !underWay(reader, doubt)) {
    return [doubtSentence(reader, request, names), ...(doubt.about === 'decision' ? [nextAnswerLooks] : [])]
  }
  return reservation ? [beganToDecide(reader, reservation, names)] : []
}

const nextAnswerLooks = 'If you answer now, we look in Entra first.'

/** What became of a request, for an approver who has nothing (more) to do: one headline, who and when. */
export function approverOutcome(reader: Reader, request: AccessRequest, names: Names): StatusWords {
  const { phase } = request
  const approval = request.decisions.findLast(({ verdict }) => verdict === 'approve')
  const denial = request.decisions.findLast(({ verdict }) => verdict === 'deny')
  const requester = nameOf(reader, names, request.submission.requester)
  const at = (instant: Date) => moment(reader, instant)
  switch (phase.status) {
    case 'ready-to-file':
      return only('default', 'Not sent to Entra yet', 'There is nothing to decide until the requester sends it.')
    case 'filed':
      if (denial) return only('attention', `Denied by ${decider(reader, denial, names)} at ${at(denial.at)}`)
      if (approval) return only('good', `Approved by ${decider(reader, approval, names)} at ${at(approval.at)}`)
      return only('default', 'Not yours to decide', 'It waits for another approver; you need not do anything.')
    case 'activating':
    case 'active':
    case 'ended':
      return outcomeOfApproved(reader, { ...request, phase }, approval, names)
    case 'denied':
      return only('attention', `Denied by ${decider(reader, denial, names)} at ${at(phase.at)}`)
    case 'withdrawn':
      return only('default', `Withdrawn by ${requester} at ${at(phase.at)}`)
    case 'lapsed':
      return only('default', `Lapsed at ${at(phase.at)}`, 'Nobody answered in time; nothing was granted.')
    case 'refused':
      return only('default', `Refused by Entra at ${at(phase.at)}`, 'Nothing was granted.')
    case 'failed':
      return only('default', `${failedHow(phase.detail)} at ${at(phase.at)}`)
    default:
      return phase satisfies never
  }
}

function outcomeOfApproved(
  reader: Reader,
  request: AccessRequest & { readonly phase: Extract<Phase, { status: 'activating' | 'active' | 'ended' }> },
  approval: Decision | undefined,
  names: Names,
): StatusWords {
  const { phase } = request
  const unseen = approval && !approval.confirmed && approval.by !== null
  const headline =
    approval === undefined
      ? 'Active without an answer that we saw'
      : unseen
        ? 'Approved in Entra'
        : `Approved by ${decider(reader, approval, names)} at ${moment(reader, approval.at)}`
  const details = unseen ? approvalNotes(reader, request, approval, names) : []
  if (phase.status === 'active' && phase.until !== null) details.push(`Active until ${moment(reader, phase.until)}.`)
  if (phase.status === 'ended') details.push(`Ended at ${moment(reader, phase.at)}.`)
  return {
    tone: 'good',
    headline: phase.status === 'activating' && !approval ? 'Approved in Entra' : headline,
    details,
  }
}
