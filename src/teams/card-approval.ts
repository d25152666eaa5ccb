import {
  askedBy,
  asksFor,
  closesAt,
  enforced,
  grantsLine,
  labels,
  language,
  needsNewerTeams,
  notEnforced,
  summaryOfStatus,
  tierWord,
  whyLine,
} from '../words/en.ts'
import { refusalSentence } from '../words/en-refusals.ts'
import { approverNotes, approverOutcome } from '../words/en-outcome.ts'
import { inPlain, named, quoted, type Reader, span } from '../words/reader.ts'
import { longestShown } from '../words/safe-text.ts'
import type { ApprovalView } from '../workflow/views.ts'
import type { ApprovalCard } from './card-templates.ts'

export function approvalData(reader: Reader, view: ApprovalView): ApprovalCard {
  const { request, requester, entitlement, open } = view
  const { submission } = request
  const outcome = approverOutcome(reader, request, namesWithRequester(view))
  const summary = approvalSummary(reader, view)
  return {
    id: submission.id,
    revision: submission.revision,
    lang: language,
    speak: summary,
    fallbackText: needsNewerTeams(summary),
    open,
    refused: view.refused ? refusalSentence(reader, view.refused, namesWithRequester(view)) : '',
    outcome: { ...outcome, details: open ? [] : outcome.details.map((text) => ({ text })) },
    context: askedBy(reader, requester.name, entitlement.name, submission.duration),
    title: asksFor(reader, requester.name, entitlement.name),
    requesterLine: requesterLine(reader, view),
    notes: open ? approverNotes(reader, request, view.names).map((text) => ({ text })) : [],
    why: whyLine(reader, submission.justification.freeText),
    grants: grantsLine(reader, entitlement.grants),
    facts: facts(reader, view),
    enforcement: submission.stages.some(({ by }) => by === 'native') ? enforced : notEnforced,
    approve: labels.approve,
    deny: labels.deny,
    comment: { label: labels.comment, errorMessage: labels.commentMissing, maxLength: longestShown },
    portal: { title: labels.portal, url: view.portal },
  }
}

/** Plain, without the justification: lock screens and screen readers get this. */
export function approvalSummary(reader: Reader, view: ApprovalView): string {
  const plain = inPlain(reader)
  return view.open
    ? asksFor(plain, view.requester.name, view.entitlement.name)
    : summaryOfStatus(
        plain,
        view.entitlement.name,
        approverOutcome(plain, view.request, namesWithRequester(view)).headline,
      )
}

const namesWithRequester = (view: ApprovalView): ReadonlyMap<string, string> =>
  new Map([...view.names, [view.requester.id, view.requester.name]])

function requesterLine(reader: Reader, { requester }: ApprovalView): string {
  const parts = [requester.title ?? '', requester.userPrincipalName].map((part) => named(reader, part, 100))
  return [...(requester.guest ? [labels.guest] : []), ...parts].filter((part) => part !== '').join(' · ')
}

function facts(reader: Reader, { request, entitlement }: ApprovalView) {
  const { submission } = request
  const answerBy = closesAt(reader, request)
  return [
    { title: labels.durationFact, value: span(reader, submission.duration) },
    {
      title: labels.ticketFact,
      value: submission.ticket ? quoted(reader, submission.ticket, 60) : labels.none,
    },
    { title: labels.tierFact, value: tierWord(entitlement.tier) },
    ...(answerBy === '' ? [] : [{ title: labels.closesFact, value: answerBy }]),
  ]
}
