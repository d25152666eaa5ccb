import { type Entitlement } from '../../src/entitlement/entitlement.ts'
import { EntitlementId } from '../../src/entitlement/entry.ts'
import { hours } from '../../src/time.ts'

/** An entry of the catalogue about whose kind and target alone is asked. */
export const entryOf = <Asked extends Pick<Entitlement, 'kind' | 'target'>>(asked: Asked) => ({
  id: EntitlementId.parse('an-entry'),
  name: 'An entry',
  grants: 'Something.',
  tier: 'low' as const,
  owners: [],
  backup: [],
  aliases: [],
  stages: [],
  duration: { usual: hours(1), longest: hours(1) },
  justification: 'optional' as const,
  ticket: 'optional' as const,
  stepUp: {},
  guests: 'allow' as const,
  breakGlass: false,
  signals: [],
  source: { file: 'entries.yaml', line: 1 },
  ...asked,
})

/** A catalogue that knows one Azure scope. */
export const resourcesOf = (id: string) => ({ resources: new Map([['it', { id, env: 'sandbox' as const }]]) })

/** A catalogue without a resource. */
export const nowhere = { resources: new Map<string, never>() }
