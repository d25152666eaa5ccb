import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signInPage } from '../../../src/microsoft/sign-in/sign-in-page.ts'
import type { SignedIn, SignInPage } from '../../../src/workflow/ports/sign-in-page.ts'
import { contextClaims } from '../../../src/request/failed-call.ts'
import { filing, openTenantEdge, openOnBehalfOf } from '../tenant-edge.ts'
import { roleCalls } from '../../../src/microsoft/directory-roles/allowed-calls.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
let page: SignInPage
beforeAll(async () => {
  edge = await openTenantEdge()
  page = signInPage(edge.options, [roleCalls.scope])
})
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => {
  edge.emulated.requests.length = 0
  edge.emulated.switches.authenticationContexts = true
  edge.arrived.length = 0
})

const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const c1 = contextClaims('c1')
const asking = { loginHint: 'maya.okafor@contoso.example', claims: c1, state: 'sgn_1', nonce: 'n1', challenge }

async function codeFor(name: string, asked = asking): Promise<string> {
  const url = await page.address(asked)
  url.searchParams.set('as', name)
  const answer = await fetch(url, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  expect(`${back.origin}${back.pathname}`).toBe('https://latchkey.example/auth-end')
  expect(back.searchParams.get('state')).toBe('sgn_1')
  return back.searchParams.get('code') ?? ''
}

async function signedIn(name: string, asked = asking): Promise<SignedIn> {
  const came = await page.redeem(await codeFor(name, asked), { verifier, nonce: 'n1' })
  if ('detail' in came) throw new Error(came.detail)
  return came
}

test('Entra is asked for what Graph wanted, for this person, with PKCE, and for proof of it in the id token too', async () => {
  const asked = (await page.address(asking)).searchParams
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    login_hint: 'maya.okafor@contoso.example',
    state: 'sgn_1',
    nonce: 'n1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    redirect_uri: 'https://latchkey.example/auth-end',
  })
  expect(asked.get('scope')).toContain('https://graph.microsoft.com/RoleAssignmentSchedule.ReadWrite.Directory')
  expect(asked.get('scope')).not.toContain('.default')
  expect(JSON.parse(asked.get('claims') ?? '')).toMatchObject({
    access_token: { acrs: { essential: true, value: 'c1' }, xms_cc: { values: ['cp1'] } },
    id_token: { acrs: { essential: true, value: 'c1' }, auth_time: { essential: true } },
  })
})

test('who signed in, with what and when, is read from the id token', async () => {
  const { person, name, tenant, proof } = await signedIn('maya.okafor')
  expect({ person, name, tenant }).toEqual({
    person: edge.id('maya.okafor'),
    name: 'Maya Okafor',
    tenant: edge.options.tenantId,
  })
  expect(proof.contexts).toEqual(['c1'])
  expect(Math.abs(proof.authenticatedAt.getTime() - edge.emulated.realNow().getTime())).toBeLessThan(60_000)
  expect(decodeJwt(proof.graphToken)).toMatchObject({ acrs: ['c1'], aud: 'https://graph.microsoft.com' })
})

test('somebody else’s sign-in is told as theirs', async () => {
  expect(await signedIn('priya.raman')).toMatchObject({ person: edge.id('priya.raman'), name: 'Priya Raman' })
})

describe('a code gives nothing', () => {
  test.each([
    ['a second time', { verifier, nonce: 'n1' }, true],
    ['with another verifier', { verifier: 'w'.repeat(43), nonce: 'n1' }, false],
    ['to another nonce', { verifier, nonce: 'n2' }, false],
  ])('%s', async (_, secrets, before) => {
    const code = await codeFor('maya.okafor')
    if (before) await page.redeem(code, { verifier, nonce: 'n1' })
    expect(await page.redeem(code, secrets)).toEqual({ detail: expect.any(String) })
  })
})

describe('a hand made of a sign-in', () => {
  test('files what the silent token could not', async () => {
    const silent = await edge.hand('maya.okafor')
    expect(await silent.file(filing(silent.person))).toMatchObject({ came: 'sign-in-needed', claims: c1 })
    const { person, proof } = await signedIn('maya.okafor')
    expect(await edge.take(person, proof).file(filing(person))).toMatchObject({ came: 'done' })
  })

  test('is held against the same roles: who could grant anything is sent to the portal', async () => {
    const name = 'hannah.vogt'
    const { person, proof } = await signedIn(name)
    const grants = { ...edge.tenant, holdsGrantingRole: async () => true }

    expect(await openOnBehalfOf(edge.options, grants)(person, proof).toDecide()).toEqual({ came: 'portal-only' })
    expect(edge.arrived).toEqual([])
  })
})
