import { createHash } from 'node:crypto'
import type { Terms } from '../entitlement/terms.ts'
import { ok, refuse, type Result } from '../result.ts'
import { type Duration, isoDuration, parseDuration } from '../time.ts'
import type { Assessment, Situation } from './assess.ts'
import type { EventOf, RequestId } from './events.ts'
import type { Refusal } from './refusal.ts'

/** What the form holds when its speaker submits it: typed text, not yet judged. */
export interface Form {
  /** ISO 8601. */
  readonly duration: string
  readonly justification: string
  readonly ticket: string
}

export interface FilledForm {
  readonly duration: Duration
  readonly justification: string
  readonly ticket: string | null
}

/** The longest justification that is kept, in characters; more than that nobody reads on a card. */
export const longestJustification = 2_000

/** Holds a form against the terms; the first thing missing is refused, so that the card can say one thing to do. */
export function checkForm(form: Form, terms: Terms, ticketPatterns: readonly RegExp[]): Result<FilledForm, Refusal> {
  const duration = parseDuration(form.duration.trim())
  if (duration === undefined) return refuse({ kind: 'duration-unreadable', text: form.duration.slice(0, 40) })
  if (duration > terms.longest) return refuse({ kind: 'too-long', longest: terms.longest })
  if (duration < terms.shortest) return refuse({ kind: 'too-short', shortest: terms.shortest })

  const justification = form.justification.trim().slice(0, longestJustification)
  if (terms.justification === 'required' && !/[\p{L}\p{N}]/u.test(justification)) {
    return refuse({ kind: 'justification-missing' })
  }

  const ticket = form.ticket.trim()
  if (ticket === '') {
    return terms.ticket === 'required'
      ? refuse({ kind: 'ticket-missing' })
      : ok({ duration, justification, ticket: null })
  }
  if (ticketPatterns.length > 0 && !ticketPatterns.some((pattern) => matchesWhole(pattern, ticket))) {
    return refuse({ kind: 'ticket-not-recognised', ticket: ticket.slice(0, 40) })
  }
  return ok({ duration, justification, ticket: ticket.replace(/^#/, '') })
}

// A number typed without its # is the same issue.
const matchesWhole = (pattern: RegExp, ticket: string): boolean => {
  const whole = new RegExp(`^(?:${pattern.source})$`, 'i')
  return whole.test(ticket) || whole.test(`#${ticket}`)
}

/** The submission of a form that the terms allow: everything later decisions are held against is frozen here. */
export function submit(
  id: RequestId,
  situation: Situation,
  assessment: Assessment,
  form: FilledForm,
): EventOf<'RequestSubmitted'> {
  const { requester, entitlement, at } = situation
  const { target } = assessment.entitlement
  const frozen = {
    request: id,
    requester: requester.id,
    beneficiary: requester.id,
    entitlement: entitlement.id,
    target: { kind: 'directoryRole' as const, roleDefinitionId: target.templateId, scope: target.scope },
    duration: form.duration,
    revision: 1,
    terms: assessment.terms,
    stages: assessment.plan.stages,
  }
  const [first, ...later] = assessment.plan.stages.map((stage) => ({
    ...stage,
    people: [...stage.people],
    backup: [...stage.backup],
  }))
  if (first === undefined) throw new Error('a plan without stages')
  return {
    type: 'RequestSubmitted',
    at,
    by: requester.id,
    ...frozen,
    name: entitlement.name,
    justification: { freeText: form.justification },
    ...(form.ticket === null ? {} : { ticket: form.ticket }),
    termsHash: termsHash(frozen),
    tenantRules: copyRules(situation),
    stages: [first, ...later],
    catalogueDigest: situation.catalogueDigest,
    trace: [...assessment.trace],
  }
}

function copyRules({ rules }: Situation): EventOf<'RequestSubmitted'>['tenantRules'] {
  const approval =
    rules.approval.asks === 'nobody'
      ? { asks: 'nobody' as const }
      : { asks: 'approvers' as const, people: [...rules.approval.people], groups: [...rules.approval.groups] }
  return { ...rules, approval }
}

/** What a decider says yes to, as one value: who gets what, for how long, on which terms and stages. */
export function termsHash(frozen: {
  readonly request: string
  readonly requester: string
  readonly beneficiary: string
  readonly entitlement: string
  readonly target: object
  readonly duration: Duration
  readonly revision: number
  readonly terms: object
  readonly stages: readonly object[]
}): string {
  const { duration, ...rest } = frozen
  return createHash('sha256')
    .update(JSON.stringify(sorted({ ...rest, duration: isoDuration(duration) })))
    .digest('hex')
}

/** Keys in one order at every depth: equal values hash alike however they were built. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}
