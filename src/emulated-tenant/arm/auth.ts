import { holdsScope, scopesOf } from '../state/azure-scopes.ts'
import { resources } from '../entra/resources.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { verify } from '../entra/token.ts'

const mayRead = ['Reader', 'Contributor', 'Owner', 'User Access Administrator']

/** @throws {Refusal} 401 for no token, one that ran out, or one of another audience, such as Graph's. */
export async function armCallerOf(tenant: EmulatedTenant, header: string | undefined) {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1]
  if (token === undefined)
    throw new Refusal(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.")
  const claims = await verify(tenant, token, resources.arm).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    const claim = cause instanceof Error && 'claim' in cause ? cause.claim : undefined
    if (code === 'ERR_JWT_EXPIRED') throw new Refusal(401, 'ExpiredAuthenticationToken', 'The access token expired.')
    if (claim === 'aud')
      throw new Refusal(401, 'InvalidAuthenticationTokenAudience', 'The access token is from the wrong audience.')
    throw new Refusal(401, 'InvalidAuthenticationToken', 'The access token is invalid.')
  })
  const app = claims['idtyp'] === 'app'
  return { kind: app ? ('app' as const) : ('delegated' as const), appId: String(claims['appid']), oid: claims['oid'] }
}
export type ArmCaller = Awaited<ReturnType<typeof armCallerOf>>

/**
 * Only apps hold Azure roles here, as the seed gives them; a person's token reads nothing of others.
 * @throws {Refusal} 403 AuthorizationFailed
 */
export function checkReader(tenant: EmulatedTenant, caller: ArmCaller, scope: string, action: string) {
  const scopes = scopesOf(tenant)
  const roles = tenant.seed.applications.find(({ appId }) => appId === caller.appId)?.azureRoles ?? []
  const reads = roles.some(({ role, scope: name }) => {
    if (!mayRead.includes(role)) return false
    return name === 'every subscription below' || holdsScope(scopes.get(name) ?? name, scope)
  })
  if (caller.kind === 'app' && reads) return
  throw new Refusal(
    403,
    'AuthorizationFailed',
    `The client '${caller.appId}' with object id '${String(caller.oid)}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  )
}
