import { z } from 'zod'
import { Activation, Duration } from '../seed/parts.ts'

const as = z.string()
const entitlement = z.string()
const request = z.string()
const person = z.string()
const filing = {
  as,
  entitlement,
  duration: Duration,
  justification: z.string().default(''),
  ticket: z.string().optional(),
  start: z.iso.datetime({ offset: true }).optional(),
  /** The portal has no field for it; whoever calls Graph with a token of their own writes there what they like. */
  customData: z.string().optional(),
}

/** Body of `POST /api/tenant/portal`; entitlements bear the tenant's own names. */
export const Deed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('activate'), ...filing }),
  z.strictObject({ do: z.literal('file'), ...filing }),
  z.strictObject({ do: z.literal('cancel'), as, request }),
  z.strictObject({ do: z.literal('approve'), as, request, reason: z.string().default('Approved in the portal') }),
  z.strictObject({ do: z.literal('deny'), as, request, reason: z.string().default('Denied in the portal') }),
  // A drill: no portal does this. What Entra holds under a request's id becomes another request than was filed.
  z.strictObject({
    do: z.literal('alterRequest'),
    as: as.optional(),
    request,
    person: person.optional(),
    entitlement: entitlement.optional(),
    scope: z.string().startsWith('/').optional(),
    duration: Duration.optional(),
    justification: z.string().optional(),
    ticket: z.string().optional(),
  }),
  z.strictObject({ do: z.literal('deactivate'), as, entitlement }),
  z.strictObject({ do: z.literal('remove'), as, person, entitlement }),
  z.strictObject({ do: z.literal('addEligibility'), as: as.optional(), person, entitlement }),
  z.strictObject({ do: z.literal('removeEligibility'), as: as.optional(), person, entitlement }),
  z.strictObject({ do: z.literal('setPolicy'), as: as.optional(), entitlement, ...Activation.partial().shape }),
  z.strictObject({ do: z.literal('setMembers'), as: as.optional(), group: z.string(), members: z.array(person) }),
  z.strictObject({ do: z.literal('disableUser'), as: as.optional(), person }),
  z.strictObject({ do: z.literal('deleteUser'), as: as.optional(), person }),
  z.strictObject({ do: z.literal('changeManager'), as: as.optional(), person, manager: person.nullable() }),
  z.strictObject({
    do: z.literal('editAccount'),
    as: as.optional(),
    resource: z.string(),
    set: z.record(z.string(), z.unknown()),
  }),
])
export type Deed = z.infer<typeof Deed>
