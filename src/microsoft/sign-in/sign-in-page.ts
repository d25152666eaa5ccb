import { type AuthenticationResult, AuthError } from '@azure/msal-node'
import { z } from 'zod'
import { PersonId } from '../../people.ts'
import type { SignedIn, SignInPage } from '../../workflow/ports/sign-in-page.ts'
import type { GraphOptions } from './options.ts'
import { signInClient, within } from './token.ts'
import { scopeAt } from './options.ts'

/** One value comes as a string from some issuers, and as a list from others. */
const Contexts = z
  .union([z.string(), z.array(z.string())])
  .transform((acrs) => (typeof acrs === 'string' ? acrs.split(' ') : acrs))

/** Claims of the id token, which came over TLS from the token endpoint itself. MSAL has compared the nonce. */
const IdToken = z.object({
  oid: PersonId,
  tid: z.string(),
  aud: z.string(),
  nonce: z.string(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  acrs: Contexts.default([]),
  auth_time: z.number().optional(),
})

/**
 * Signing in with Entra's page by authorization code and PKCE. What Graph's token carries is not ours to read, so that
 * context and time of the sign-in are asked for in the id token too.
 * @param scopes of Graph, that the token is asked for
 */
export function signInPage(options: GraphOptions, scopes: readonly string[]): SignInPage {
  const asking = {
    scopes: scopes.map((scope) => scopeAt(options, 'graph', scope)),
    redirectUri: options.signIn.redirect,
  }
  return {
    async address({ loginHint, claims, state, nonce, challenge }) {
      const url = signInClient(options).getAuthCodeUrl({
        ...asking,
        claims: withIdToken(claims),
        state,
        nonce,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        ...(loginHint === undefined ? {} : { loginHint }),
        // A context is asked for to be met now, not to be read off a session of this morning.
        ...(wantsContext(claims) ? { prompt: 'login' } : {}),
      })
      return new URL(await within(options.patience.read, url))
    },

    async redeem(code, { verifier, nonce }) {
      try {
        const asked = { ...asking, code, codeVerifier: verifier, nonce }
        const client = signInClient(options)
        const result = await within(options.patience.read, client.acquireTokenByCode(asked))
        const claims = IdToken.safeParse(result.idTokenClaims)
        if (!claims.success) return { detail: `the id token: ${z.prettifyError(claims.error)}` }
        const armToken = armTokenOf(options, client, result, claims.data.acrs)
        return signedIn(options, claims.data, { nonce, graphToken: result.accessToken, armToken })
      } catch (error) {
        if (error instanceof AuthError) return { detail: `${error.errorCode}: ${error.errorMessage}` }
        return { detail: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}

function signedIn(
  options: GraphOptions,
  claims: z.infer<typeof IdToken>,
  { nonce, graphToken, armToken }: { nonce: string; graphToken: string; armToken: ArmToken },
): SignedIn | { readonly detail: string } {
  const { oid, tid, aud, name, preferred_username: address, acrs, auth_time: seconds = 0 } = claims
  if (claims.nonce !== nonce || aud !== options.signIn.clientId)
    return { detail: 'the id token answers another sign-in' }
  if (graphToken === '') return { detail: 'Entra gave no token for Graph' }
  return {
    person: oid,
    tenant: tid,
    name: name ?? address ?? oid,
    proof: { by: 'sign-in', graphToken, armToken, contexts: acrs, authenticatedAt: new Date(seconds * 1000) },
  }
}

type ArmToken = NonNullable<SignedIn['proof']['armToken']>

/**
 * The client of this sign-in is thrown away with its tap; until then what it was given is good for one token of Resource
 * Manager, which is asked to carry the contexts that were met.
 */
const armTokenOf =
  (
    options: GraphOptions,
    client: ReturnType<typeof signInClient>,
    { account }: Pick<AuthenticationResult, 'account'>,
    contexts: readonly string[],
  ): ArmToken =>
  async () => {
    const none = { code: 'latchkey-other-service', message: 'the sign-in gave a token for Graph alone' }
    if (account === null) return none
    const [value] = contexts
    const claims =
      value === undefined ? {} : { claims: JSON.stringify({ access_token: { acrs: { essential: true, value } } }) }
    const scopes = [scopeAt(options, 'arm', azureScope)]
    try {
      const silent = client.acquireTokenSilent({ account, scopes, ...claims })
      return (await within(options.patience.read, silent)).accessToken
    } catch (error) {
      if (error instanceof AuthError) return { code: error.errorCode, message: error.errorMessage }
      return { ...none, message: error instanceof Error ? error.message : String(error) }
    }
  }

/** Everything at Resource Manager that a person may do themself. */
const azureScope = 'user_impersonation'

const Claims = z.looseObject({ access_token: z.looseObject({ acrs: z.unknown().optional() }).optional() })

const wantsContext = (text: string): boolean => Claims.parse(JSON.parse(text)).access_token?.acrs !== undefined

function withIdToken(text: string): string {
  const claims = Claims.parse(JSON.parse(text))
  const acrs = claims.access_token?.acrs
  return JSON.stringify({
    ...claims,
    id_token: { auth_time: { essential: true }, ...(acrs === undefined ? {} : { acrs }) },
  })
}
