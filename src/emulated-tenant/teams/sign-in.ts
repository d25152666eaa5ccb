import { issueSsoToken } from '../entra/entra-app.ts'
import type { Person } from '../state/people-and-groups.ts'
import type { Channel } from './channel.ts'
import { deliver, stampActivity } from './delivery.ts'
import type { BotAnswer } from './channel.ts'
import type { Conversation, Json } from './timeline.ts'

/** What Teams adds to an invoke that the bot answered with a login request; nothing for who signed out of Teams. */
export async function ssoAuthentication(channel: Channel, person: Person, card: Json): Promise<Json | undefined> {
  const exchange = card['tokenExchangeResource'] as { id?: unknown } | undefined // its one member is checked below
  if (typeof exchange?.id !== 'string' || channel.signedOut.has(person.id)) return undefined
  const token = await issueSsoToken(channel.tenant, person.id, { audience: channel.bot.ssoAppId })
  return { id: exchange.id, connectionName: String(card['connectionName'] ?? ''), token }
}

/**
 * What each of a person's clients does with an OAuth card: `signin/tokenExchange`, unseen. Answers whether the bot
 * took one; where it did not, the card's button is what remains, and `signin/verifyState` follows the page behind it.
 */
export async function exchangeTokens(
  channel: Channel,
  conversation: Conversation,
  messageId: string,
  exchangeId: string | undefined,
  connectionName: string,
): Promise<boolean> {
  const person = conversation.type === 'personal' ? onlyMember(channel, conversation) : undefined
  if (!person) return false
  channel.waitingSignIns.set(person.id, (state) =>
    invoke(channel, person, conversation, messageId, 'signin/verifyState', { state }),
  )
  if (exchangeId === undefined || channel.signedOut.has(person.id)) return false
  const token = await issueSsoToken(channel.tenant, person.id, { audience: channel.bot.ssoAppId })
  const value = { id: exchangeId, connectionName, token }
  const clients = Array.from({ length: channel.switches.clientsPerPerson }, () =>
    invoke(channel, person, conversation, messageId, 'signin/tokenExchange', value),
  )
  const answers = await Promise.all(clients)
  return answers.some((answer) => answer.http === 200)
}

/** The URL behind the sign-in button of an OAuth card, where it has one. */
export function signInUrl(card: Json): string | undefined {
  const button = Array.isArray(card['buttons']) ? card['buttons'][0] : undefined
  return typeof button?.value === 'string' ? button.value : undefined
}

/**
 * Goes through a sign-in page as this person would: Entra's own page is answered with `as`, and what the last page
 * hands to Teams (its `data-notify-success`, or the argument of `notifySuccess`) goes to the bot.
 */
export async function completeSignIn(
  channel: Channel,
  person: Person,
  signIn: { url: string; as?: string | undefined; mfa?: boolean | undefined },
): Promise<BotAnswer> {
  const page = await followPages(channel, signIn.url, { as: signIn.as ?? person.id, mfa: signIn.mfa })
  const state = /data-notify-success="([^"]*)"|notifySuccess\(["']([^"']*)["']\)/.exec(page.text)
  if (state) return handOver(channel, person, state[1] ?? state[2] ?? '', page.status)
  const nothing = { http: page.status, status: null, type: null, value: wordsOf(page.text) }
  return { ...nothing, error: 'The sign-in page did not call Teams back.' }
}

/** What Teams does when a sign-in page has called back: the bot gets the code, in the invoke that waited for it. */
export async function handOver(channel: Channel, person: Person, state: string, http: number): Promise<BotAnswer> {
  channel.signedOut.delete(person.id)
  const resume = channel.waitingSignIns.get(person.id)
  if (!resume) return { http, status: null, type: null, value: null, error: 'Nothing waits for this sign-in.' }
  channel.waitingSignIns.delete(person.id)
  return resume(state)
}

/** The sentence that a page shows, without its markup. */
function wordsOf(html: string): string {
  const body = /<body[\s\S]*<\/body>/.exec(html)?.[0] ?? html
  return body
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const onLoopback = new Set(['127.0.0.1', 'localhost'])

async function followPages(channel: Channel, first: string, signInAs: { as: string; mfa: boolean | undefined }) {
  let url = new URL(first)
  const cookies = new Map<string, string>()
  for (let hops = 0; hops < 10; hops++) {
    if (!onLoopback.has(url.hostname))
      throw Object.assign(new Error(`${url.origin} is not part of the demo.`), { status: 400 })
    const { entra, browser } = channel.tenant.origins
    if ([entra, browser].includes(url.origin) && url.pathname.endsWith('/authorize')) {
      url.searchParams.set('as', signInAs.as)
      if (signInAs.mfa !== undefined) url.searchParams.set('mfa', String(signInAs.mfa))
    }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    // As a browser says that somebody looks at the page.
    const headers = { 'sec-fetch-dest': 'document', ...(cookie === '' ? {} : { cookie }) }
    const response = await fetch(url, { redirect: 'manual', headers })
    for (const each of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) return { status: response.status, text: await response.text() }
    url = new URL(location, url)
  }
  throw new Error(`The sign-in page ${first} redirects without end`)
}

function invoke(
  channel: Channel,
  person: Person,
  conversation: Conversation,
  replyToId: string,
  name: string,
  value: Json,
): Promise<BotAnswer> {
  return deliver(channel, stampActivity(channel, person, conversation, { type: 'invoke', name, value, replyToId }))
}

function onlyMember(channel: Channel, conversation: Conversation): Person | undefined {
  const [id] = conversation.members
  return id === undefined ? undefined : channel.tenant.people.get(id)
}
