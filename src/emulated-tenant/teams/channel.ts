import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import { z } from 'zod'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { endTimeline, openTimeline } from './timeline.ts'
import type { Timeline } from './timeline.ts'

/**
 * What the bot answered: HTTP status (0 where no answer came), and status, type and value of an invoke's answer.
 * `error` is what Teams shows instead where the answer was none.
 */
export type BotAnswer = {
  http: number
  status: number | null
  type: string | null
  value: unknown
  error?: string
  signIn?: string
}

/** The platform facts on this side that are unsure, and the drills; named in `POST /api/switches`. */
export const ChannelSwitches = z.strictObject({
  /** How the connector answers an edit of a message that is there: as it should, or as if it were gone or blocked. */
  editsAnswer: z.enum(['ok', 'gone', 'blocked']),
  /** Every active client of a person sends its own `signin/tokenExchange`. */
  clientsPerPerson: z.int().min(1).max(9),
})
export type ChannelSwitches = z.infer<typeof ChannelSwitches>

/** The Teams side of the tenant: the bot's registration, the channel's keys, and what stands in the chats. */
export type Channel = {
  tenant: EmulatedTenant
  timeline: Timeline
  bot: { urls: string[]; appId: string; ssoAppId: string; next: number }
  keys: { privateKey: CryptoKey; publicJwk: JWK }
  switches: ChannelSwitches
  /** What is on its way right now, in words: activities to the bot and calls the connector is handling. */
  underWay: Map<symbol, string>
  /** People who signed out of Teams: no SSO until they sign in again. */
  signedOut: Set<string>
  /** Sign-ins that wait for the person: what is sent to the bot once the page has called back. */
  waitingSignIns: Map<string, (state: string) => Promise<BotAnswer>>
  /** Changes with every reset, so that clients forget what they showed. */
  epoch: number
}

const defaultSwitches: ChannelSwitches = { editsAnswer: 'ok', clientsPerPerson: 1 }
const issuer = 'https://api.botframework.com'
const keyId = 'emulated-channel-1'

export async function openChannel(tenant: EmulatedTenant): Promise<Channel> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const publicJwk = { ...(await exportJWK(publicKey)), kid: keyId, use: 'sig', alg: 'RS256' }
  return {
    tenant,
    timeline: openTimeline(tenant),
    bot: { urls: [], appId: '', ssoAppId: '', next: 0 },
    keys: { privateKey, publicJwk },
    switches: { ...defaultSwitches },
    underWay: new Map(),
    signedOut: new Set(),
    waitingSignIns: new Map(),
    epoch: 1,
  }
}

/** A fresh tenant and empty chats. Sequences go on rising: a client that waits with an old one still hears of news. */
export function resetChannel(channel: Channel, tenant: EmulatedTenant): void {
  const before = channel.timeline
  channel.tenant = tenant
  channel.timeline = openTimeline(tenant, before.sequence)
  channel.switches = { ...defaultSwitches }
  channel.signedOut.clear()
  channel.waitingSignIns.clear()
  channel.epoch += 1
  endTimeline(before)
}

/** Where activities say the connector is, with its trailing slash. */
export function serviceUrl(channel: Channel): string {
  return `${channel.tenant.origins.connector}/`
}

/** The token the channel sends along to the bot. Tokens follow the real clock. */
export function channelToken(channel: Channel): Promise<string> {
  return new SignJWT({ serviceurl: serviceUrl(channel) })
    .setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(channel.bot.appId)
    .setIssuedAt()
    .setNotBefore('-1 minute')
    .setExpirationTime('1 hour')
    .sign(channel.keys.privateKey)
}

/** What botbuilder reads to check that token; without the endorsement it refuses the channel. */
export function openIdMetadata(channel: Channel) {
  const { connector } = channel.tenant.origins
  return {
    configuration: {
      issuer,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${connector}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    },
    keys: { keys: [{ ...channel.keys.publicJwk, endorsements: ['msteams'] }] },
  }
}

/** Runs work while its description stands among what is under way. */
export async function whileUnderWay<T>(channel: Channel, description: string, work: () => Promise<T>): Promise<T> {
  const key = Symbol(description)
  channel.underWay.set(key, description)
  try {
    return await work()
  } finally {
    channel.underWay.delete(key)
  }
}
