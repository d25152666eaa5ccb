import { ClientSecretCredential } from '@azure/identity'
import { createHash, randomBytes } from 'node:crypto'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueSsoToken } from '../../../src/emulated-tenant/entra/entra-app.ts'
import { botApp, contoso, listeningTenant, signInApp } from '../listening-tenant.ts'
import type { ListeningTenant } from '../listening-tenant.ts'

const graphDefault = 'https://graph.microsoft.com/.default'
let contosoNow: ListeningTenant

beforeAll(async () => {
  contosoNow = await listeningTenant()
})
afterAll(() => contosoNow[Symbol.asyncDispose]())

async function post(form: Record<string, string>) {
  const answer = await fetch(`${contosoNow.authority}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const secretOf = (appId: string) => contosoNow.tenant.secrets[appId] ?? ''

const onBehalfOf = (assertion: string, more: Record<string, string> = {}) =>
  post({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: signInApp,
    client_secret: secretOf(signInApp),
    assertion,
    scope: graphDefault,
    ...more,
  })

describe('an app signing in as itself', () => {
  test('gets the application permissions that were consented to, for Graph alone', async () => {
    const claims = decodeJwt(await contosoNow.appToken())
    expect(claims).toMatchObject({ aud: 'https://graph.microsoft.com', tid: contoso, appid: botApp, idtyp: 'app' })
    expect(claims['roles']).toContain('RoleManagement.Read.Directory')
    expect(JSON.stringify(claims['roles'])).not.toContain('ReadWrite')
    expect(claims).not.toHaveProperty('scp')
  })

  test('gets a token for the Bot Connector', async () => {
    const credential = new ClientSecretCredential(contoso, botApp, secretOf(botApp), {
      authorityHost: new URL(contosoNow.authority).origin,
      disableInstanceDiscovery: true,
    })
    const { token } = await credential.getToken('https://api.botframework.com/.default')
    expect(decodeJwt(token)).toMatchObject({ aud: 'https://api.botframework.com', appid: botApp })
  })

  test('is refused with a wrong secret, an unknown id, or a client assertion', async () => {
    const asked = { grant_type: 'client_credentials', client_id: botApp, scope: graphDefault }
    expect(await post({ ...asked, client_secret: 'guess' })).toMatchObject({
      status: 401,
      body: {
        error: 'invalid_client',
        error_codes: [7000215],
        error_description: expect.stringMatching(/^AADSTS7000215:/),
      },
    })
    expect(await post({ ...asked, client_id: contoso, client_secret: 'guess' })).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client', error_codes: [700016] },
    })
    expect((await post({ ...asked, client_assertion: 'e30.e30.' })).body).toMatchObject({ error_codes: [700027] })
  })
})

describe('on behalf of a person', () => {
  test('MSAL gets a Graph token that inherits how the person signed in', async () => {
    const assertion = await issueSsoToken(contosoNow.tenant, 'maya.okafor')
    const answer = await contosoNow.client().acquireTokenOnBehalfOf({ oboAssertion: assertion, scopes: [graphDefault] })
    const claims = decodeJwt(answer?.accessToken ?? '')
    expect(claims).toMatchObject({ aud: 'https://graph.microsoft.com', amr: ['pwd', 'mfa'], xms_cc: ['cp1'] })
    expect(String(claims['scp']).split(' ')).toContain('RoleAssignmentSchedule.ReadWrite.Directory')
    expect(claims['oid']).toBe(contosoNow.tenant.people.get('maya.okafor')?.objectId)
    expect(claims).not.toHaveProperty('acrs')
    expect(answer?.account?.username).toBe('maya.okafor@contoso.example')
  })

  test('a token without MFA stays one without MFA', async () => {
    const token = await contosoNow.personToken('maya.okafor', { mfa: false })
    expect(decodeJwt(token)['amr']).toEqual(['pwd'])
  })

  test('Azure Resource Manager has its own audience and scope', async () => {
    const assertion = await issueSsoToken(contosoNow.tenant, 'maya.okafor')
    const { body } = await onBehalfOf(assertion, { scope: 'https://management.azure.com/user_impersonation' })
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      aud: 'https://management.azure.com',
      scp: 'user_impersonation',
    })
  })

  test.for([
    ['expired', { expired: true }, 500133],
    ['for another app', { audience: botApp }, 50013],
    ['of another tenant', { tenantId: botApp }, 50013],
  ] as const)('an assertion %s is refused', async ([, options, code]) => {
    const { status, body } = await onBehalfOf(await issueSsoToken(contosoNow.tenant, 'maya.okafor', options))
    expect({ status, body }).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_codes: [code] } })
  })

  test('a disabled person is refused', async () => {
    const { body } = await onBehalfOf(await issueSsoToken(contosoNow.tenant, 'ines.costa'))
    expect(body).toMatchObject({ error: 'invalid_grant', error_codes: [50057] })
  })

  test('a scope nobody consented to is refused', async () => {
    const assertion = await issueSsoToken(contosoNow.tenant, 'maya.okafor')
    const { body } = await onBehalfOf(assertion, { scope: 'https://graph.microsoft.com/Directory.ReadWrite.All' })
    expect(body).toMatchObject({ error: 'invalid_grant', error_codes: [65001], suberror: 'consent_required' })
  })

  test('an authentication context the session lacks needs interaction, and the challenge comes along', async () => {
    const assertion = await issueSsoToken(contosoNow.tenant, 'maya.okafor')
    const claims = JSON.stringify({
      access_token: { acrs: { essential: true, value: 'c1' }, xms_cc: { values: ['cp1'] } },
    })
    const { body } = await onBehalfOf(assertion, { claims })
    expect(body).toMatchObject({ error: 'interaction_required' })
    expect(JSON.parse(String(body['claims']))).toEqual({ access_token: { acrs: { essential: true, value: 'c1' } } })
  })
})

describe('the sign-in page', () => {
  const verifier = randomBytes(32).toString('base64url')
  const redirect = 'http://127.0.0.1:3000/auth-end'

  function authorizeUrl(more: Record<string, string> = {}) {
    const url = new URL(`${contosoNow.authority}/oauth2/v2.0/authorize`)
    url.search = new URLSearchParams({
      client_id: signInApp,
      response_type: 'code',
      redirect_uri: redirect,
      scope: `openid profile ${graphDefault}`,
      state: 'the state',
      nonce: 'the nonce',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    }).toString()
    return url
  }

  async function codeFor(more: Record<string, string>) {
    const answer = await fetch(authorizeUrl(more), { redirect: 'manual' })
    return new URL(answer.headers.get('location') ?? '').searchParams
  }

  const redeem = (code: string, more: Record<string, string> = {}) =>
    post({
      grant_type: 'authorization_code',
      client_id: signInApp,
      client_secret: secretOf(signInApp),
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
      ...more,
    })

  test('lists the people who can sign in, the hinted one first', async () => {
    const html = await (await fetch(authorizeUrl({ login_hint: 'priya.raman@contoso.example' }))).text()
    expect(html.indexOf('Priya Raman')).toBeLessThan(html.indexOf('Maya Okafor'))
    expect(html).not.toContain('Ines Costa')
  })

  test('gives a code that is good once, with the context asked for and the nonce', async () => {
    const acrs = { essential: true, value: 'c1' }
    const claims = JSON.stringify({ access_token: { acrs }, id_token: { acrs, auth_time: { essential: true } } })
    const back = await codeFor({ as: 'maya.okafor', claims })
    expect(back.get('state')).toBe('the state')
    const code = back.get('code') ?? ''
    const { body } = await redeem(code)
    expect(decodeJwt(String(body['access_token']))).toMatchObject({ acrs: ['c1'], amr: ['pwd', 'mfa'] })
    const identity = await jwtVerify(
      String(body['id_token']),
      createRemoteJWKSet(new URL(`${contosoNow.authority}/discovery/v2.0/keys`)),
      { issuer: `${contosoNow.authority}/v2.0`, audience: signInApp },
    )
    expect(identity.payload).toMatchObject({ nonce: 'the nonce', acrs: ['c1'], auth_time: expect.any(Number) })
    expect((await redeem(code)).body).toMatchObject({ error: 'invalid_grant', error_codes: [70008] })
  })

  test('the id token says nothing of contexts and times that it was not asked for', async () => {
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } })
    const { body } = await redeem((await codeFor({ as: 'maya.okafor', claims })).get('code') ?? '')
    const identity = decodeJwt(String(body['id_token']))
    expect(identity).not.toHaveProperty('acrs')
    expect(identity).not.toHaveProperty('auth_time')
  })

  test('who does not answer the prompt for a second factor gets no code where one is asked for', async () => {
    const claims = JSON.stringify({ access_token: { amr: { essential: true, values: ['mfa'] } } })
    const refused = await codeFor({ as: 'maya.okafor', claims, mfa: 'false' })
    expect(refused.get('error_description')).toMatch(/^AADSTS50074:/)
    const code = (await codeFor({ as: 'maya.okafor', claims, mfa: 'true' })).get('code') ?? ''
    expect(decodeJwt(String((await redeem(code)).body['access_token']))).toMatchObject({ amr: ['pwd', 'mfa'] })
  })

  test('a code is worth nothing with another verifier', async () => {
    const code = (await codeFor({ as: 'maya.okafor' })).get('code') ?? ''
    const { body } = await redeem(code, { code_verifier: 'x'.repeat(43) })
    expect(body).toMatchObject({ error: 'invalid_grant', error_codes: [501481] })
  })

  test('a disabled person comes back without a code', async () => {
    const back = await codeFor({ as: 'ines.costa' })
    expect(back.get('error')).toBe('access_denied')
    expect(back.has('code')).toBe(false)
  })
})
