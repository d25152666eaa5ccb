import { z } from 'zod'
import { RequestId } from '../../request/events.ts'
import { IsoDuration } from '../../time.ts'

// What bodies of both PIM services at Graph have in common.

/** Of an activation, beside whose it is and of what. */
export const activating = {
  scheduleInfo: z.strictObject({
    startDateTime: z.iso.datetime(),
    expiration: z.strictObject({ type: z.literal('afterDuration'), duration: z.string().refine(isDuration) }),
  }),
  justification: z.string(),
  ticketInfo: z.strictObject({ ticketNumber: z.string(), ticketSystem: z.string() }).exactOptional(),
  customData: RequestId,
}

export const decision = z.strictObject({ reviewResult: z.enum(['Approve', 'Deny']), justification: z.string() })

function isDuration(text: string): boolean {
  return IsoDuration.safeParse(text).success
}
