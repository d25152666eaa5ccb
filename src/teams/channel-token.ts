import { decodeJwt, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWK } from 'jose'
import { z } from 'zod'
import { type Clock, milliseconds } from '../time.ts'
import { publishedKeys, readKeys } from './published-keys.ts'

/** Where the channel publishes its keys, and who it says it is. */
export interface ChannelKeys {
  readonly openIdMetadataUrl: string
  readonly issuer: string
}

export const publicChannel: ChannelKeys = {
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
}

/** What a good token vouches for. */
export interface FromTheChannel {
  /** The service that may send with this token, and no other. */
  readonly serviceUrl: string
}

export interface ChannelTokens {
  /** Whether a token could be checked now. */
  keysKnown(): Promise<boolean>
  /** @returns undefined for a token that the channel did not issue to this bot, or that has run out. Throws without keys. */
  verify(token: string): Promise<FromTheChannel | undefined>
  /** Whether it says that it is for this bot, from the channel: cheap, and true of whatever anybody writes into it. */
  plausible(token: string): boolean
  /** A token that was found good a moment ago; costs nothing. */
  known(token: string): FromTheChannel | undefined
}

/** Seconds by which clocks may differ, for the channel's tokens and people's alike; as much as botbuilder allows. */
export const clockTolerance = 300

/** Milliseconds for which a token that was found good needs no second look; the channel uses one for many activities. */
const goodFor = 300_000
const mostRemembered = 1_000
const patience = milliseconds(5000)

const Claims = z.object({ exp: z.number(), serviceurl: z.string() })

/**
 * The channel's tokens are verified here and nowhere else, by the rules of botbuilder 4.23. Its own check remembers
 * the `tid` of every token it is shown, unverified and for ever, in the issuers that it accepts as the Emulator's; lets
 * such tokens pass without a service URL; answers a wrong signature with 500; and turns a key that the channel has
 * just begun to use away for up to an hour.
 */
export function channelTokens(channel: ChannelKeys, botAppId: string, realClock: Clock): ChannelTokens {
  const keys = publishedKeys(() => readChannelKeys(channel), realClock)
  const good = new Map<string, { readonly until: number; readonly from: FromTheChannel }>()
  const known = (token: string) => {
    const found = good.get(token)
    return found !== undefined && realClock().getTime() < found.until ? found.from : undefined
  }
  const verify = async (token: string) => {
    const now = realClock()
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        issuer: channel.issuer,
        audience: botAppId,
        algorithms: ['RS256', 'RS384', 'RS512'],
        clockTolerance,
        currentDate: now,
      })
      const claims = Claims.safeParse(payload)
      if (!claims.success) return undefined
      const from = { serviceUrl: claims.data.serviceurl }
      if (good.size >= mostRemembered) good.clear()
      good.set(token, { until: Math.min(now.getTime() + goodFor, 1000 * claims.data.exp), from })
      return from
    } catch (error) {
      if (isTokensFault(error)) return undefined
      throw error
    }
  }
  const plausible = (token: string) => {
    try {
      const { iss, aud } = decodeJwt(token)
      return iss === channel.issuer && aud === botAppId
    } catch {
      return false
    }
  }
  return { keysKnown: () => keys.areKnown(), plausible, known, verify: async (token) => known(token) ?? verify(token) }
}

/** Tells a bad token from keys that could not be read, which is nobody's attack. */
export const isTokensFault = (error: unknown): boolean => error instanceof errors.JOSEError

async function readChannelKeys({ openIdMetadataUrl }: ChannelKeys): Promise<JSONWebKeySet> {
  const response = await fetch(openIdMetadataUrl, { redirect: 'error', signal: AbortSignal.timeout(patience) })
  if (!response.ok) throw new Error(`${openIdMetadataUrl} answers ${response.status}`)
  const { jwks_uri: address } = z.object({ jwks_uri: z.url() }).parse(await response.json())
  const { keys } = await readKeys(new URL(address), patience)
  return { keys: keys.filter(isForTeams) }
}

/** The Bot Framework signs for many channels, each key with the names of those that may use it. */
function isForTeams(key: JWK & { readonly endorsements?: unknown }): boolean {
  const { endorsements } = key
  return !Array.isArray(endorsements) || endorsements.length === 0 || endorsements.includes('msteams')
}
