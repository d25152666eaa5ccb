import type { Terms } from '../entitlement/terms.ts'
import { type Duration, isoDuration } from '../time.ts'
import {
  confirmTitle,
  cutNotice,
  durationLabel,
  needsNewerTeams,
  termsLine,
  wordsCutNotice,
} from '../words/card-lines.ts'
import { labels } from '../words/labels.ts'
import { say } from '../words/language.ts'
import { longestJustification } from '../entitlement/inputs.ts'
import { whoDecides } from '../words/request-status/stages.ts'
import { refusalSentence } from '../words/refusals.ts'
import { inPlain, quoted, type Reader, span } from '../words/reader.ts'
import { plainText } from '../words/safe-text.ts'
import type { ConfirmView } from '../workflow/ports/views.ts'
import type { ConfirmCard } from './card-templates.ts'
import { usualSteps } from './duration-steps.ts'
import type { InputSpec } from '../entitlement/inputs.ts'
import { inputHint, inputLabel, inputMissing } from '../words/inputs.ts'
import { ownInput } from './card-actions.ts'

/** Longest ticket reference that the form takes, in characters. */
const longestTicket = 60

export function confirmData(reader: Reader, view: ConfirmView): ConfirmCard {
  const plain = inPlain(reader)
  const { entitlement, terms } = view
  const title = confirmTitle(plain, entitlement.name)
  const deciders = whoDecides(reader, view)
  return {
    id: view.draft,
    revision: view.revision,
    lang: reader.language,
    speak: `${title}. ${whoDecides(plain, view)
      .map(({ text }) => text)
      .join(' ')}`,
    fallbackText: needsNewerTeams(reader, title),
    sentBack: sentBackLine(reader, view),
    title: confirmTitle(reader, entitlement.name),
    grants: quoted(reader, entitlement.grants, 300),
    cutNotice: cutLine(reader, view),
    duration: {
      label: durationLabel(plain, terms.longest),
      errorMessage: say(reader, labels.durationMissing),
      value: isoDuration(view.duration),
      choices: durationSteps(terms, view.duration).map((step) => ({
        title: span(plain, step),
        value: isoDuration(step),
      })),
      problem: problemWith(reader, view, ['duration-unreadable', 'too-long', 'too-short']),
    },
    ...textInputs(reader, view),
    more: view.more.map(({ spec, value }) => ({
      id: `${ownInput}${spec.name}`,
      as: spec.kind === 'choice' || spec.kind === 'choices' ? 'choice' : spec.kind === 'date' ? 'date' : 'text',
      several: spec.kind === 'choices',
      multiline: spec.kind === 'text',
      choices: (spec.choices ?? []).map(({ value: each, title: name }) => ({
        title: quoted(plain, name, 100),
        value: each,
      })),
      label: inputLabel(plain, spec),
      required: spec.required,
      errorMessage: inputMissing(plain, spec),
      maxLength: spec.limits?.longest ?? longestJustification,
      placeholder: inputHint(plain, spec),
      value: plainText(value, longestJustification, () => ''),
      problem: inputProblem(reader, view, spec),
    })),
    deciders: deciders.map(({ text, warning }) => ({ text, color: warning ? 'warning' : 'default' })),
    terms: termsLine(reader, terms, entitlement.tier),
    submit: say(reader, labels.submit),
    discard: say(reader, labels.discard),
  }
}

function textInputs(reader: Reader, { terms, justification, ticket, ...view }: ConfirmView) {
  const missing = view.sentBack?.missing ?? []
  const problem = problemWith(reader, view, ['ticket-missing', 'ticket-not-recognised'])
  return {
    justification: {
      label: say(reader, terms.justification === 'required' ? labels.justification : labels.justificationOptional),
      required: terms.justification === 'required',
      errorMessage: say(reader, labels.justificationMissing),
      maxLength: longestJustification,
      placeholder: say(reader, labels.justificationHint),
      value: plainText(justification, longestJustification, () => ''),
      problem: missing.includes('justification') ? say(reader, labels.justificationMissing) : '',
    },
    ticket: {
      label: say(reader, terms.ticket === 'required' ? labels.ticket : labels.ticketOptional),
      required: terms.ticket === 'required',
      errorMessage: say(reader, labels.ticketMissing),
      maxLength: longestTicket,
      placeholder: say(reader, labels.ticketHint),
      value: plainText(ticket, longestTicket, () => ''),
      problem: missing.includes('ticket') && problem === '' ? say(reader, labels.ticketMissing) : problem,
    },
  }
}

const sentBackLine = (reader: Reader, { sentBack }: ConfirmView): string =>
  sentBack ? refusalSentence(reader, sentBack.refusal, new Map()) : ''

function cutLine(reader: Reader, { cutFrom, terms, justification }: ConfirmView): string {
  const wordsCut =
    plainText(justification, longestJustification, () => '…') !==
    plainText(justification, longestJustification, () => '')
  return [
    ...(cutFrom === undefined ? [] : [cutNotice(reader, cutFrom, terms.longest)]),
    ...(wordsCut ? [wordsCutNotice(reader, longestJustification)] : []),
  ].join(' ')
}

const inputProblem = (reader: Reader, { sentBack }: ConfirmView, { name }: InputSpec): string =>
  sentBack !== undefined && 'input' in sentBack.refusal && sentBack.refusal.input === name
    ? refusalSentence(reader, sentBack.refusal, new Map())
    : ''

/** The refusal beside its input as well: on a phone the top of the card may be out of sight. */
function problemWith(reader: Reader, { sentBack }: Pick<ConfirmView, 'sentBack'>, kinds: readonly string[]): string {
  return sentBack && kinds.includes(sentBack.refusal.kind) ? refusalSentence(reader, sentBack.refusal, new Map()) : ''
}

/** Lengths to choose from, shortest first: round ones that the terms allow, the longest, and the one asked for. */
function durationSteps({ shortest, longest, usual }: Terms, asked: Duration): Duration[] {
  const allowed = [...usualSteps, usual, longest].filter((step) => step >= shortest && step <= longest)
  return [...new Set([...allowed, asked])].sort((one, other) => one - other)
}
