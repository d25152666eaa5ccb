import type { Catalogue, Entitlement } from '../../entitlement/entitlement.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import { retrievalOf } from './retrieval-index.ts'
import { roleActionsOf } from './role-actions.ts'

const operation = /(?<![\w.])(microsoft\.[a-z0-9.]{2,60}(?:\/[a-z0-9*_-]{1,60}){1,8})/gi
const disallowed = /RequestDisallowedByPolicy|disallowed by policy/i
const denied =
  /AuthorizationFailed|does not have (?:authorization|permission)|not authorized|lacks? permission|access denied|Forbidden|insufficient privileges|PermissionDenied/i

/**
 * What would lift an error of Azure that was pasted into the message, the narrowest first: the exemption from the policy
 * that it names, or the roles whose definition allows the operation that it names.
 */
export function liftingError(text: string, catalogue: Catalogue): readonly EntitlementId[] {
  const entries = [...catalogue.entitlements.values()]
  const lower = text.toLowerCase()
  if (disallowed.test(text)) {
    const named = entries.filter((entry) => entry.kind === 'policyExemption' && namesPolicy(lower, entry.target))
    return named.map(({ id }) => id)
  }
  if (!denied.test(text)) return []
  const operations = [...text.matchAll(operation)]
    .map(([, name = '']) => name)
    .filter((name) => !/^microsoft\.[a-z]+\/[a-z]+$/i.test(name))
  const [wanted] = operations
  if (wanted === undefined) return []
  const able = entries.filter((entry) => allows(entry, wanted))
  // The error says on what: a role on something else lifts nothing.
  const there = able.filter(
    (entry) => entry.kind === 'azureRole' && lower.includes(entry.target.resource.toLowerCase()),
  )
  const { byId } = retrievalOf(catalogue)
  const breadth = ({ id }: Entitlement): number => byId.get(id)?.breadth ?? 0
  return (there.length > 0 ? there : able).toSorted((a, b) => breadth(a) - breadth(b)).map(({ id }) => id)
}

const namesPolicy = (text: string, target: Readonly<Record<string, unknown>>): boolean =>
  [target['assignment'], target['policy']].some((name) => typeof name === 'string' && text.includes(name.toLowerCase()))

/** Whether the entry's role may do this: its actions cover it, and none of its exceptions does. */
function allows(entry: Entitlement, wanted: string): boolean {
  const { actions, except } = roleActionsOf(entry)
  return actions.some((action) => covers(action, wanted)) && !except.some((action) => covers(action, wanted))
}

/** As Azure reads it: a star stands for anything, slashes included. */
function covers(action: string, wanted: string): boolean {
  const [first = '', ...rest] = action.toLowerCase().split('*')
  let left = wanted.toLowerCase()
  if (!left.startsWith(first)) return false
  left = left.slice(first.length)
  if (rest.length === 0) return left === ''
  for (const [index, part] of rest.entries()) {
    const at = index === rest.length - 1 ? (left.endsWith(part) ? left.length - part.length : -1) : left.indexOf(part)
    if (at < 0) return false
    left = left.slice(at + part.length)
  }
  return true
}
