import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import express from 'express'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { generate } from 'selfsigned'

// The least of Microsoft that the conversation edge talks to: the channel's and Entra's keys, and a connector that
// writes down what it is sent and answers as it is told.

export const botAppId = '0b7d6c1a-5e0f-4c58-9a54-2f6f3c1d8e01'
export const ssoAppId = '6c2f9a44-1d7b-4f0e-8b0d-7a51e3c94b02'
export const tenantId = 'fb3f9676-e88e-47ef-b72a-3d75aeae6240'
export const otherTenantId = '11111111-2222-4333-8444-555555555555'
export const channelIssuer = 'https://api.botframework.com'
/** Teams for desktop and phones, as Entra knows it. */
export const teamsClient = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'
export const entraIssuer = `https://login.microsoftonline.com/${tenantId}/v2.0`

type Sent = {
  method: string
  path: string
  authorization: string | undefined
  body: Record<string, unknown>
}
/** `drop`: the connector takes the request and hangs up. */
export type Reply = { status: number; headers?: Record<string, string>; body?: unknown } | 'drop'
export type Signer = 'theirs' | 'forged' | 'unknown-key' | 'unendorsed'
export type Claims = Record<string, unknown>

export type StubMicrosoft = AsyncDisposable & {
  origin: string
  host: string
  pem: { key: string; cert: string }
  sent: Sent[]
  /** What the connector answers to the next requests; 201 and an id of its own once these are used up. */
  replies: Reply[]
  channelToken(claims?: Claims, how?: { signer?: Signer; algorithm?: string }): Promise<string>
  /** From now on the channel signs with a key that it has just published. */
  channelTakesNewKey(): Promise<void>
  ssoToken(person: string, claims?: Claims, signer?: Signer): Promise<string>
}

export async function openStubMicrosoft(): Promise<StubMicrosoft> {
  const pem = await certificates()
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem.ca])
  const channel = await keysFor('channel')
  const entra = await keysFor('entra')
  const sent: Sent[] = []
  const replies: Reply[] = []
  const app = express()
  app.get('/v1/.well-known/openidconfiguration', (_, res) => {
    res.json({ issuer: channelIssuer, jwks_uri: `${origin}/channel/keys` })
  })
  app.get('/channel/keys', (_, res) => void res.json(channel.published(['msteams'])))
  app.get('/entra/keys', (_, res) => void res.json(entra.published()))
  app.use('/v3', express.json({ limit: '1mb' }), (req, res) => {
    sent.push({ method: req.method, path: req.originalUrl, authorization: req.get('authorization'), body: req.body })
    const reply = replies.shift() ?? { status: 201, body: { id: `1:${sent.length}` } }
    if (reply === 'drop') return void req.socket.destroy()
    res
      .status(reply.status)
      .set(reply.headers ?? {})
      .json(reply.body ?? {})
  })
  const server = createServer(pem, app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `localhost:${(server.address() as AddressInfo).port}` // it listens on TCP
  const origin = `https://${host}`
  return {
    origin,
    host,
    pem,
    sent,
    replies,
    channelToken: (claims = {}, { signer = 'theirs', algorithm = 'RS256' } = {}) =>
      channel.sign({ iss: channelIssuer, aud: botAppId, serviceurl: `${origin}/`, ...claims }, signer, algorithm),
    channelTakesNewKey: () => channel.renew(),
    ssoToken: (person, claims = {}, signer = 'theirs') =>
      entra.sign(
        {
          iss: entraIssuer,
          aud: ssoAppId,
          tid: tenantId,
          oid: person,
          scp: 'access_as_user',
          ver: '2.0',
          azp: teamsClient,
          ...claims,
        },
        signer,
        'RS256',
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function keysFor(kid: string) {
  let theirs = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256', { extractable: true })
  let jwk = { ...(await exportJWK(theirs.publicKey)), kid, use: 'sig', alg: 'RS256' }
  return {
    async renew() {
      theirs = await generateKeyPair('RS256', { extractable: true })
      jwk = { ...(await exportJWK(theirs.publicKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' }
    },
    published: (endorsements?: string[]) => ({
      keys: endorsements
        ? [
            { ...jwk, endorsements },
            { ...jwk, kid: 'unendorsed', endorsements: ['webchat'] },
          ]
        : [jwk],
    }),
    sign(claims: Claims, signer: Signer, algorithm: string): Promise<string> {
      const now = Math.floor(Date.now() / 1000)
      const wanted = { iat: now, nbf: now - 60, exp: now + 3600, ...claims }
      // A claim given as undefined is one the token shall lack.
      const payload = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
      const named = { theirs: jwk.kid, forged: jwk.kid, 'unknown-key': 'nobody', unendorsed: 'unendorsed' }[signer]
      const key = signer === 'forged' ? other.privateKey : theirs.privateKey
      const secret = new TextEncoder().encode('a secret long enough for HS256, guessed')
      return new SignJWT(payload)
        .setProtectedHeader({ alg: algorithm, kid: named, typ: 'JWT' })
        .sign(algorithm === 'HS256' ? secret : key)
    },
  }
}

async function certificates() {
  const ca = await generate([{ name: 'commonName', value: 'Test CA' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  return { key: leaf.private, cert: leaf.cert, ca: ca.cert }
}
