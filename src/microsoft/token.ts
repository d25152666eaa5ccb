import { AuthError, ConfidentialClientApplication, InteractionRequiredAuthError } from '@azure/msal-node'
import type { NodeAuthOptions } from '@azure/msal-node'
import { type GraphOptions, graphResource } from './options.ts'

/** A token of the bot's own identity for Graph; the credential keeps and renews it. */
export async function appToken(options: GraphOptions): Promise<string> {
  const token = await options.credential.getToken(`${graphResource(options)}/.default`)
  if (token === null) throw new Error("the bot's own credential gave no token for Graph")
  return token.token
}

// The one scope that activating, withdrawing and deciding need: not `.default`, which is everything ever consented to.
const scope = 'RoleAssignmentSchedule.ReadWrite.Directory'

export type Exchanged =
  | { readonly came: 'token'; readonly token: string; /** `oid` as Entra states it. */ readonly of: string }
  | { readonly came: 'sign-in-needed'; readonly code: string; readonly message: string; readonly claims: string | null }

/**
 * Exchanges a person's SSO token for one that Graph takes (on-behalf-of). Only the broker may call this.
 *
 * The MSAL client is thrown away with its cache, in which a refresh token would otherwise stay: MSAL asks for
 * `offline_access` by itself. Capability `cp1` is declared, or PIM repeats its challenge even to a token that meets it.
 * @returns `sign-in-needed` for whatever keeps Entra from giving a token: MFA or an authentication context (`claims`
 *   says which), missing consent, a disabled account, a token not meant for us, Entra out of reach. `code` is the
 *   OAuth error or MSAL's own.
 */
export async function exchangeForGraph(options: GraphOptions, ssoToken: string): Promise<Exchanged> {
  const client = new ConfidentialClientApplication({ auth: signInAuth(options) })
  try {
    const result = await client.acquireTokenOnBehalfOf({
      oboAssertion: ssoToken,
      scopes: [`${graphResource(options)}/${scope}`],
    })
    if (result === null) return { came: 'sign-in-needed', code: 'no_token', message: 'Entra gave none', claims: null }
    return { came: 'token', token: result.accessToken, of: result.uniqueId }
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const claims = error instanceof InteractionRequiredAuthError && error.claims !== '' ? error.claims : null
    return { came: 'sign-in-needed', code: error.errorCode, message: error.errorMessage, claims }
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
