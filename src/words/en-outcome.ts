import type { AccessRequest, Decision, Phase } from '../request/request.ts'
import { approvalNotes, beganToDecide, decider, doubtSentence, failedHow } from './en-decisions.ts'
import { type StatusWords, type Tone, underWay } from './en-decisions.ts'
import { type Names, nameOf } from './en-refusals.ts'
import { moment, type Reader } from './reader.ts'

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
  if (phase.status === 'ended' && phase.how !== 'unseen') details.push(`Ended at ${moment(reader, phase.at)}.`)
  if (phase.status === 'ended' && phase.how === 'unseen') details.push('We never saw it active in Entra.')
  return {
    tone: 'good',
    headline: phase.status === 'activating' && !approval ? 'Approved in Entra' : headline,
    details,
  }
}
