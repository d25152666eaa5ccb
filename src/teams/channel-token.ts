import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { Clock } from '../time.ts'

/** Where the channel publishes its keys, and who it says it is. */
export interface ChannelKeys {
  readonly openIdMetadataUrl: string
  readonly issuer: string
}

export const publicChannel: ChannelKeys = {
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
}

/** @returns false for a token that the channel did not issue to this bot, or that has run out. Throws without keys. */
export type VerifyChannelToken = (token: string) => Promise<boolean>

/** Milliseconds for which a token that was found good needs no second look; the channel uses one for many activities. */
const goodFor = 300_000
const mostRemembered = 1_000

/**
 * Looks at the channel's token before botbuilder does, so that no stranger's token reaches it: botbuilder 4.23
 * remembers the `tid` of every token it is shown, unverified and for ever, in the issuers that it accepts as the
 * Emulator's; lets such tokens pass without a service URL; prints each refused token's trouble to the console; and
 * answers a wrong signature with 500. What only botbuilder checks (endorsement, service URL) stays with botbuilder,
 * which verifies the signature as well: so the very token that was good a moment ago is let through to it.
 */
export function verifyChannelTokens(channel: ChannelKeys, botAppId: string, realClock: Clock): VerifyChannelToken {
  let known: Promise<JWTVerifyGetKey> | undefined
  const keys = () =>
    (known ??= findKeys(channel).catch((cause: unknown) => ((known = undefined), Promise.reject(cause))))
  const good = new Map<string, number>()
  return async (token) => {
    const now = realClock()
    if (now.getTime() < (good.get(token) ?? 0)) return true
    try {
      const { payload } = await jwtVerify(token, await keys(), {
        issuer: channel.issuer,
        audience: botAppId,
        algorithms: ['RS256', 'RS384', 'RS512'],
        requiredClaims: ['exp', 'serviceurl'],
        clockTolerance: 300, // seconds, as botbuilder allows
        currentDate: now,
      })
      if (good.size >= mostRemembered) good.clear()
      good.set(token, Math.min(now.getTime() + goodFor, 1000 * (payload.exp ?? 0)))
      return true
    } catch (error) {
      if (isTokensFault(error)) return false
      throw error
    }
  }
}

/** Tells a bad token from keys that could not be read, which is nobody's attack. */
export function isTokensFault(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) return false
  // jose throws its bare base class where the address of the keys answers something else than keys.
  return error.code !== 'ERR_JOSE_GENERIC'
}

async function findKeys(channel: ChannelKeys): Promise<JWTVerifyGetKey> {
  const response = await fetch(channel.openIdMetadataUrl, { signal: AbortSignal.timeout(5000) })
  if (!response.ok) throw new Error(`${channel.openIdMetadataUrl} answers ${response.status}`)
  const { jwks_uri: address } = z.object({ jwks_uri: z.url() }).parse(await response.json())
  return createRemoteJWKSet(new URL(address))
}
