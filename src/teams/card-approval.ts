import { skippedStages } from '../request/request.ts'
import {
  askedBy,
  asksFor,
  closesAt,
  grantsLine,
  lastHeld,
  needsNewerTeams,
  signalLine,
  summaryOfStatus,
  whyInShort,
} from '../words/card-lines.ts'
import { labels, tierWord } from '../words/labels.ts'
import { say } from '../words/language.ts'
import { refusalSentence } from '../words/refusals.ts'
import { deviationNotes } from '../words/request-status/deviations.ts'
import { claimed, exchanges } from '../words/request-status/discussion.ts'
import { approvalsSoFar, approverNotes, approverOutcome, denyOnly } from '../words/request-status/for-approver.ts'
import { enforcement, filedOutsideNote, stageLineOf } from '../words/request-status/stages.ts'
import { inPlain, named, quoted, type Reader, span } from '../words/reader.ts'
import { longestShown } from '../words/safe-text.ts'
import type { ApprovalView } from '../workflow/ports/views.ts'
import { moreData } from './card-approval-more.ts'
import type { ApprovalCard } from './card-templates.ts'
import type { Input } from '../request/events.ts'
import { inputName } from '../words/inputs.ts'

/** Characters of the justification that stand above the actions. */
const whyAtFirst = 240

export function approvalData(reader: Reader, view: ApprovalView): ApprovalCard {
  const { request, requester, entitlement, open } = view
  const { submission } = request
  const outcome = approverOutcome(reader, request, namesWithRequester(view))
  const summary = approvalSummary(reader, view)
  return {
    id: submission.id,
    revision: request.revision,
    lang: reader.language,
    speak: summary,
    fallbackText: needsNewerTeams(reader, summary),
    open,
    refused: view.refused ? refusalSentence(reader, view.refused, namesWithRequester(view)) : '',
    outcome: {
      ...outcome,
      details: open ? [] : [...outcome.details, ...deviationNotes(reader, request)].map((text) => ({ text })),
    },
    context: askedBy(reader, requester.name, entitlement.name, submission.duration),
    title: asksFor(reader, requester.name, entitlement.name),
    requesterLine: requesterLine(reader, view),
    stage: stageLineOf(reader, view),
    earlier: open ? approvalsSoFar(reader, request, view.names).map((text) => ({ text })) : [],
    notes: open ? notes(reader, view).map((text) => ({ text })) : [],
    why: whyInShort(reader, submission.justification.freeText, whyAtFirst),
    exchanges: open ? exchanges(reader, view).map((text) => ({ text })) : [],
    claimed: open ? claimed(reader, view) : '',
    grants: grantsLine(reader, entitlement.grants),
    facts: facts(reader, view),
    signals: open ? view.signals.map((signal) => ({ text: signalLine(reader, signal) })) : [],
    enforcement: { text: say(reader, enforcement[view.by]), color: view.by === 'advisory' ? 'warning' : 'default' },
    // What went round its approvals is not to be waved through.
    denyFirst: skippedStages(request).length > 0,
    mayApprove: open && view.notApprovable === undefined,
    approve: say(reader, labels.approve),
    deny: say(reader, labels.deny),
    comment: {
      label: say(reader, labels.comment),
      errorMessage: say(reader, labels.commentMissing),
      maxLength: longestShown,
    },
    more: moreData(reader, view, whyAtFirst),
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

const notes = (reader: Reader, { request, names, notApprovable }: ApprovalView): readonly string[] => [
  ...(notApprovable === undefined ? [] : [say(reader, denyOnly[notApprovable])]),
  ...filedOutsideNote(reader, request, names),
  ...approverNotes(reader, request, names),
  ...deviationNotes(reader, request),
]

const namesWithRequester = (view: ApprovalView): ReadonlyMap<string, string> =>
  new Map([...view.names, [view.requester.id, view.requester.name]])

function requesterLine(reader: Reader, { requester }: ApprovalView): string {
  const parts = [requester.title ?? '', requester.userPrincipalName].map((part) => named(reader, part, 100))
  return [...(requester.guest ? [say(reader, labels.guest)] : []), ...parts].filter((part) => part !== '').join(' · ')
}

/** What its kind asked for, as it was answered: an approver says yes to that as well. */
const inputFacts = (reader: Reader, { inputs = {} }: ApprovalView['request']['submission']) =>
  Object.entries(inputs).map(([name, value]) => ({
    title: inputName(reader, { name }),
    value: quoted(reader, answered(value), 300),
  }))

function answered(value: Input): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  return 'freeText' in value ? (value.freeText ?? '') : value.join(', ')
}

function facts(reader: Reader, { request, entitlement, lastUse }: ApprovalView) {
  const { submission } = request
  return [
    { title: say(reader, labels.durationFact), value: span(reader, submission.duration) },
    {
      title: say(reader, labels.ticketFact),
      value: submission.ticket ? quoted(reader, submission.ticket, 60) : say(reader, labels.none),
    },
    ...inputFacts(reader, submission),
    { title: say(reader, labels.tierFact), value: tierWord(reader, entitlement.tier) },
    { title: say(reader, labels.lastHeldFact), value: lastHeld(reader, lastUse) },
    ...answerBy(reader, request),
  ]
}

function answerBy(reader: Reader, request: ApprovalView['request']) {
  const at = closesAt(reader, request)
  return at === '' ? [] : [{ title: say(reader, labels.closesFact), value: at }]
}
