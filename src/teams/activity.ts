import { z } from 'zod'
import { PersonId } from '../people.ts'
import { type Result, ok, refuse } from '../result.ts'
import { type Spoken, spokenFor } from '../words/language.ts'
import type { Chat, Speaker } from '../workflow/ports/incoming.ts'
import { isOurConnector } from './service-url.ts'

const Id = z.string().min(1).max(1000)
// null and absent mean the same on this wire; a locale or zone that cannot be read is as good as none.
const Name = z.string().max(100).optional().catch(undefined)

/** What we read of a Bot Framework activity; whatever else it carries is dropped here. */
const Activity = z.object({
  type: Id,
  id: Id.optional(),
  name: z.string().optional(),
  action: z.string().optional(),
  channelId: z.literal('msteams'),
  serviceUrl: Id,
  locale: Name,
  localTimezone: Name,
  from: z.object({ id: Id, aadObjectId: PersonId.optional() }),
  recipient: z.object({ id: Id }),
  conversation: z.object({
    id: Id,
    // Never guessed: what only a person's own chat may see is shown by it.
    conversationType: z.enum(['personal', 'groupChat', 'channel']),
    tenantId: z.string().optional(),
  }),
  channelData: z.object({ tenant: z.object({ id: z.string() }).optional(), eventType: Name }).default({}),
  replyToId: Id.optional(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  attachments: z
    .array(z.object({ contentType: z.string() }))
    .optional()
    .catch(undefined),
  membersAdded: z.array(z.object({ id: z.string() })).optional(),
  entities: z.array(z.looseObject({ type: z.string() })).optional(),
})

export type TeamsActivity = z.infer<typeof Activity>

/** Why somebody is turned away who did have a genuine channel token. */
type NotForUs = 'malformed' | 'other-tenant' | 'other-service' | 'other-bot' | 'nobody'

/**
 * Our own checks of what the channel's token does not vouch for: it is bound to this bot and its service, not to the
 * body, and botbuilder never looks at the tenant.
 */
export function checkActivity(
  body: unknown,
  ours: { botAppId: string; tenantId: string; serviceUrlHosts: readonly string[] },
): Result<TeamsActivity, NotForUs> {
  const parsed = Activity.safeParse(body)
  if (!parsed.success) return refuse('malformed')
  const activity = parsed.data
  if (activity.recipient.id !== `28:${ours.botAppId}`) return refuse('other-bot')
  const tenants = [activity.conversation.tenantId, activity.channelData.tenant?.id].filter((id) => id !== undefined)
  if (tenants.length === 0 || tenants.some((id) => id !== ours.tenantId)) return refuse('other-tenant')
  if (!isOurConnector(activity.serviceUrl, ours.serviceUrlHosts)) return refuse('other-service')
  const speaks = activity.type === 'message' || activity.type === 'invoke'
  if (speaks && (activity.from.aadObjectId === undefined || activity.id === undefined)) return refuse('nobody')
  return ok(activity)
}

/** @returns undefined where the channel names no Entra account: other bots, connectors, some system events. */
export function speakerOf(activity: TeamsActivity): Speaker | undefined {
  const { from, conversation, serviceUrl, locale, localTimezone } = activity
  if (from.aadObjectId === undefined) return undefined
  return {
    id: from.aadObjectId,
    teamsId: from.id,
    ...(locale === undefined ? {} : { locale }),
    ...(localTimezone === undefined ? {} : { zone: localTimezone }),
    serviceUrl,
    conversation: conversation.id,
  }
}

/** What the client that sent this speaks; all that is said before anything is known of its person is said in it. */
export const spokenIn = ({ locale }: TeamsActivity): Spoken => spokenFor(locale ?? '')

export const chatOf = (activity: TeamsActivity): Chat =>
  ({ personal: 'personal', groupChat: 'group', channel: 'channel' } as const)[activity.conversation.conversationType]
