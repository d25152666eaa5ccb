import { accessTokenSeconds, inSeconds, personClaims, sign } from './token.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'

type SsoOptions = {
  /** Defaults to the app registration that exposes `access_as_user`. */
  audience?: string
  tenantId?: string
  expired?: boolean
  /** Defaults to what the person's session carries. */
  mfa?: boolean
}

/**
 * What the Teams client hands over for a person: a v2 token for the sign-in app, of a session with password and MFA
 * and without any authentication context.
 */
export function issueSsoToken(tenant: EmulatedTenant, personId: string, options: SsoOptions = {}): Promise<string> {
  const person = tenant.people.get(personId)
  if (person === undefined) throw new Error(`${personId} is nobody in this tenant`)
  const {
    audience = signInApp(tenant).appId,
    tenantId,
    expired = false,
    mfa = person.mfa && tenant.switches.sessionsWithMfa,
  } = options
  const now = inSeconds(tenant.realNow())
  const claims = {
    ...personClaims(person, { methods: mfa ? ['pwd', 'mfa'] : ['pwd'], contexts: [] }),
    azp: teamsClient,
    scp: 'access_as_user',
    ver: '2.0',
  }
  return sign(tenant, claims, {
    audience,
    ...(tenantId === undefined ? {} : { tenantId }),
    issuedAt: expired ? now - 2 * accessTokenSeconds : now,
  })
}

/** Teams for desktop and mobile, which the sign-in app authorises in advance. */
const teamsClient = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'

export function signInApp(tenant: EmulatedTenant) {
  const app = tenant.seed.applications.find(({ scope }) => scope === 'access_as_user')
  if (app === undefined) throw new Error('no application of the seed exposes access_as_user')
  return app
}
