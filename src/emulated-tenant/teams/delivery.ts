import { randomUUID } from 'node:crypto'
import { accountOf, botAccount } from './accounts.ts'
import type { Person } from '../state/people-and-groups.ts'
import { channelToken, serviceUrl, whileUnderWay } from './channel.ts'
import type { BotAnswer, Channel } from './channel.ts'
import type { Conversation, Json } from './timeline.ts'

export const somethingWentWrong = 'Something went wrong. Please try again.'

// Teams gives up on a bot after about 15 seconds; a slower one still gets its answer into this API's report.
const patienceMs = 30_000

/**
 * An activity of this person in this conversation, as Teams stamps it: who speaks, to whom and in which tenant are
 * never the content's to say.
 */
export function stampActivity(channel: Channel, person: Person, conversation: Conversation, content: Json): Json {
  const { tenantId } = channel.tenant.seed.organisation
  const now = channel.tenant.now()
  const isGroup = conversation.type !== 'personal'
  return {
    id: `f:${randomUUID()}`,
    channelId: 'msteams',
    serviceUrl: serviceUrl(channel),
    timestamp: now.toISOString(),
    localTimestamp: now.toISOString(),
    localTimezone: person.timeZone,
    locale: person.locale,
    ...content,
    from: accountOf(person),
    recipient: botAccount(channel.bot.appId),
    conversation: {
      id: conversation.type === 'channel' ? `${conversation.id}${threadOf(content)}` : conversation.id,
      conversationType: conversation.type,
      tenantId,
      ...(isGroup ? { isGroup, name: conversation.name } : {}),
    },
    // Both are JSON of ours, or of a tester who may well break them.
    entities: [clientInfo(person), ...((content['entities'] as Json[] | undefined) ?? [])],
    channelData: { ...(content['channelData'] as Json | undefined), tenant: { id: tenantId } },
  }
}

/** In a channel every message begins a thread, which its id names behind the channel's. */
const threadOf = ({ type, id }: Json): string =>
  String(type).startsWith('message') && typeof id === 'string' ? `;messageid=${id}` : ''

/** Posts an activity to the next bot that takes connections. `token`: another one than the channel's, or none (`null`). */
export async function deliver(channel: Channel, activity: Json, token?: string | null): Promise<BotAnswer> {
  const description = `${String(activity['type'])} ${String(activity['name'] ?? '')} to the bot`.replace('  ', ' ')
  return whileUnderWay(channel, description, async () => {
    const bearer = token === undefined ? await channelToken(channel) : token
    const { urls } = channel.bot
    const first = channel.bot.next++
    for (let i = 0; i < urls.length; i++) {
      const fromMs = performance.now()
      const answer = await postTo(`${urls[(first + i) % urls.length]}/api/messages`, activity, bearer)
      if (answer === 'refused') continue
      recordDelivery(channel, fromMs, answer)
      return answer
    }
    return { ...noAnswer, error: somethingWentWrong }
  })
}

/** Beside the calls of the bot, so that one can tell in whose hands a matter was at any moment. */
function recordDelivery({ tenant }: Channel, fromMs: number, { http }: BotAnswer): void {
  const toMs = performance.now()
  const call = { service: 'bot', method: 'POST', path: '/api/messages', who: null, kind: null, status: http }
  tenant.calls.push({ at: tenant.now(), fromMs, toMs, ...call })
}

const noAnswer = { http: 0, status: null, type: null, value: null }

async function postTo(url: string, activity: Json, bearer: string | null): Promise<BotAnswer | 'refused'> {
  const headers = {
    'content-type': 'application/json',
    ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
  }
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity), signal })
    return readAnswer(response.status, await response.text())
  } catch (cause) {
    return connectionRefused(cause) ? 'refused' : { ...noAnswer, error: somethingWentWrong }
  }
}

function connectionRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  if (!(cause instanceof Error)) return false
  if ('code' in cause && cause.code === 'ECONNREFUSED') return true
  // `localhost` can mean two addresses; a refusal by both comes as one AggregateError.
  return cause instanceof AggregateError && cause.errors.every((each) => each?.code === 'ECONNREFUSED')
}

function readAnswer(http: number, text: string): BotAnswer {
  const body = parse(text)
  const status = typeof body?.['statusCode'] === 'number' ? body['statusCode'] : null
  const type = typeof body?.['type'] === 'string' ? body['type'] : null
  const value = status === null ? (body ?? (text === '' ? null : text)) : (body?.['value'] ?? null)
  return { http, status, type, value, ...(http >= 200 && http < 300 ? {} : { error: somethingWentWrong }) }
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Json) : undefined // every object is a Json
  } catch {
    return undefined
  }
}

function clientInfo(person: Person): Json {
  const country = person.locale.split('-')[1] ?? 'US'
  return { type: 'clientInfo', locale: person.locale, country, platform: 'Web', timezone: person.timeZone }
}
