import { holdsScope, scopesOf } from '../state/azure-scopes.ts'
import { resources } from '../entra/resources.ts'
import { strings } from '../entra/tokens.ts'
import { holds } from '../pim/reads.ts'
import type { Person } from '../state/people-and-groups.ts'
import type { Actor } from '../state/pim.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { verify } from '../entra/token.ts'

const readingRoles: Readonly<Record<string, string>> = {
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'Role Based Access Control Administrator': 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
}

/** Whom a token for Resource Manager speaks for; a person with what their sign-in proved. */
export type ArmCaller =
  | { kind: 'app'; appId: string; oid: string }
  | { kind: 'delegated'; appId: string; oid: string; person: Person; methods: string[]; contexts: string[] }

/** @throws {Refusal} 401 for no token, one that ran out, or one of another audience, such as Graph's. */
export async function armCallerOf(tenant: EmulatedTenant, header: string | undefined): Promise<ArmCaller> {
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
  const [appId, oid] = [String(claims['appid']), String(claims['oid'])]
  if (claims['idtyp'] === 'app') return { kind: 'app', appId, oid }
  const person = [...tenant.people.values()].find(({ objectId }) => objectId === oid)
  if (person === undefined || !person.accountEnabled)
    throw new Refusal(401, 'InvalidAuthenticationToken', 'The user account is disabled or deleted.')
  return { kind: 'delegated', appId, oid, person, methods: strings(claims['amr']), contexts: strings(claims['acrs']) }
}

/** @throws {Refusal} 403 where an app calls what only a person can. */
export function personAt(caller: ArmCaller, action: string, scope: string) {
  if (caller.kind === 'delegated') return caller
  throw unauthorized(caller, action, scope)
}

export function actorAt(caller: ArmCaller): Actor {
  if (caller.kind === 'app') return { who: caller.appId, byToken: 'app', objectId: null, mfa: false, contexts: [] }
  const { person, methods, contexts } = caller
  return { who: person.id, byToken: 'delegated', objectId: person.objectId, mfa: methods.includes('mfa'), contexts }
}

/**
 * Apps hold Azure roles as the seed gives them, people as PIM does.
 * @throws {Refusal} 403 AuthorizationFailed, or 500 where the tenant is set so.
 */
export function checkReader(tenant: EmulatedTenant, caller: ArmCaller, scope: string, action: string) {
  if (mayRead(tenant, caller, scope)) return
  if (tenant.switches.armUnreadable === 500 && action.includes('Schedules/'))
    throw new Refusal(500, 'InternalServerError', 'An error has occurred.')
  throw unauthorized(caller, action, scope)
}

/** Whether the caller holds a role at the scope that reads. */
export function mayRead(tenant: EmulatedTenant, caller: ArmCaller, scope: string): boolean {
  if (scope === '') return false
  if (caller.kind === 'delegated') return holds(tenant, caller.person, Object.values(readingRoles), scope)
  const scopes = scopesOf(tenant)
  const roles = tenant.seed.applications.find(({ appId }) => appId === caller.appId)?.azureRoles ?? []
  return roles.some(
    ({ role, scope: name }) =>
      role in readingRoles && (name === 'every subscription below' || holdsScope(scopes.get(name) ?? name, scope)),
  )
}

export const unauthorized = ({ appId, oid }: ArmCaller, action: string, scope: string) =>
  new Refusal(
    403,
    'AuthorizationFailed',
    `The client '${appId}' with object id '${oid}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  )
