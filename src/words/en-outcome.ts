import type { AccessRequest, Decision, Phase } from '../request/request.ts'
import { goneHeadline, type LapsedPhase, lapsedHow, silence } from './en-closed.ts'
import { approvalNotes, beganToDecide, commentOf, decider, doubtSentence, failedHow, where } from './en-decisions.ts'
import { type StatusWords, type Tone, underWay } from './en-decisions.ts'
import { shortenedNote } from './en-discussion.ts'
import { type Names, nameOf } from './en-refusals.ts'
import { stageOf } from './en-stages.ts'
import { moment, momentAt, type Reader } from './reader.ts'

// What an approver reads of a request beside its facts.

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

/** Who has said yes so far, in this stage and in others. */
export const approvalsSoFar = (reader: Reader, request: AccessRequest, names: Names): string[] => [
  ...request.decisions
    .filter(({ verdict }) => verdict === 'approve')
    .flatMap((approval) => approvalNotes(reader, request, approval, names)),
  ...shortenedNote(reader, request, names),
]

/** What became of a request, for an approver who has nothing (more) to do: one headline, who and when and where. */
export function approverOutcome(reader: Reader, request: AccessRequest, names: Names): StatusWords {
  const { phase } = request
  const denial = request.decisions.findLast(({ verdict }) => verdict === 'deny')
  const requester = nameOf(reader, names, request.submission.requester)
  const at = (instant: Date) => momentAt(reader, instant)
  switch (phase.status) {
    case 'in-chat':
    case 'ready-to-file':
    case 'filed':
      return stillOpen(reader, { ...request, phase }, names)
    case 'activating':
    case 'active':
    case 'ended':
      return outcomeOfApproved(reader, { ...request, phase }, names)
    case 'denied':
      return denial === undefined
        ? only('attention', `Denied by ${decider(reader, denial, names)} ${at(phase.at)}`)
        : answered(reader, denial, names)
    case 'withdrawn':
      return only('default', `Withdrawn by ${requester} ${at(phase.at)}`)
    case 'lapsed':
      return only('default', lapsedHeadline(request, phase), lapsedHow(reader, phase))
    case 'refused':
      return only('default', `Refused by Entra ${at(phase.at)}`, 'Nothing was granted.')
    case 'failed':
      return only('default', `${phase.because ? goneHeadline(phase.because) : failedHow(phase.detail)} ${at(phase.at)}`)
    default:
      return phase satisfies never
  }
}

function lapsedHeadline(request: AccessRequest, { waitedFor }: LapsedPhase): string {
  if (waitedFor === 'entra') return 'Not active'
  return waitedFor === 'stage' ? `Lapsed: ${silence(request)}` : 'Lapsed: the requester did not take the last step'
}

function answered(reader: Reader, decision: Decision, names: Names): StatusWords {
  const said = decision.verdict === 'approve' ? 'Approved' : 'Denied'
  return only(
    decision.verdict === 'approve' ? 'good' : 'attention',
    `${said} by ${decider(reader, decision, names)} ${momentAt(reader, decision.at)}`,
    `Decided ${where(decision)}.`,
    ...(decision.comment ? [commentOf(reader, decision.comment.freeText)] : []),
  )
}

type StillOpen = Extract<Phase, { status: 'in-chat' | 'ready-to-file' | 'filed' }>

/** The last answer there is, and what the request waits for now. */
function stillOpen(reader: Reader, request: AccessRequest & { readonly phase: StillOpen }, names: Names): StatusWords {
  const { phase, stages } = request
  const last = request.decisions.at(-1)
  const waitsFor =
    phase.status === 'ready-to-file'
      ? `It waits for its requester's last tap, until ${moment(reader, phase.until)}.`
      : stages.length > 1
        ? `It waits for ${stageOf(reader, phase.waiting.stage + 1, stages.length).toLowerCase()}.`
        : 'It waits for another answer.'
  if (last !== undefined) {
    const words = answered(reader, last, names)
    return { ...words, details: [...words.details, waitsFor] }
  }
  return phase.status === 'ready-to-file'
    ? only('default', 'Not sent to Entra yet', 'There is nothing to decide until the requester sends it.')
    : only('default', 'Not yours to decide', 'It waits for somebody else, or for you on a newer card.')
}

function outcomeOfApproved(
  reader: Reader,
  request: AccessRequest & { readonly phase: Extract<Phase, { status: 'activating' | 'active' | 'ended' }> },
  names: Names,
): StatusWords {
  const { phase } = request
  const approval = request.decisions.findLast(({ verdict }) => verdict === 'approve')
  const unseen = approval && !approval.confirmed && approval.by !== null
  const words =
    approval === undefined
      ? only('good', phase.status === 'activating' ? 'Approved in Entra' : 'Active without an answer that we saw')
      : unseen
        ? only('good', 'Approved in Entra', ...approvalNotes(reader, request, approval, names))
        : answered(reader, approval, names)
  return { ...words, details: [...words.details, ...nowStands(reader, phase)] }
}

function nowStands(reader: Reader, phase: Phase): string[] {
  if (phase.status === 'active') return phase.until === null ? [] : [`Active until ${moment(reader, phase.until)}.`]
  if (phase.status !== 'ended') return []
  return phase.how === 'unseen' ? ['We never saw it active in Entra.'] : [`Ended ${momentAt(reader, phase.at)}.`]
}
