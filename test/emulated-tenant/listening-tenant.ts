import { ClientSecretCredential } from '@azure/identity'
import { ConfidentialClientApplication } from '@azure/msal-node'
import type { Express } from 'express'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { generate } from 'selfsigned'
import { entraApp, issueSsoToken } from '../../src/emulated-tenant/entra/entra-app.ts'
import { graphApp } from '../../src/emulated-tenant/graph-app.ts'
import { openTenant } from '../../src/emulated-tenant/tenant.ts'
import { newSigningKey } from '../../src/emulated-tenant/state/signing-key.ts'
import type { TenantOptions } from '../../src/emulated-tenant/tenant.ts'
import type { EmulatedTenant } from '../../src/emulated-tenant/state/tenant-state.ts'

export const seedFile = fileURLToPath(new URL('../../sample/contoso/tenant.yaml', import.meta.url))
export const monday = new Date('2026-03-02T09:00:00Z')

export const botApp = '0b7d6c1a-5e0f-4c58-9a54-2f6f3c1d8e01'
export const signInApp = '6c2f9a44-1d7b-4f0e-8b0d-7a51e3c94b02'
export const contoso = 'fb3f9676-e88e-47ef-b72a-3d75aeae6240'

export type GraphReply = {
  status: number
  // Answers are checked against the contracts; tests then look into them freely.
  body: Record<string, unknown> & { value?: Record<string, unknown>[]; error?: { code: string; message: string } }
  headers: Headers
}

export type ListeningTenant = AsyncDisposable & {
  tenant: EmulatedTenant
  authority: string
  /** One call to Graph with a bearer token, or none. */
  graph(token: string | null, method: string, path: string, body?: unknown): Promise<GraphReply>
  /** Graph tokens as the product gets them: the bot's own, and a person's on behalf of. */
  appToken(): Promise<string>
  personToken(person: string, options?: { mfa?: boolean }): Promise<string>
  client(claims?: boolean): ConfidentialClientApplication
}

const hour = 3_600_000

async function certificates() {
  const ca = await generate([{ name: 'commonName', value: 'Latchkey test CA' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    ca: { key: ca.private, cert: ca.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    notAfterDate: new Date(Date.now() + 24 * hour),
  })
  setDefaultCACertificates([...getCACertificates('default'), ca.cert])
  return { key: leaf.private, cert: leaf.cert }
}

// One authority per process: two of the same name would be taken for each other.
const trusted = certificates()
const signingKey = newSigningKey()

async function serve(app: Express, tls: { key: string; cert: string }): Promise<{ server: Server; origin: string }> {
  const server = createServer(tls, app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return { server, origin: `https://localhost:${address.port}` }
}

/** The emulated Entra ID and Graph on real https, trusted by this process, opened on a Monday morning. */
export async function listeningTenant(options: Partial<TenantOptions> = {}): Promise<ListeningTenant> {
  const tls = await trusted
  const secrets = { [botApp]: 'secret of the bot', [signInApp]: 'secret of the sign-in app' }
  const tenant = await openTenant({
    seedFile,
    startsAt: monday,
    secrets,
    signingKey: await signingKey,
    ...options,
    // Tests that are about stepping up turn it on.
    switches: { authenticationContexts: false, ...options.switches },
  })
  const entra = await serve(entraApp(tenant), tls)
  const graph = await serve(graphApp(tenant), tls)
  tenant.origins = { ...tenant.origins, entra: entra.origin, graph: graph.origin }
  const authority = `${entra.origin}/${contoso}`
  const client = () =>
    new ConfidentialClientApplication({
      auth: {
        clientId: signInApp,
        clientSecret: secrets[signInApp] ?? '',
        authority,
        knownAuthorities: [new URL(entra.origin).host],
        clientCapabilities: ['cp1'],
      },
    })
  return {
    tenant,
    authority,
    client,
    async graph(token, method, path, body) {
      const answer = await fetch(`${graph.origin}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      })
      const text = await answer.text()
      // Graph answers JSON or nothing.
      return {
        status: answer.status,
        body: (text === '' ? {} : JSON.parse(text)) as GraphReply['body'],
        headers: answer.headers,
      }
    },
    async appToken() {
      const credential = new ClientSecretCredential(contoso, botApp, secrets[botApp] ?? '', {
        authorityHost: entra.origin,
        disableInstanceDiscovery: true,
      })
      const token = await credential.getToken('https://graph.microsoft.com/.default')
      return token.token
    },
    async personToken(person, { mfa } = {}) {
      const oboAssertion = await issueSsoToken(tenant, person, mfa === undefined ? {} : { mfa })
      const answer = await client().acquireTokenOnBehalfOf({
        oboAssertion,
        scopes: ['https://graph.microsoft.com/.default'],
      })
      if (answer === null) throw new Error('MSAL returned no token')
      return answer.accessToken
    },
    async [Symbol.asyncDispose]() {
      for (const { server } of [entra, graph]) {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      }
    },
  }
}
