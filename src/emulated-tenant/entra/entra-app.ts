import { timingSafeEqual } from 'node:crypto'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import { authorization } from './authorize.ts'
import { EntraError } from './error.ts'
import { appToken, errorBody, onBehalfOf, readClaims } from './tokens.ts'
import type { TokenAnswer } from './tokens.ts'
import { withFaults } from '../faults.ts'
import type { Application } from '../seed/seed.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { issuerOf, tenantIdOf } from './token.ts'

export { issueSsoToken } from './sso-token.ts'

const onBehalfOfGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

type Form = Readonly<Record<string, string | undefined>>

/** Entra's sign-in endpoints for one tenant, under `/{tid}`: OpenID metadata, keys, authorize and token. */
export function entraApp(tenant: EmulatedTenant): Express {
  const app = express()
  const { authorize, redeem, refresh } = authorization(tenant)
  app.disable('x-powered-by')
  app.use(withFaults(tenant, 'entra'))
  app.get(
    ['/:tid/v2.0/.well-known/openid-configuration', '/:tid/.well-known/openid-configuration'],
    (request, response) => {
      checkTenant(tenant, request.params.tid)
      response.json(metadata(tenant))
    },
  )
  app.get('/:tid/discovery/v2.0/keys', (_request, response) => {
    response.json({ keys: [tenant.signingKey.jwk] })
  })
  app.get('/:tid/oauth2/v2.0/authorize', (request, response) => {
    checkTenant(tenant, request.params.tid)
    authorize(request, response)
  })
  app.post(
    ['/:tid/oauth2/v2.0/token', '/:tid/oauth2/token'],
    express.urlencoded({ extended: false }),
    tokenEndpoint(tenant, { redeem, refresh }),
  )
  app.use((cause: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (!(cause instanceof EntraError)) return next(cause)
    response.status(cause.status).json(errorBody(tenant, cause))
  })
  return app
}

type Redeem = (client: Application, form: Form) => Promise<TokenAnswer>
type Redeems = { redeem: Redeem; refresh: Redeem }

function tokenEndpoint(tenant: EmulatedTenant, redeems: Redeems) {
  return async (request: Request, response: Response) => {
    checkTenant(tenant, request.params['tid'])
    // urlencoded without `extended` yields strings, or arrays for a parameter given twice.
    const form = (request.body ?? {}) as Form
    const client = authenticate(tenant, form, request.headers.authorization)
    response.locals['caller'] = { kind: 'app', who: client.appId }
    response.set('Cache-Control', 'no-store').json(await issue(tenant, client, form, redeems))
  }
}

async function issue(tenant: EmulatedTenant, client: Application, form: Form, redeems: Redeems): Promise<TokenAnswer> {
  // The v1 endpoint names a resource where v2 names scopes.
  const scope = form['scope'] ?? (form['resource'] === undefined ? '' : `${form['resource']}/.default`)
  const asked = { scope, claims: readClaims(form['claims']) }
  switch (form['grant_type']) {
    case 'client_credentials':
      return appToken(tenant, client, asked)
    case 'authorization_code':
      return redeems.redeem(client, form)
    case 'refresh_token':
      return redeems.refresh(client, form)
    case onBehalfOfGrant:
      if (form['requested_token_use'] !== 'on_behalf_of')
        throw new EntraError('invalid_request', 900144, "The request body must contain 'requested_token_use'.")
      return onBehalfOf(tenant, client, form['assertion'] ?? '', asked)
    default:
      throw new EntraError('unsupported_grant_type', 70003, `The grant type '${form['grant_type']}' is not supported.`)
  }
}

/** @throws {EntraError} 700016 unknown app, 7000215 wrong or missing secret, 700027 an assertion. */
function authenticate(tenant: EmulatedTenant, form: Form, header: string | undefined): Application {
  const basic = header?.startsWith('Basic ') === true ? Buffer.from(header.slice(6), 'base64').toString() : undefined
  const [headerId, headerSecret] = basic?.split(':').map(decodeURIComponent) ?? []
  const clientId = form['client_id'] ?? headerId
  const client = tenant.seed.applications.find(({ appId }) => appId === clientId)
  if (client === undefined)
    throw new EntraError('unauthorized_client', 700016, `Application with identifier '${clientId}' was not found.`)
  if (form['client_assertion'] !== undefined)
    throw new EntraError('invalid_client', 700027, 'No certificate or federated credential is registered for this app.')
  const expected = Buffer.from(tenant.secrets[client.appId] ?? '')
  const given = Buffer.from(form['client_secret'] ?? headerSecret ?? '')
  if (expected.length === 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new EntraError('invalid_client', 7000215, 'Invalid client secret provided.')
  return client
}

function checkTenant(tenant: EmulatedTenant, tid: unknown) {
  if (tid !== tenantIdOf(tenant) && tid !== tenant.seed.organisation.domain)
    throw new EntraError('invalid_request', 90002, `Tenant '${String(tid)}' not found.`)
}

function metadata(tenant: EmulatedTenant) {
  const { entra, browser } = tenant.origins
  const base = `${entra}/${tenantIdOf(tenant)}`
  return {
    issuer: issuerOf(tenant),
    authorization_endpoint: `${browser ?? entra}/${tenantIdOf(tenant)}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    response_modes_supported: ['query'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'acrs', 'nonce', 'preferred_username', 'name', 'tid', 'oid'],
    code_challenge_methods_supported: ['S256'],
    cloud_instance_name: new URL(tenant.origins.entra).host,
    tenant_region_scope: null,
    msgraph_host: 'graph.microsoft.com',
  }
}
