import type { AccessToken, TokenCredential } from '@azure/identity'
import type { Clock } from '../../time.ts'

/** Milliseconds before its end from which a token is asked for again; Entra's live for an hour at least. */
const renewBefore = 300_000

/** A credential that keeps its tokens, and drops one that a service does not take. */
export interface HeldTokens extends TokenCredential {
  /**
   * A service refused its token: rights were given or taken away since, or the key that signed it is gone.
   * @param sentAt when the call was sent, in milliseconds of `performance.now`: a token that came later is another one
   */
  refused(scope: string, sentAt: number): void
}

interface Held extends AccessToken {
  readonly cameAt: number
}

/**
 * Keeps each token until five minutes before it ends. The library's own cache is searched and its log written for every
 * call, which costs the bot more than verifying a token does.
 * @param credential makes the library's credential. One that is made again has nothing in its cache: the library has no
 *   other way to ask for a token that it thinks it has.
 */
export function holdTokens(credential: () => TokenCredential, realClock: Clock): HeldTokens {
  const held = new Map<string, Held>()
  let asks = credential()
  return {
    async getToken(scopes, options) {
      // A claims challenge asks for another token than the one at hand.
      if (options?.claims !== undefined) return asks.getToken(scopes, options)
      const key = String(scopes)
      const known = held.get(key)
      if (known !== undefined && known.expiresOnTimestamp - renewBefore > realClock().getTime()) return known
      const token = await asks.getToken(scopes, options)
      if (token !== null) held.set(key, { ...token, cameAt: performance.now() })
      return token
    },

    refused(scope, sentAt) {
      const known = held.get(scope)
      if (known === undefined || known.cameAt > sentAt) return
      held.delete(scope)
      asks = credential()
    },
  }
}
