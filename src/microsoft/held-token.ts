import type { AccessToken, TokenCredential } from '@azure/identity'
import type { Clock } from '../time.ts'

/** Milliseconds before its end from which a token is asked for anew; Entra's live for an hour at least. */
const renewBefore = 300_000

/**
 * A credential that keeps each token until five minutes before it ends. The library's own cache is searched and its
 * log written for every call, which costs the bot more than verifying a token does.
 */
export function holdTokens(credential: TokenCredential, realClock: Clock): TokenCredential {
  const held = new Map<string, AccessToken>()
  return {
    async getToken(scopes, options) {
      // A claims challenge asks for another token than the one at hand.
      if (options?.claims !== undefined) return credential.getToken(scopes, options)
      const key = String(scopes)
      const known = held.get(key)
      if (known !== undefined && known.expiresOnTimestamp - renewBefore > realClock().getTime()) return known
      const token = await credential.getToken(scopes, options)
      if (token !== null) held.set(key, token)
      return token
    },
  }
}
