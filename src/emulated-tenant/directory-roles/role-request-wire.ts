import { z } from 'zod'
import { parseSchedule, ScheduleInfo } from '../pim/schedule-info.ts'
import { actions } from '../state/pim.ts'
import type { Ask } from '../state/pim.ts'
import { roleKey } from '../state/pim-resources.ts'
import { Refusal } from '../refusal.ts'

const text = z.string().nullish()
const Body = z.object({
  action: z.enum(actions),
  principalId: z.guid(),
  roleDefinitionId: z.guid(),
  directoryScopeId: z.string(),
  appScopeId: z.null().optional(),
  scheduleInfo: ScheduleInfo.nullish(),
  justification: text,
  ticketInfo: z.object({ ticketNumber: text, ticketSystem: text }).nullish(),
  isValidationOnly: z.boolean().nullish(),
  customData: text,
})

/**
 * The body of POST roleAssignmentScheduleRequests.
 * @throws {Refusal} 400 BadRequest, naming what is wrong with it.
 */
export function parseAsk(body: unknown): Ask {
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw new Refusal(400, 'BadRequest', z.prettifyError(parsed.error))
  const { ticketInfo, scheduleInfo, ...wire } = parsed.data
  return {
    action: wire.action,
    principalId: wire.principalId.toLowerCase(),
    resource: roleKey(wire.roleDefinitionId.toLowerCase()),
    scope: wire.directoryScopeId,
    schedule: parseSchedule(scheduleInfo),
    justification: wire.justification ?? null,
    ticket:
      ticketInfo == null
        ? null
        : { ticketNumber: ticketInfo.ticketNumber ?? null, ticketSystem: ticketInfo.ticketSystem ?? null },
    validationOnly: wire.isValidationOnly ?? false,
    customData: wire.customData ?? null,
  }
}
