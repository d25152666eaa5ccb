import { createHash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Person } from '../state/people-and-groups.ts'
import { EntraError } from './error.ts'
import { personToken, readClaims, signedInAt } from './tokens.ts'
import type { ClaimsRequest, TokenAnswer } from './tokens.ts'
import type { SignIn } from './token.ts'
import type { Application } from '../seed/seed.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

const AuthorizeQuery = z.object({
  client_id: z.string(),
  response_type: z.literal('code'),
  redirect_uri: z.url(),
  scope: z.string(),
  state: z.string().optional(),
  nonce: z.string().optional(),
  claims: z.string().optional(),
  login_hint: z.string().optional(),
  code_challenge: z.string().min(43),
  code_challenge_method: z.literal('S256'),
  /** Signs in as this person of the seed, for tests and for the page's own buttons. */
  as: z.string().optional(),
  /** Whether they answer the prompt for a second factor; without it they have what their session has. */
  mfa: z.enum(['true', 'false']).optional(),
})
type AuthorizeQuery = z.infer<typeof AuthorizeQuery>

type Code = { asked: AuthorizeQuery; person: Person; claims: ClaimsRequest; mfa: boolean; signedInAt: number }

/** What a refresh token stands for. */
type Refreshable = { app: Application; person: Person; session: SignIn }

const codeSeconds = 600

/** The sign-in page and the codes it gave out, each good once and for ten minutes. */
export function authorization(tenant: EmulatedTenant) {
  const codes = new Map<string, Code>()
  const refreshable = new Map<string, Refreshable>()

  function authorize(request: Request, response: Response) {
    const parsed = AuthorizeQuery.safeParse(request.query)
    if (!parsed.success) {
      response
        .status(400)
        .type('text')
        .send(`AADSTS900144: ${z.prettifyError(parsed.error)}`)
      return
    }
    const asked = parsed.data
    if (asked.as === undefined) {
      response.type('html').send(signInPage(tenant, asked, request.originalUrl))
      return
    }
    const back = new URL(asked.redirect_uri)
    if (asked.state !== undefined) back.searchParams.set('state', asked.state)
    const person = tenant.people.get(asked.as)
    const claims = readClaims(asked.claims)
    const mfa =
      asked.mfa === 'true' || (asked.mfa === undefined && person?.mfa === true && tenant.switches.sessionsWithMfa)
    const refuse = (description: string) => {
      back.searchParams.set('error', 'access_denied')
      back.searchParams.set('error_description', description)
    }
    if (person === undefined || !person.accountEnabled) refuse('AADSTS50057: The user account is disabled.')
    // What targets an authentication context asks for a second factor, as asking for it by name does.
    else if (!mfa && (claims.mfa || claims.contexts.length > 0))
      refuse('AADSTS50074: Strong Authentication is required.')
    else {
      const code = randomBytes(24).toString('base64url')
      codes.set(code, { asked, person, claims, mfa, signedInAt: signedInAt(tenant) })
      back.searchParams.set('code', code)
    }
    response.redirect(back.href)
  }

  /** @throws {EntraError} 70008 unknown, used or old; 50011 another address or app; 501481 another verifier. */
  async function redeem(app: Application, form: Readonly<Record<string, string | undefined>>): Promise<TokenAnswer> {
    const given = form['code'] ?? ''
    const code = codes.get(given)
    codes.delete(given)
    if (code === undefined || signedInAt(tenant) - code.signedInAt > codeSeconds)
      throw new EntraError('invalid_grant', 70008, 'The provided authorization code is expired or was redeemed before.')
    const { asked, person, claims, mfa } = code
    if (asked.client_id !== app.appId || asked.redirect_uri !== form['redirect_uri'])
      throw new EntraError('invalid_grant', 50011, 'The redirect URI or application differs from the one of the code.')
    const challenge = createHash('sha256')
      .update(form['code_verifier'] ?? '')
      .digest('base64url')
    if (challenge !== asked.code_challenge)
      throw new EntraError('invalid_grant', 501481, 'The Code_Verifier does not match the code_challenge.')
    // A person at the page can satisfy every context that was asked for there.
    const methods = mfa ? ['pwd', 'mfa'] : ['pwd']
    const session = { methods, contexts: claims.contexts, authTime: code.signedInAt }
    const { capabilities } = readClaims(form['claims'])
    const scope = form['scope'] ?? asked.scope
    const answer = await personToken(tenant, app, person, session, {
      scope,
      claims: { ...claims, capabilities },
      ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
    })
    return { ...answer, ...refreshing(scope, { app, person, session }) }
  }

  /** A refresh token, where offline_access is among the scopes: good for other resources too, with the same session. */
  function refreshing(scope: string, what: Refreshable): { refresh_token?: string } {
    if (!scope.split(' ').includes('offline_access')) return {}
    const token = randomBytes(24).toString('base64url')
    refreshable.set(token, what)
    return { refresh_token: token }
  }

  /** @throws {EntraError} 70008 unknown, or of another app. */
  async function refresh(app: Application, form: Readonly<Record<string, string | undefined>>): Promise<TokenAnswer> {
    const found = refreshable.get(form['refresh_token'] ?? '')
    if (found === undefined || found.app.appId !== app.appId)
      throw new EntraError('invalid_grant', 70008, 'The provided refresh token is unknown or expired.')
    const scope = form['scope'] ?? ''
    const answer = await personToken(tenant, app, found.person, found.session, {
      scope,
      claims: readClaims(form['claims']),
    })
    return { ...answer, ...refreshing(scope, found) }
  }

  return { authorize, redeem, refresh }
}

function signInPage(tenant: EmulatedTenant, { login_hint, client_id, claims }: AuthorizeQuery, url: string): string {
  const { contexts, mfa } = readClaims(claims)
  const app = tenant.seed.applications.find(({ appId }) => appId === client_id)?.name ?? client_id
  const wanted = [
    ...(mfa ? ['multifactor authentication'] : []),
    ...tenant.seed.authenticationContexts
      .filter(({ id }) => contexts.includes(id))
      .map(({ id, displayName }) => `${id}: ${displayName}`),
  ]
  const hinted = ({ userPrincipalName }: Person) => userPrincipalName === login_hint
  const people = [...tenant.people.values()]
    .filter(({ accountEnabled }) => accountEnabled)
    .sort((one, other) => Number(hinted(other)) - Number(hinted(one)))
  const links = people.map(
    (person) =>
      `<li><a href="${escaped(`${url}&as=${encodeURIComponent(person.id)}`)}">${escaped(person.displayName)}</a> ` +
      `<small>${escaped(person.userPrincipalName)}</small></li>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in to ${escaped(tenant.seed.organisation.displayName)}</title>
<style>
  body { font: 1rem/1.6 system-ui, sans-serif; max-width: 30rem; margin: 2rem auto; padding: 0 1rem; }
  @media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #eee } a { color: #9cf } }
  ul { padding: 0; list-style: none } a { display: inline-block; padding: 0.3rem 0 }
</style>
<h1>Sign in to ${escaped(tenant.seed.organisation.displayName)}</h1>
<p>${escaped(app)} asks ${escaped(login_hint ?? 'you')} to sign in${wanted.length === 0 ? '' : ` with ${escaped(wanted.join(', '))}`}.</p>
<p>The emulated tenant asks for no password. Sign in as:</p>
<ul>${links.join('\n')}</ul>
</html>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
