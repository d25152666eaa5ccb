import { EntraError } from './error.ts'
import type { Application } from '../seed/seed.ts'

const azureManagement = 'Azure Service Management '
const oidc = new Set(['openid', 'profile', 'email', 'offline_access'])

/** The APIs that tokens are issued for, by audience. */
export const resources = {
  graph: 'https://graph.microsoft.com',
  arm: 'https://management.azure.com',
  botFramework: 'https://api.botframework.com',
} as const

/** Scopes asked for, split into the one resource they belong to and their names there. */
export type AskedScopes = { audience: string; names: readonly string[] }

/** @throws {EntraError} 70011 where the scopes are malformed, name several resources or one unknown here. */
export function askedScopes(scope: string): AskedScopes {
  const wanted = scope.split(' ').filter((name) => name !== '' && !oidc.has(name))
  const split = wanted.map((name) => {
    const slash = name.lastIndexOf('/')
    // A bare name is one of Graph's; `https://host//.default` is how a resource with a trailing slash is spelled.
    const audience = slash < 0 ? resources.graph : name.slice(0, slash).replace(/\/$/, '')
    return { audience, name: name.slice(slash + 1) }
  })
  const audiences = new Set(split.map(({ audience }) => audience))
  const [audience = resources.graph] = audiences
  const known: readonly string[] = Object.values(resources)
  if (audiences.size > 1 || !known.includes(audience))
    throw new EntraError('invalid_scope', 70011, `The provided value for scope ${scope} is not valid.`)
  return { audience, names: split.map(({ name }) => name) }
}

/** What an administrator consented to for the app on one resource, for people's tokens. */
function consented(app: Application, audience: string): string[] {
  const management = app.delegated.filter((name) => name.startsWith(azureManagement))
  if (audience === resources.arm) return management.map((name) => name.slice(azureManagement.length))
  if (audience !== resources.graph) return []
  return app.delegated.filter((name) => !oidc.has(name) && !management.includes(name))
}

/** @throws {EntraError} 65001 where something was never consented to. */
export function grantedScopes(app: Application, { audience, names }: AskedScopes): string[] {
  const given = consented(app, audience)
  const missing = names.filter((name) => name !== '.default' && !given.includes(name))
  if (given.length === 0 || missing.length > 0)
    throw new EntraError(
      'invalid_grant',
      65001,
      `The user or administrator has not consented to use the application with ID '${app.appId}' named '${app.name}'.`,
      { suberror: 'consent_required' },
    )
  return given
}
