import type { Caller } from '../state/caller.ts'
import { strings } from '../entra/tokens.ts'
import { resources } from '../entra/resources.ts'
import { acceptedBy } from './scopes.ts'
import { Refusal } from '../refusal.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { verify } from '../entra/token.ts'

const refused = (message: string) =>
  new Refusal(401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate': 'Bearer realm="", authorization_uri=""',
  })

/** @throws {Refusal} 401 for no token, another audience's, one that ran out, or one of somebody who is gone. */
export async function callerOf(tenant: EmulatedTenant, header: string | undefined): Promise<Caller> {
  const token = /^Bearer (\S+)$/.exec(header ?? '')?.[1]
  if (token === undefined) throw refused('Access token is empty.')
  const claims = await verify(tenant, token, resources.graph).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    const claim = cause instanceof Error && 'claim' in cause ? cause.claim : undefined
    if (code === 'ERR_JWT_EXPIRED') throw refused('Lifetime validation failed, the token is expired.')
    if (claim === 'aud') throw refused('Access token validation failure. Invalid audience.')
    throw refused('IDX14100: JWT is not well formed or its signature is invalid.')
  })
  const appId = String(claims['appid'])
  if (claims['idtyp'] === 'app') return { kind: 'app', who: appId, appId, permissions: strings(claims['roles']) }
  const person = [...tenant.people.values()].find(({ objectId }) => objectId === claims['oid'])
  if (person === undefined || !person.accountEnabled) throw refused('The user account is disabled or deleted.')
  return {
    kind: 'delegated',
    who: person.id,
    appId,
    permissions: typeof claims['scp'] === 'string' ? claims['scp'].split(' ') : [],
    person,
    methods: strings(claims['amr']),
    contexts: strings(claims['acrs']),
  }
}

/** @throws {Refusal} 403 where none of the token's permissions suffices for the operation. */
export function checkPermission(operation: string, caller: Caller) {
  const accepted = acceptedBy(operation)
  const needed = (caller.kind === 'app' ? accepted?.application : accepted?.delegated) ?? []
  if (needed.some((permission) => caller.permissions.includes(permission))) return
  const [least] = needed
  // PIM and the directory spell the same refusal differently.
  if (operation.includes('/roleManagement/') && least !== undefined)
    throw new Refusal(
      403,
      'PermissionScopeNotGranted',
      `Authorization failed due to missing permission scope ${needed.join(',')}.`,
    )
  throw new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}
