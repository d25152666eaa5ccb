import { z } from 'zod'
import { durationMs } from '../iso-duration.ts'

/** An ISO 8601 duration, kept as written: Graph answers rules in the same spelling. */
export const Duration = z.string().refine((text) => durationMs(text) !== undefined, 'not an ISO 8601 duration')

/** A person or a group by name, as approver or holder. */
export const Subject = z.union([z.strictObject({ user: z.string() }), z.strictObject({ group: z.string() })])
export type Subject = z.infer<typeof Subject>

const window = { startedAgo: Duration.optional(), startsIn: Duration.optional(), endsIn: Duration.optional() }

/** Somebody's eligibility or assignment, in durations counted from the start. */
export const Holding = z.union([
  z.strictObject({ user: z.string(), ...window }),
  z.strictObject({ group: z.string(), ...window }),
])
export type Holding = z.infer<typeof Holding>

/** A role's PIM settings for those who activate it. */
export const Activation = z.strictObject({
  maximumDuration: Duration,
  enabledRules: z.array(z.enum(['Justification', 'Ticketing', 'MultiFactorAuthentication'])),
  authenticationContext: z
    .string()
    .regex(/^c\d{1,2}$/)
    .optional(),
  approval: z.union([z.literal('none'), z.strictObject({ approvers: z.array(Subject) })]),
})
export type Activation = z.infer<typeof Activation>
