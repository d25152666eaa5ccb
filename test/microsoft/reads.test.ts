import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GraphError } from '../../src/microsoft/wire/graph-error.ts'
import { issueSsoToken } from '../../src/emulated-tenant/entra/entra-app.ts'
import { openTenant } from '../../src/microsoft/tenant.ts'
import { GroupId, PersonId } from '../../src/people.ts'
import { hours, minutes } from '../../src/time.ts'
import {
  aiAdministrator,
  filing,
  openTenantEdge,
  optionsFor,
  role,
  serve,
  azureScope,
  startsAt,
  sso,
  openOnBehalfOf,
} from './tenant-edge.ts'

const globalAdministrator = role('62e90394-69f5-4237-9190-012177145e10')
const nobody = PersonId.parse('00000000-0000-4000-8000-000000000001')

const user = (id: string) => ({
  '@odata.type': '#microsoft.graph.user',
  id,
  displayName: id,
  userPrincipalName: `${id}@contoso.example`,
  userType: null,
  accountEnabled: true,
})

let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  edge = await openTenantEdge()
})
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => {
  edge.emulated.faults = []
  edge.later(minutes(5))
})

describe('people', () => {
  test('a person is read by id, with title and state of the account', async () => {
    expect(await edge.tenant.person(edge.id('maya.okafor'))).toEqual({
      id: edge.id('maya.okafor'),
      name: 'Maya Okafor',
      title: 'AI engineer',
      userPrincipalName: 'maya.okafor@contoso.example',
      guest: false,
      enabled: true,
    })
  })

  test('a person whose account is disabled is read as disabled', async () => {
    expect(await edge.tenant.person(edge.id('ines.costa'))).toMatchObject({ enabled: false })
  })

  test('an id that nobody bears is nobody', async () => {
    expect(await edge.tenant.person(nobody)).toBeUndefined()
  })

  test('a person is found by the whole user principal name alone', async () => {
    expect(await edge.tenant.personNamed('priya.raman@contoso.example')).toMatchObject({ id: edge.id('priya.raman') })
    expect(await edge.tenant.personNamed('priya@contoso.example')).toBeUndefined()
    expect(await edge.tenant.personNamed(edge.id('priya.raman'))).toBeUndefined()
  })

  test('a guest is found under the name with #EXT# in it, as a guest', async () => {
    const found = await edge.tenant.personNamed('tom.whitfield_halden.example#EXT#@contoso.example')
    expect(found).toMatchObject({ id: edge.id('tom.whitfield'), guest: true })
  })

  test('a manager is found, and who has none has none', async () => {
    const managers = [...edge.emulated.people.values()]
    const top = managers.find(({ managerId }) => managerId === null)
    expect(await edge.tenant.managerOf(edge.id('maya.okafor'))).toMatchObject({ id: edge.id('sam.rivera') })
    expect(await edge.tenant.managerOf(PersonId.parse(top?.objectId))).toBeUndefined()
  })

  test('a manager is found by the name of whom they manage, and nobody has none', async () => {
    const sam = { id: edge.id('sam.rivera') }
    expect(await edge.tenant.managerOfNamed('maya.okafor@contoso.example')).toMatchObject(sam)
    expect(await edge.tenant.managerOfNamed('nobody@contoso.example')).toBeUndefined()
  })

  test('a group is found by its exact name', async () => {
    const [group] = [...edge.emulated.groups.values()]
    expect(await edge.tenant.groupNamed(group?.name ?? '')).toBe(group?.objectId)
    expect(await edge.tenant.groupNamed(`${group?.name} `)).toBeUndefined()
    expect(await edge.tenant.groupNamed("grp-o'brien")).toBeUndefined()
  })

  test('the members of a group include disabled people, as disabled', async () => {
    const group = [...edge.emulated.groups.values()].find(({ members }) => members.includes('ines.costa'))
    const members = await edge.tenant.membersOf(GroupId.parse(group?.objectId))
    expect(members.map(({ userPrincipalName }) => userPrincipalName.split('@')[0]).toSorted()).toEqual(
      group?.members.toSorted(),
    )
    expect(members).toContainEqual(expect.objectContaining({ id: edge.id('ines.costa'), enabled: false }))
  })

  test('two groups of one name are told apart by nobody, so the look-up fails', async () => {
    const [first, second] = [...edge.emulated.groups.values()]
    if (first === undefined || second === undefined) throw new Error('the sample has groups')
    const { name } = second
    second.name = first.name
    await expect(edge.tenant.groupNamed(first.name)).rejects.toThrow(/2 groups are called/)
    second.name = name
  })
})

describe('what looks alike is not the same', () => {
  test('a group whose name begins with that of another is another group, and so is a part of its name', async () => {
    const [first, second] = [...edge.emulated.groups.values()]
    if (first === undefined || second === undefined) throw new Error('the sample has groups')
    const { name } = second
    second.name = `${first.name}-archive`
    expect(await edge.tenant.groupNamed(first.name)).toBe(first.objectId)
    expect(await edge.tenant.groupNamed(second.name)).toBe(second.objectId)
    expect(await edge.tenant.groupNamed(first.name.slice(0, -1))).toBeUndefined()
    second.name = name
  })

  test('nobody is found by a mail address: only the user principal name says who somebody is', async () => {
    const person = edge.emulated.people.get('elif.kaya')
    if (person === undefined) throw new Error('the sample has her')
    const { mail } = person
    person.mail = 'security.owner@contoso.example'
    expect(await edge.tenant.personNamed(person.mail)).toBeUndefined()
    person.mail = mail
  })
})

describe('directory roles', () => {
  test('an eligibility is read with its end', async () => {
    const found = await edge.roles.eligibility(edge.id('maya.okafor'), aiAdministrator)
    expect(found).toEqual({ person: edge.id('maya.okafor'), through: null, until: new Date('2027-08-25T09:00:00Z') })
  })

  test('who is not eligible is not, and another scope is another thing', async () => {
    expect(await edge.roles.eligibility(edge.id('aiko.tanaka'), aiAdministrator)).toBeUndefined()
    const elsewhere = { ...aiAdministrator, scope: '/administrativeUnits/7d1d2b5c-6b7e-4a55-9b53-3b1f0b3c1f10' }
    expect(await edge.roles.eligibility(edge.id('maya.okafor'), elsewhere)).toBeUndefined()
  })

  test("an eligibility of a group counts for its members, and a person's own comes first", async () => {
    const { emulated } = edge
    const group = [...emulated.groups.values()].find(({ members }) => members.includes('aiko.tanaka'))
    const eligibility = { id: crypto.randomUUID(), resource: aiAdministrator.role, startsAt, endsAt: null }
    emulated.eligibilities.push({ ...eligibility, principalId: group?.objectId ?? '' })
    expect(await edge.roles.eligibility(edge.id('aiko.tanaka'), aiAdministrator)).toEqual({
      person: edge.id('aiko.tanaka'),
      through: group?.objectId,
      until: null,
    })
    group?.members.push('maya.okafor')
    expect(await edge.roles.eligibility(edge.id('maya.okafor'), aiAdministrator)).toMatchObject({ through: null })
    emulated.eligibilities.pop()
    group?.members.pop()
  })

  test("a role's rules name the longest activation, what must be given, and who decides", async () => {
    edge.emulated.switches.authenticationContexts = true
    expect(await edge.roles.rules(aiAdministrator)).toEqual({
      longest: hours(4),
      justification: true,
      ticket: true,
      multiFactor: false,
      authenticationContext: 'c1',
      approval: { asks: 'approvers', people: [edge.id('priya.raman'), edge.id('hannah.vogt')], groups: [] },
    })
    edge.emulated.switches.authenticationContexts = false
    expect(await edge.roles.rules(aiAdministrator)).not.toHaveProperty('authenticationContext')
  })

  test('approvers whom nobody named are an empty list, not nobody', async () => {
    const { approval } = await edge.roles.rules(globalAdministrator)
    expect(approval).toEqual({ asks: 'approvers', people: [], groups: [] })
  })

  test.for(['shown', 'absent', 'null'] as const)(
    'a policy that asks for no approval is read, its stages %s',
    async (stagesWithoutApproval) => {
      edge.emulated.switches.stagesWithoutApproval = stagesWithoutApproval
      const { approval } = await edge.roles.rules(role('5d6b6bb7-de71-4623-b4af-96380a352509'))
      expect(approval).toEqual({ asks: 'nobody' })
    },
  )

  test('a demand that nobody knows yet is kept by its name, and the known ones are read whatever their case', async () => {
    edge.emulated.switches.moreEnabledRules = ['ProofOfPresence', 'multifactorauthentication']
    expect(await edge.roles.rules(aiAdministrator)).toMatchObject({
      justification: true,
      ticket: true,
      multiFactor: true,
      unknown: ['ProofOfPresence'],
    })
  })

  test('a role without a policy cannot be evaluated', async () => {
    await expect(edge.roles.rules(role(crypto.randomUUID()))).rejects.toThrow(GraphError)
  })

  test('an activation is seen with its end and the request it came from', async () => {
    const lena = await edge.hand('lena.brandt')
    const filed = await lena.file(filing(lena.person))
    if (filed.came !== 'done') throw new Error(JSON.stringify(filed))
    expect(await edge.roles.active(lena.person, aiAdministrator)).toEqual([])
    const priya = await edge.hand('priya.raman')
    expect(await priya.decide(filed.value.id, 'approve', 'go ahead')).toEqual({ came: 'done', value: null })
    const [instance, ...others] = await edge.roles.active(lena.person, aiAdministrator)
    expect(others).toEqual([])
    expect(instance).toMatchObject({ person: lena.person, activated: true, createdBy: filed.value.id })
    expect(instance?.until?.getTime()).toBe((instance?.from.getTime() ?? 0) + hours(2))
  })
})

describe('roles that could grant anything', () => {
  test('of Azure are held by who holds one on any subscription, or a place in it, now or from later on', async () => {
    const { emulated } = edge
    const holds = () => edge.tenant.holdsGrantingRole(edge.id('maya.okafor'), 'arm')
    expect(await holds()).toBe(false)
    const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
    const scope = `${azureScope('production')}/resourceGroups/rg-ai-prod`
    const key = `${scope}|${owner}`.toLowerCase()
    const [, any] = [...emulated.resources].find(([, { service }]) => service === 'azureResources') ?? []
    if (any === undefined) throw new Error('the sample has Azure roles')
    emulated.resources.set(key, { ...any, key, id: owner, scope, name: 'Owner on rg-ai-prod' })
    const held = {
      id: crypto.randomUUID(),
      resource: key,
      type: 'Assigned' as const,
      startsAt,
      endsAt: null,
      visibleFrom: startsAt,
      listings: 0,
      activatedUsing: null,
      createdAt: startsAt,
    }
    const group = emulated.groups.get('grp-ai-engineers')?.objectId ?? ''
    for (const principalId of [edge.id('maya.okafor'), group]) {
      emulated.assignments.push({ ...held, principalId })
      expect(await holds()).toBe(true)
      emulated.assignments.pop()
    }
    const later = new Date(emulated.now().getTime() + hours(1))
    emulated.assignments.push({ ...held, principalId: edge.id('maya.okafor'), startsAt: later, visibleFrom: later })
    expect(await holds()).toBe(true)
    emulated.assignments.pop()
    emulated.resources.delete(key)
  })

  test('of the directory count for Azure too, and while Azure cannot be read nobody is said to hold none', async () => {
    expect(await edge.tenant.holdsGrantingRole(edge.id('ravi.menon'), 'arm')).toBe(true)
    edge.emulated.faults = [{ service: 'arm', status: 403 }]
    await expect(edge.tenant.holdsGrantingRole(edge.id('maya.okafor'), 'arm')).rejects.toThrow(GraphError)
  })

  test('are held by who holds one now, not by who is only eligible', async () => {
    expect(await edge.tenant.holdsGrantingRole(edge.id('ravi.menon'), 'graph')).toBe(true)
    expect(await edge.tenant.holdsGrantingRole(edge.id('maya.okafor'), 'graph')).toBe(false)
    const { assignments } = edge.emulated
    const held = assignments.splice(0)
    expect(await edge.tenant.holdsGrantingRole(edge.id('ravi.menon'), 'graph')).toBe(false)
    assignments.push(...held)
  })

  test('are held through a group as well, nested ones included', async () => {
    const { groups, assignments } = edge.emulated
    const nesting = [...groups.values()].find(({ memberGroups }) => memberGroups.length > 0)
    const [held] = assignments
    const [member] = groups.get(nesting?.memberGroups[0] ?? '')?.members ?? []
    if (held === undefined || nesting === undefined || member === undefined) throw new Error('the sample has these')
    assignments.push({ ...held, id: crypto.randomUUID(), principalId: nesting.objectId })
    expect(await edge.tenant.holdsGrantingRole(edge.id(member), 'graph')).toBe(true)
    assignments.pop()
  })
})

describe('when Graph does not answer as it should', () => {
  const eligibilities = 'roleEligibilityScheduleInstances'
  const securityApprovers = GroupId.parse('6beb9c99-0faf-4ec5-9458-9027755247b8')

  test('a read refused with 403 fails, and is never taken for nothing', async () => {
    edge.emulated.faults = [{ service: 'graph', path: eligibilities, status: 403 }]
    const found = edge.roles.eligibility(edge.id('maya.okafor'), aiAdministrator)
    await expect(found).rejects.toMatchObject({ status: 403, code: 'Forbidden' })
  })

  test.each([
    ['a person', '/users/', () => edge.tenant.person(edge.id('maya.okafor'))],
    ['a person by name', '/users/', () => edge.tenant.personNamed('maya.okafor@contoso.example')],
    ['a manager', '/manager', () => edge.tenant.managerOf(edge.id('maya.okafor'))],
    ['a group', '/groups', () => edge.tenant.groupNamed('grp-ai-security-approvers')],
    ['the members of a group', '/transitiveMembers', () => edge.tenant.membersOf(securityApprovers)],
  ])('a look-up of %s that is refused is neither nobody nor somebody: it fails', async (_, path, look) => {
    expect(await look()).toBeDefined()
    edge.emulated.faults = [{ service: 'graph', path, status: 403 }]
    await expect(look()).rejects.toMatchObject({ status: 403 })
  })

  test('a 404 that is not about the object is not taken for its absence', async () => {
    edge.emulated.faults = [{ service: 'graph', path: '/users/', status: 404 }]
    await expect(edge.tenant.person(edge.id('maya.okafor'))).rejects.toMatchObject({ status: 404, code: 'NotFound' })
  })

  test('a read whose token is refused is made again with another one, and fails when that is refused too', async () => {
    let refusals = 0
    const { credential } = edge.options
    const held: typeof credential = {
      getToken: (...asked) => credential.getToken(...asked),
      refused: () => void (refusals += 1),
    }
    const tenant = openTenant({ ...edge.options, credential: held })
    edge.emulated.faults = [{ service: 'graph', path: '/users', status: 401, times: 1 }]
    expect(await tenant.person(edge.id('maya.okafor'))).toMatchObject({ name: 'Maya Okafor' })
    expect(refusals).toBe(1)
    edge.emulated.faults = [{ service: 'graph', path: '/users', status: 401 }]
    await expect(tenant.person(edge.id('priya.raman'))).rejects.toMatchObject({ status: 401 })
  })

  test('a throttled read is repeated after the wait that Graph names', async () => {
    edge.emulated.faults = [{ service: 'graph', path: eligibilities, status: 429, retryAfter: 0, times: 1 }]
    expect(await edge.roles.eligibility(edge.id('maya.okafor'), aiAdministrator)).toBeDefined()
  })

  test('a read throttled for longer than a person would wait fails with the wait', async () => {
    edge.emulated.faults = [{ service: 'graph', path: eligibilities, status: 429, retryAfter: 60 }]
    const found = edge.roles.eligibility(edge.id('maya.okafor'), aiAdministrator)
    await expect(found).rejects.toMatchObject({ status: 429, retryAfter: 60 })
  })

  test('an answer that was lost fails the read', async () => {
    edge.emulated.faults = [{ service: 'graph', path: eligibilities, dropAnswer: true }]
    const found = edge.roles.eligibility(edge.id('maya.okafor'), aiAdministrator)
    await expect(found).rejects.toMatchObject({ status: 0, code: 'latchkey-no-answer' })
  })

  test('every page of a list is read, only people count as members, and a page elsewhere is not fetched', async () => {
    const group = GroupId.parse('00000000-0000-4000-8000-000000000002')
    const pages: string[] = []
    let secondPage = ''
    const elsewhere = await serve((request, response) => {
      pages.push(`elsewhere ${request.headers.authorization}`)
      response.end('{"value": []}')
    })
    const graph = await serve((request, response) => {
      const [first = '', second = ''] = [edge.id('maya.okafor'), edge.id('diego.fuentes')]
      const nested = { '@odata.type': '#microsoft.graph.group', id: group, displayName: 'a nested group' }
      const page = request.url?.includes('skiptoken') ? 2 : 1
      pages.push(request.url ?? '')
      const body =
        page === 1 ? { value: [user(first), nested], '@odata.nextLink': secondPage } : { value: [user(second)] }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    })
    const { authority, tenantId } = edge.options
    const tenant = openTenant(optionsFor(authority, graph.origin, tenantId))
    secondPage = `${graph.origin}/v1.0/groups/${group}/transitiveMembers?$select=id&$skiptoken=RFNwdAIAA%3D%3D_(x)`
    const ids = (await tenant.membersOf(group)).map(({ id }) => id)
    expect(ids).toEqual([edge.id('maya.okafor'), edge.id('diego.fuentes')])
    expect(pages[1]).toContain('$skiptoken=RFNwdAIAA%3D%3D_(x)')

    secondPage = `${elsewhere.origin}/v1.0/groups`
    await expect(tenant.membersOf(group)).rejects.toMatchObject({ code: 'latchkey-strange-page' })
    expect(pages.filter((page) => page.startsWith('elsewhere'))).toEqual([])
    await Promise.all([graph.close(), elsewhere.close()])
  })

  test('a redirection is not followed, so no token is shown elsewhere', async () => {
    const asked: string[] = []
    const elsewhere = await serve((_request, response) => {
      asked.push('elsewhere')
      response.end('{"value": []}')
    })
    const graph = await serve((_request, response) => {
      response.writeHead(302, { location: `${elsewhere.origin}/v1.0/groups` }).end()
    })
    const { authority, tenantId } = edge.options
    const options = optionsFor(authority, graph.origin, tenantId)
    await expect(openTenant(options).groupNamed('x')).rejects.toMatchObject({ code: 'latchkey-no-answer' })
    const take = openOnBehalfOf(options, { holdsGrantingRole: async () => false })
    const maya = take(edge.id('maya.okafor'), sso(await issueSsoToken(edge.emulated, 'maya.okafor')))
    expect(await maya.toDecide()).toMatchObject({ came: 'unknown' })
    expect(asked).toEqual([])
    await Promise.all([graph.close(), elsewhere.close()])
  })
})

describe('reads that are asked for at the same moment', () => {
  const [one, other] = ['maya.okafor', 'priya.raman']
  const both = () => Promise.all([one, other].map((name) => edge.tenant.person(edge.id(name))))
  const calls = () => edge.arrived.map(({ method, url }) => `${method} ${url.pathname.split('/').at(-1)}`)

  test('go out in one call, the same one once, and a read by itself goes alone', async () => {
    const before = edge.arrived.length
    const [maya, priya, again] = await Promise.all([one, other, one].map((name) => edge.tenant.person(edge.id(name))))
    expect([maya?.name, priya?.name, again?.name]).toEqual(['Maya Okafor', 'Priya Raman', 'Maya Okafor'])
    expect(calls().slice(before)).toEqual(['POST $batch'])
    expect(edge.arrived.at(-1)?.body).toMatchObject({ requests: [{ method: 'GET' }, { method: 'GET' }] })
    await edge.tenant.person(edge.id(one))
    expect(calls().slice(before + 1)).toEqual([`GET ${edge.id(one)}`])
  })

  test('are made one by one where the call as a whole fails', async () => {
    edge.emulated.faults = [{ service: 'graph', path: 'batch', status: 503 }]
    expect((await both()).map((person) => person?.name)).toEqual(['Maya Okafor', 'Priya Raman'])
  })

  test('fail each on its own', async () => {
    edge.emulated.faults = [{ service: 'graph', path: edge.id(one), status: 403 }]
    const [refused, read] = await Promise.allSettled([one, other].map((name) => edge.tenant.person(edge.id(name))))
    expect(refused).toMatchObject({ status: 'rejected', reason: { status: 403, code: 'Forbidden' } })
    expect(read).toMatchObject({ status: 'fulfilled', value: { name: 'Priya Raman' } })
  })

  test('tell nobody from a failure, and are not repeated to find out', async () => {
    const before = edge.arrived.length
    const nobody = PersonId.parse('00000000-0000-4000-8000-00000000ffff')
    const found = await Promise.all([nobody, edge.id(one)].map((id) => edge.tenant.person(id)))
    expect(found.map((person) => person?.name)).toEqual([undefined, 'Maya Okafor'])
    expect(edge.arrived).toHaveLength(before + 1)
  })

  test('of which one has its token refused ask for that one again, in one more call', async () => {
    const before = edge.arrived.length
    edge.emulated.faults = [{ service: 'graph', path: edge.id(one), status: 401, times: 1 }]
    expect((await both()).map((person) => person?.name)).toEqual(['Maya Okafor', 'Priya Raman'])
    expect(calls().slice(before)).toEqual(['POST $batch', 'POST $batch'])
  })

  test('are answered whatever a header of a part has in it, and told to wait in whatever case', async () => {
    const graph = await serve((request, response) => {
      const wait = {
        id: '0',
        status: 429,
        headers: { 'RETRY-AFTER': '60', 'x-ms-ags-diagnostic': 'サーバー 🔑' },
        body: {},
      }
      const fine = { id: '1', status: 200, headers: { 'x-note': '\u{1F511}' }, body: user(edge.id(other)) }
      request.resume()
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ responses: [wait, fine] }))
    })
    const { authority, tenantId } = edge.options
    const tenant = openTenant(optionsFor(authority, graph.origin, tenantId))
    const [refused, read] = await Promise.allSettled([one, other].map((name) => tenant.person(edge.id(name))))
    expect(refused).toMatchObject({ status: 'rejected', reason: { status: 429, retryAfter: 60 } })
    expect(read).toMatchObject({ status: 'fulfilled', value: { id: edge.id(other) } })
    await graph.close()
  })

  test('of which one is throttled wait as long as Graph names, and no longer than a person would', async () => {
    edge.emulated.faults = [{ service: 'graph', path: edge.id(one), status: 429, retryAfter: 0, times: 1 }]
    expect((await both()).map((person) => person?.name)).toEqual(['Maya Okafor', 'Priya Raman'])
    edge.emulated.faults = [{ service: 'graph', path: edge.id(one), status: 429, retryAfter: 60 }]
    await expect(both()).rejects.toMatchObject({ status: 429, retryAfter: 60 })
  })
})
