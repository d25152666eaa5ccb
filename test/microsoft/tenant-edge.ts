import { ClientSecretCredential } from '@azure/identity'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener } from 'node:http'
import { type Server, createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { generate } from 'selfsigned'
import { armApp } from '../../src/emulated-tenant/arm-app.ts'
import { entraApp, issueSsoToken } from '../../src/emulated-tenant/entra/entra-app.ts'
import { graphApp } from '../../src/emulated-tenant/graph-app.ts'
import { openTenant as openEmulatedTenant } from '../../src/emulated-tenant/tenant.ts'
import type { Grants } from '../../src/microsoft/on-behalf-of/broker.ts'
import { openTenant } from '../../src/microsoft/tenant.ts'
import type { GraphOptions } from '../../src/microsoft/sign-in/options.ts'
import { throttles } from '../../src/microsoft/wire/throttle.ts'
import { entryOf, resourcesOf } from './entries.ts'
import { GroupId, type Person, PersonId } from '../../src/people.ts'
import { type RequestId, RequestId as RequestIdSchema } from '../../src/request/events.ts'
import type { Kind, TargetOf } from '../../src/entitlement/kinds/kinds.ts'
import { type Duration, hours, milliseconds } from '../../src/time.ts'
import type { Proof } from '../../src/workflow/ports/incoming.ts'
import type { Engine, Filing, OnBehalfOf } from '../../src/workflow/ports/engine.ts'
import type { Tenant } from '../../src/workflow/ports/tenant.ts'

/** A request as it arrived at Graph, before anything there looked at it. */
export interface Arrived {
  readonly method: string
  readonly url: URL
  readonly body: unknown
  /** `app`, or the object id of the person whose token it carried. */
  readonly by: string
}

export const startsAt = new Date('2026-11-23T09:00:00Z')
const seedFile = new URL('../../sample/contoso/tenant.yaml', import.meta.url).pathname
const botAppId = '0b7d6c1a-5e0f-4c58-9a54-2f6f3c1d8e01'
const signInAppId = '6c2f9a44-1d7b-4f0e-8b0d-7a51e3c94b02'
const secrets = { [botAppId]: 'a secret of the bot', [signInAppId]: 'a secret of the sign-in app' }

export const role = (id: string): TargetOf<'directoryRole'> => ({ kind: 'directoryRole', role: id, scope: '/' })
export const aiAdministrator = role('d2562ede-74db-457e-a7b6-544e236ebb61')
export const securityReader = role('5d6b6bb7-de71-4623-b4af-96380a352509')

const subscriptions = {
  sandbox: '/subscriptions/ea114ac7-57e1-4cb1-ba0f-85c591d56375',
  production: '/subscriptions/99fa5619-e953-4b1a-a8d6-e3aff32ad7a2',
}
export const azureScope = (name: keyof typeof subscriptions): string => subscriptions[name]

/** A tap's proof as Teams brings it. */
export const sso = (token: string): Proof => ({ by: 'sso', token, contexts: [] })

/** The emulated tenant over https, our edge pointed at it, and a record of what reached Graph. */
export async function openTenantEdge() {
  // Most calls are about something else than stepping up; the tests that are turn it on.
  const switches = { authenticationContexts: false }
  const emulated = await openEmulatedTenant({ seedFile, startsAt, secrets, switches })
  const arrived: Arrived[] = []
  const arrivedAtArm: Arrived[] = []
  const entra = await serve(entraApp(emulated))
  const graph = await serve(recording(arrived, graphApp(emulated)))
  const arm = await serve(recording(arrivedAtArm, armApp(emulated)))
  Object.assign(emulated.origins, { entra: entra.origin, graph: graph.origin, arm: arm.origin })
  const options = {
    ...optionsFor(entra.origin, graph.origin, emulated.seed.organisation.tenantId),
    arm: arm.origin,
  }
  let ahead = 0
  const services = throttles(() => performance.now() + ahead)
  const tenant = openTenant(options, undefined, services)
  const roles = rolesOf(tenant)
  const groups = engineOf(tenant, 'group')
  const azure = engineOf(tenant, 'azureRole')
  const take = roles.onBehalfOf
  const id = (name: string): PersonId => PersonId.parse(emulated.people.get(name)?.objectId)
  const people = new Map<string, Person>()
  /** As the directory shows them, read once. */
  const person = async (name: string): Promise<Person> => {
    const known = people.get(name) ?? (await tenant.person(id(name)))
    if (known === undefined) throw new Error(`${name} is in the sample`)
    people.set(name, known)
    return known
  }
  const handOf =
    (engine: Engine) =>
    async (name: string, issued: Parameters<typeof issueSsoToken>[2] = {}): Promise<OnBehalfOf> =>
      engine.onBehalfOf(id(name), sso(await issueSsoToken(emulated, name, issued)))
  const hand = handOf(roles)
  const group = (name: string, access: 'member' | 'owner' = 'member'): TargetOf<'group'> => ({
    kind: 'group',
    group: GroupId.parse(emulated.groups.get(name)?.objectId),
    access,
  })
  return {
    emulated,
    arrived,
    arrivedAtArm,
    options,
    services,
    /** Moves the clock by which waits are kept that a service named. */
    later: (duration: Duration) => void (ahead += duration),
    tenant,
    roles,
    groups,
    azure,
    take,
    id,
    person,
    hand,
    groupHand: handOf(groups),
    azureHand: handOf(azure),
    group,
    /** Whether somebody could activate an Azure role at a place, as far as Resource Manager lets us tell. */
    async mayActivate(who: string, roleId: string, scope: string): Promise<boolean> {
      const entry = entryOf({ kind: 'azureRole', target: { role: 'A role', roleId, resource: 'it' } })
      const target = await azure.targetFor(entry, resourcesOf(scope))
      return target !== undefined && (await azure.eligibility(id(who), target)) !== undefined
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([entra.close(), graph.close(), arm.close()])
    },
  }
}

/** What grants a kind of access in a tenant. */
export function engineOf({ kinds }: Pick<Tenant, 'kinds'>, kind: Kind): Engine {
  const { engine } = kinds[kind]
  if (engine === undefined) throw new Error(`a ${kind} can be granted`)
  return engine
}

/** Directory roles of a tenant. */
export const rolesOf = (tenant: Pick<Tenant, 'kinds'>): Engine => engineOf(tenant, 'directoryRole')

/** What people do with directory roles of a tenant, where it is known who could grant anything. */
export const openOnBehalfOf = (options: GraphOptions, grants: Grants): Engine['onBehalfOf'] =>
  rolesOf(openTenant(options, grants)).onBehalfOf

export function optionsFor(entra: string, graph: string, tenantId: string): GraphOptions {
  return {
    graph,
    arm: 'https://arm.invalid',
    authority: entra,
    tenantId,
    credential: new ClientSecretCredential(tenantId, botAppId, secrets[botAppId] ?? '', {
      authorityHost: entra,
      disableInstanceDiscovery: true,
    }),
    signIn: {
      clientId: signInAppId,
      secret: secrets[signInAppId] ?? '',
      redirect: 'https://latchkey.example/auth-end',
    },
    patience: { read: milliseconds(5000), act: milliseconds(5000) },
  }
}

export function filing(person: PersonId, change: Partial<Filing> = {}): Filing {
  return {
    request: newRequestId(),
    person,
    target: aiAdministrator,
    duration: hours(2),
    startsAt,
    justification: 'rotate connector keys',
    ticket: 'CHG-1042',
    ...change,
  }
}

export const newRequestId = (): RequestId => RequestIdSchema.parse(`req_${crypto.randomUUID()}`)

let certificate: Promise<{ readonly key: string; readonly cert: string }> | undefined

/** A loopback https server that this process trusts. */
export async function serve(listener: RequestListener) {
  certificate ??= trusted()
  const { key, cert } = await certificate
  const server: Server = createServer({ key, cert }, listener)
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', listening.resolve)
  await listening.promise
  // A TCP server that listens has an address of this kind.
  const { port } = server.address() as AddressInfo
  return {
    origin: `https://localhost:${port}`,
    async close() {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      server.closeAllConnections()
      await closed.promise
    },
  }
}

async function trusted() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), cert])
  return { key, cert }
}

/** Reads the body aside while Graph reads it too. */
function recording(arrived: Arrived[], listener: RequestListener): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.once('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const url = new URL(request.url ?? '/', 'https://graph')
      arrived.push({
        method: request.method ?? '',
        url,
        body: text === '' ? undefined : JSON.parse(text),
        by: callerOf(request),
      })
    })
    listener(request, response)
  }
}

function callerOf(request: IncomingMessage): string {
  const payload = request.headers.authorization?.split('.')[1] ?? ''
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8') || '{}')
  const { idtyp, oid } = { idtyp: '', oid: '', ...(typeof claims === 'object' ? claims : {}) }
  return idtyp === 'app' ? 'app' : oid
}

/** The part of the published contracts a test needs; undefined where they are not at hand. */
export async function contract(file: string): Promise<unknown> {
  const folder = process.env['LATCHKEY_CONTRACTS']
  return folder === undefined ? undefined : JSON.parse(await readFile(`${folder}/openapi/${file}`, 'utf8'))
}
