import { ConfidentialClientApplication, InteractionRequiredAuthError, ServerError } from '@azure/msal-node'
import type { NodeAuthOptions } from '@azure/msal-node'
import type { Duration } from '../../time.ts'
import { type GraphOptions, graphResource } from './options.ts'

/** A token of the bot's own identity, for Graph if for nothing else; the credential keeps and renews it. */
export async function appToken(options: GraphOptions, resource = graphResource(options)): Promise<string> {
  const token = await options.credential.getToken(`${resource}/.default`, {
    // Made where it is asked for: a token at hand needs no patience.
    get abortSignal() {
      return AbortSignal.timeout(options.patience.read)
    },
  })
  if (token === null) throw new Error(`the bot's own credential gave no token for ${resource}`)
  return token.token
}

/** The service answered 401: the next token is asked for again, unless another call has done so since. */
export const tokenRefused = (options: GraphOptions, sentAt: number, resource = graphResource(options)): void =>
  options.credential.refused?.(`${resource}/.default`, sentAt)

export type Exchanged =
  | { readonly came: 'token'; readonly token: string; /** `oid` as Entra states it. */ readonly of: string }
  | { readonly came: 'sign-in-needed'; readonly code: string; readonly message: string; readonly claims: string | null }

/**
 * Exchanges a person's SSO token for one that a service takes (on-behalf-of), with one scope: not `.default`, which is
 * everything ever consented to. Only the broker may call this.
 *
 * The MSAL client is thrown away with its cache, in which a refresh token would otherwise stay: MSAL asks for
 * `offline_access` by itself. Capability `cp1` is declared, or PIM repeats its challenge even to a token that meets it.
 * @returns `sign-in-needed` for whatever keeps Entra from giving a token: MFA or an authentication context (`claims`
 *   says which), missing consent, a disabled account, a token not meant for us, Entra out of reach. `code` is the
 *   OAuth error, `consent_required` where that is what it comes from, or `latchkey-no-token` where Entra did not judge.
 */
export async function exchange(options: GraphOptions, ssoToken: string, scope: string): Promise<Exchanged> {
  const client = signInClient(options)
  try {
    const asked = { oboAssertion: ssoToken, scopes: [scope] }
    const result = await within(options.patience.read, client.acquireTokenOnBehalfOf(asked))
    if (result === null) return none('Entra gave none')
    return { came: 'token', token: result.accessToken, of: result.uniqueId }
  } catch (error) {
    const refused = error instanceof InteractionRequiredAuthError || error instanceof ServerError
    if (!refused || inTrouble(error.errorCode)) return none(error instanceof Error ? error.message : String(error))
    const claims = error instanceof InteractionRequiredAuthError && error.claims !== '' ? error.claims : null
    const code = error.subError === 'consent_required' ? error.subError : error.errorCode
    return { came: 'sign-in-needed', code, message: error.errorMessage, claims }
  }
}

/** Entra says nothing of the person then. MSAL hands on whatever the body calls an error, of whatever type. */
const inTrouble = (code: unknown): boolean =>
  typeof code !== 'string' || code === '' || code === 'temporarily_unavailable' || code === 'server_error'

const none = (message: string): Exchanged => ({
  came: 'sign-in-needed',
  code: 'latchkey-no-token',
  message,
  claims: null,
})

/** A client of the sign-in app, for one exchange: it is thrown away with everything it was given. */
export const signInClient = (options: GraphOptions): ConfidentialClientApplication =>
  new ConfidentialClientApplication({ auth: signInAuth(options) })

/** MSAL has no way to give up waiting. A token that comes later is dropped with its client. */
export async function within<Value>(patience: Duration, work: Promise<Value>): Promise<Value> {
  const over = Promise.withResolvers<never>()
  const timer = setTimeout(() => over.reject(new Error('Entra did not answer in time')), patience)
  try {
    return await Promise.race([work, over.promise])
  } finally {
    clearTimeout(timer)
  }
}

function signInAuth(options: GraphOptions): NodeAuthOptions {
  const { signIn, authority, tenantId } = options
  return {
    clientId: signIn.clientId,
    authority: `${authority}/${tenantId}`,
    knownAuthorities: [new URL(authority).host],
    clientCapabilities: ['cp1'],
    ...proofOf(signIn),
  }
}

function proofOf(signIn: GraphOptions['signIn']): Partial<NodeAuthOptions> {
  if ('secret' in signIn) return { clientSecret: signIn.secret }
  if ('assertion' in signIn) return { clientAssertion: signIn.assertion }
  const { thumbprintSha256, privateKey, chain } = signIn.certificate
  return { clientCertificate: { thumbprintSha256, privateKey, ...(chain === undefined ? {} : { x5c: chain }) } }
}
