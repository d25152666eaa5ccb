import type { EntitlementId } from '../entitlement/entry.ts'
import type { Ask, Intent, Match } from './ask.ts'
import { attemptsIn } from './attempts.ts'

/** The same message as a language model read it: every value checked against what it was offered and what was written. */
export type Reading = Pick<Ask, 'intent' | 'each'> &
  Partial<Pick<Ask, 'duration' | 'start' | 'justification' | 'ticket' | 'beneficiary' | 'person'>> & {
    readonly entitlements: readonly EntitlementId[]
  }

/** Two readings of one message, held against each other. */
export type Agreed =
  | { readonly as: 'understood'; readonly ask: Ask }
  /** They differ on whether something is asked for, or on what: the person says which of these, if any. */
  | { readonly as: 'unsure'; readonly ask: Ask; readonly candidates: readonly EntitlementId[] }

/** More than this nobody weighs against each other in a chat. */
const mostCandidates = 3

/**
 * What both readings make of a message. The rules are the ones that cannot be talked round: what they take for an
 * attempt to, or for something that nobody may ask for, stays that. A model adds what they did not find, chooses among
 * what they found, and where it contradicts them the person is asked.
 */
export function agree(text: string, rules: Ask, model: Reading): Agreed {
  if (rules.never || attemptsIn(text).length > 0) return { as: 'understood', ask: rules }
  const found = rules.entitlements.map(({ id }) => id)
  if (towardsAccess(rules.intent) !== towardsAccess(model.intent)) {
    const candidates = union(found, model.entitlements)
    // A question about nothing that could be had, and no request for anything either.
    return candidates.length === 0 ? { as: 'understood', ask: rules } : { as: 'unsure', ask: rules, candidates }
  }
  const intent = rules.intent === 'none' ? model.intent : rules.intent
  const entitlements = meet(rules, model)
  if (entitlements === undefined) {
    return { as: 'unsure', ask: rules, candidates: union(found, model.entitlements) }
  }
  return { as: 'understood', ask: { ...filled(rules, model), intent, ...entitlements } }
}

const towardsAccess = (intent: Intent): boolean => intent === 'request' || intent === 'extend'

const union = (one: readonly EntitlementId[], other: readonly EntitlementId[]): readonly EntitlementId[] =>
  [...new Set([...one, ...other])].slice(0, mostCandidates)

/** What both mean, or what the one that found something means; undefined where they mean different things. */
function meet(rules: Ask, model: Reading): Pick<Ask, 'entitlements' | 'each'> | undefined {
  const { entitlements, each } = rules
  if (model.entitlements.length === 0) return { entitlements, each }
  const chosen = new Set(model.entitlements)
  if (entitlements.length === 0) return { entitlements: model.entitlements.map(asMatch), each: model.each }
  const both = entitlements.filter(({ id }) => chosen.has(id))
  if (both.length < chosen.size) return undefined
  // Several of which each fits: the model may tell them apart, and the form still waits to be confirmed.
  if (!each) return { entitlements: both, each: model.each && both.length > 1 }
  return both.length === entitlements.length ? { entitlements, each } : undefined
}

const asMatch = (id: EntitlementId): Match => ({ id, sure: 'partly' })

/** The rules' own values stand: a form shows them, and whoever wrote the message corrects them there. */
function filled(rules: Ask, model: Reading): Ask {
  const { duration, start, justification, ticket, beneficiary, person } = model
  const missing = { duration, start, justification, ticket, beneficiary, person }
  const added = Object.entries(missing).filter(([field, value]) => value !== undefined && !(field in rules))
  return { ...rules, ...Object.fromEntries(added) }
}
