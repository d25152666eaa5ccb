import type { Pattern } from '../entitlement/pattern.ts'
import { createHash } from 'node:crypto'
import type { Stage } from '../approval/stage.ts'
import type { Target } from '../entitlement/kinds/kinds.ts'
import { meetTerms, type Terms } from '../entitlement/terms.ts'
import { ok, refuse, type Result } from '../result.ts'
import { type Duration, isoDuration, parseDuration } from '../time.ts'
import type { Assessment, Situation } from './assess.ts'
import type { EventOf, RequestId } from './events.ts'
import type { Refusal } from './refusal.ts'
import type { Submission } from './request.ts'
import { cutAt, saysSomething } from '../text.ts'
import { longestJustification, type Inputs, type InputSpec } from '../entitlement/inputs.ts'
import { checkInputs } from './check-inputs.ts'
import type { Input } from './events.ts'

export interface FilledForm {
  readonly duration: Duration
  readonly justification: string
  readonly ticket: string | null
  /** What its kind asks for beside these; by name. */
  readonly inputs: Readonly<Record<string, Input>>
}

/**
 * Holds what was typed into a form against the terms, and against what its kind asks for; the first thing missing is
 * refused, so that the card can say one thing to do.
 * @param specs what the kind asks for beside what terms speak of
 */
export function checkForm(
  form: Inputs,
  terms: Terms,
  ticketPatterns: readonly Pattern[],
  specs: readonly InputSpec[] = [],
): Result<FilledForm, Refusal> {
  const own = checkTerms(form, terms, ticketPatterns)
  if (!own.ok) return own
  const more = checkInputs(specs, form)
  return more.ok ? ok({ ...own.value, inputs: more.value }) : more
}

function checkTerms(
  { duration: length = '', justification: why = '', ticket: reference = '' }: Inputs,
  terms: Terms,
  ticketPatterns: readonly Pattern[],
): Result<Omit<FilledForm, 'inputs'>, Refusal> {
  const duration = parseDuration(length.trim())
  if (duration === undefined) return refuse({ kind: 'duration-unreadable', text: cutAt(length, 40) })
  if (duration > terms.longest) return refuse({ kind: 'too-long', longest: terms.longest })
  if (duration < terms.shortest) return refuse({ kind: 'too-short', shortest: terms.shortest })

  const justification = cutAt(why.trim(), longestJustification)
  if (terms.justification === 'required' && !saysSomething(justification)) {
    return refuse({ kind: 'justification-missing' })
  }

  const ticket = reference.trim()
  if (ticket === '') {
    return terms.ticket === 'required'
      ? refuse({ kind: 'ticket-missing' })
      : ok({ duration, justification, ticket: null })
  }
  if (ticketPatterns.length > 0 && !ticketPatterns.some((pattern) => matchesWhole(pattern, ticket))) {
    return refuse({ kind: 'ticket-not-recognised', ticket: cutAt(ticket, 40) })
  }
  return ok({ duration, justification, ticket: ticket.replace(/^#/, '') })
}

// A number typed without its # is the same issue.
const matchesWhole = (pattern: Pattern, ticket: string): boolean => pattern.fits(ticket) || pattern.fits(`#${ticket}`)

/** The submission of a form that the terms allow: everything later decisions are held against is frozen here. */
export function submit(
  id: RequestId,
  situation: Situation,
  assessment: Assessment,
  form: FilledForm,
): EventOf<'RequestSubmitted'> {
  const { requester, beneficiary, entitlement, startsAt, at } = situation
  const stages = copyStages(assessment.plan.stages)
  const inputs = Object.keys(form.inputs).length === 0 ? {} : { inputs: form.inputs }
  const frozen = {
    id,
    requester: requester.id,
    beneficiary: beneficiary.id,
    entitlement: entitlement.id,
    target: assessment.target,
    duration: form.duration,
    terms: assessment.terms,
    ...inputs,
  }
  const { id: request, ...asked } = frozen
  return {
    type: 'RequestSubmitted',
    at,
    by: requester.id,
    request,
    ...asked,
    revision: 1,
    name: entitlement.name,
    ...(startsAt === undefined ? {} : { startsAt }),
    justification: { freeText: form.justification },
    ...(form.ticket === null ? {} : { ticket: form.ticket }),
    stages,
    termsHash: termsHashOf(frozen, stages, 1),
    tenantRules: copyRules(situation),
    catalogueDigest: situation.catalogueDigest,
    trace: [...assessment.trace],
  }
}

/** Entra's request that nobody made through us. */
export interface Outside {
  readonly target: Target
  readonly nativeRequest: string
  readonly duration: Duration
  readonly justification: string
  readonly ticket: string | null
  readonly filedAt: Date
  readonly closesAt: Date | null
}

/**
 * A request filed in the portal, brought into the books with Entra's own values, and held against the stages and terms
 * of this moment: it was made under none of ours.
 * @param stages as planned now, the last of them Entra's
 */
export function found(
  id: RequestId,
  situation: Situation,
  stages: readonly Stage[],
  outside: Outside,
): EventOf<'FiledOutside'> {
  const { requester, beneficiary, entitlement, at } = situation
  const { target, nativeRequest, duration, justification, ticket, filedAt, closesAt } = outside
  const frozen = {
    id,
    requester: requester.id,
    beneficiary: beneficiary.id,
    entitlement: entitlement.id,
    target,
    duration,
    terms: meetTerms(entitlement, situation.rules),
  }
  const { id: request, ...asked } = frozen
  const copied = copyStages(stages)
  return {
    type: 'FiledOutside',
    at,
    source: 'look-up',
    request,
    ...asked,
    revision: 1,
    name: entitlement.name,
    justification: { freeText: justification },
    ...(ticket === null ? {} : { ticket }),
    stages: copied,
    termsHash: termsHashOf(frozen, copied, 1),
    tenantRules: copyRules(situation),
    catalogueDigest: situation.catalogueDigest,
    trace: [{ rule: 'origin', outcome: 'filed in the portal, not through Latchkey' }],
    nativeRequest,
    filedAt,
    closesAt,
  }
}

/** Stages as an event holds them. */
export function copyStages(stages: readonly Stage[]): EventOf<'RequestSubmitted'>['stages'] {
  return stages.map((stage) => ({
    ...stage,
    people: [...stage.people],
    backup: [...stage.backup],
    lastResort: [...stage.lastResort],
  }))
}

function copyRules({ rules }: Situation): EventOf<'RequestSubmitted'>['tenantRules'] {
  const approval =
    rules.approval.asks === 'nobody'
      ? { asks: 'nobody' as const }
      : { asks: 'approvers' as const, people: [...rules.approval.people], groups: [...rules.approval.groups] }
  const { unknown, ...known } = rules
  return { ...known, ...(unknown === undefined ? {} : { unknown: [...unknown] }), approval }
}

/** What a decider says yes to, as one value: who gets what, for how long, on which terms and stages. Hexadecimal. */
export function termsHashOf(
  frozen: Pick<
    Submission,
    'id' | 'requester' | 'beneficiary' | 'entitlement' | 'target' | 'duration' | 'terms' | 'inputs'
  >,
  stages: readonly Stage[],
  revision: number,
): string {
  const { id, requester, beneficiary, entitlement, target, duration, terms, inputs } = frozen
  const bound = {
    id,
    requester,
    beneficiary,
    entitlement,
    target,
    duration: isoDuration(duration),
    terms,
    stages,
    revision,
    ...(inputs === undefined ? {} : { inputs }),
  }
  return createHash('sha256')
    .update(JSON.stringify(sorted(bound)))
    .digest('hex')
}

/** Keys in one order at every depth: equal values hash alike however they were built. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
