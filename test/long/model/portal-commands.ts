import fc from 'fast-check'
import { command, draws, nth, person, requester, role } from './draw.ts'
import { type Model, stateOf } from './model.ts'
import { type Role, roles, securityGroup } from './roles.ts'
import { portal, tellOf } from './steps.ts'
import type { World } from './world.ts'

// What people do in the portal, and administrators with it.

const pending = ({ inEntra }: Model) => [...inEntra.values()].filter((each) => stateOf(each) === 'pending')

export const portalDecides = fc
  .record({ draw: draws, as: person, verdict: fc.constantFrom('approve', 'approve', 'deny') })
  .map((drawn) =>
    command(
      'portal: decide',
      (model) => pending(model).length > 0,
      async (model, world) => {
        const request = nth(pending(model), drawn.draw)
        if (request === undefined) return
        const line = `in the portal ${tellOf(drawn.as)} presses ${drawn.verdict} on ${tellOf(request.person)}'s ${request.role}`
        await portal(model, world, line, { do: drawn.verdict, as: drawn.as, request: request.id })
      },
    ),
  )
export const portalCancels = fc.record({ draw: draws }).map(({ draw }) =>
  command(
    'portal: cancel',
    (model) => pending(model).length > 0,
    async (model, world) => {
      const request = nth(pending(model), draw)
      if (request === undefined) return
      const line = `in the portal ${tellOf(request.person)} cancels ${request.role}`
      await portal(model, world, line, { do: 'cancel', as: request.person, request: request.id })
    },
  ),
)
export const portalActivates = fc.record({ requester, role }).map((drawn) =>
  command(
    'portal: activate',
    () => true,
    (model, world) =>
      portal(model, world, `in the portal ${tellOf(drawn.requester)} activates ${drawn.role.name}`, {
        do: 'activate',
        as: drawn.requester,
        entitlement: drawn.role.name,
        duration: 'PT1H',
        justification: 'in the portal',
        ticket: 'INC-48213',
      }),
  ),
)
const active = ({ inEntra }: Model) => [...inEntra.values()].filter((each) => stateOf(each) === 'active')
export const portalEnds = fc.record({ draw: draws, how: fc.constantFrom('deactivate', 'remove') }).map((drawn) =>
  command(
    `portal: ${drawn.how}`,
    (model) => active(model).length > 0,
    async (model, world) => {
      const held = nth(active(model), drawn.draw)
      if (held === undefined) return
      const own = drawn.how === 'deactivate'
      const line = own
        ? `in the portal ${tellOf(held.person)} ends ${held.role}`
        : `in the portal ravi takes ${held.role} from ${tellOf(held.person)}`
      const as = own ? held.person : 'ravi.menon'
      await portal(model, world, line, {
        do: drawn.how,
        as,
        person: held.person,
        entitlement: held.role,
        ...(own ? { person: undefined } : {}),
      })
    },
  ),
)

/** Nobody's right to decide is what it was: cards are brought to the truth with the next event. */
const stale = (model: Model) => model.lives.forEach((life) => void (life.fresh = false))
const lose = (model: Model, key: string) => void (model.lost.has(key) || model.lost.set(key, model.now))

export const disables = fc.record({ who: person }).map(({ who }) =>
  command(
    'portal: disable',
    // Where many are gone nothing happens any more.
    ({ directory }) => directory.disabled.size < 4 && !directory.disabled.has(who),
    (model, world) =>
      portal(model, world, `${tellOf(who)}'s account is disabled`, { do: 'disableUser', person: who }, () => {
        model.directory.disabled.add(who)
        stale(model)
        for (const { name } of roles) lose(model, `${who}|${name}`)
      }),
  ),
)
export const loses = fc.record({ requester, role }).map((drawn) =>
  command(
    'portal: remove eligibility',
    ({ lost }) => lost.size < 12,
    (model, world) => {
      const key = `${drawn.requester}|${drawn.role.name}`
      const line = `${tellOf(drawn.requester)} is no longer eligible for ${drawn.role.name}`
      const order = { do: 'removeEligibility', person: drawn.requester, entitlement: drawn.role.name }
      return portal(model, world, line, order, () => {
        model.directory.eligible.delete(key)
        if (!model.directory.eligibleThroughGroup.has(key)) lose(model, key)
      })
    },
  ),
)
const memberLists = [
  ['jonas.weber', 'mei.lin', 'elif.kaya'],
  ['mei.lin', 'elif.kaya'],
  ['jonas.weber', 'mei.lin', 'priya.raman'],
  ['jonas.weber'],
  [],
]
export const changesMembers = fc.constantFrom(...memberLists).map((members) =>
  command(
    'portal: members',
    () => true,
    (model, world) => {
      const order = { do: 'setMembers', group: securityGroup, members }
      return portal(
        model,
        world,
        `security's approvers are ${members.map(tellOf).join(', ') || 'nobody'}`,
        order,
        () => {
          model.directory.groups.set(securityGroup, members)
          stale(model)
        },
      )
    },
  ),
)
const policies: readonly (readonly [string, readonly string[] | undefined])[] = [
  ['AI Administrator', ['hannah.vogt']],
  ['AI Administrator', ['priya.raman', 'hannah.vogt', 'jonas.weber']],
  ['AI Administrator', undefined],
  ['Security Reader', ['jonas.weber', 'mei.lin']],
  ['Security Reader', undefined],
  ['Global Reader', ['sam.rivera', 'fatima.zahra']],
  ['Global Reader', undefined],
  ['Cloud Application Administrator', ['priya.raman', 'omar.haddad', 'chen.li']],
  ['Cloud Application Administrator', ['hannah.vogt', 'chen.li']],
]
export const changesPolicy = fc.constantFrom(...policies).map(([name, people]) =>
  command(
    'portal: approvers',
    () => true,
    (model, world) => {
      const approval = people === undefined ? 'none' : { approvers: people.map((user) => ({ user })) }
      const line = `Entra asks ${people?.map(tellOf).join(', ') ?? 'nobody'} about ${name}`
      return portal(model, world, line, { do: 'setPolicy', entitlement: name, approval }, () => {
        model.directory.asks.set(name, people)
        stale(model)
      })
    },
  ),
)
export const changesLongest = fc.record({ role, minutes: fc.constantFrom(60, 90, 240) }).map((drawn) =>
  command(
    'portal: longest',
    () => true,
    (model, world) => {
      const { role, minutes } = drawn
      const order = { do: 'setPolicy', entitlement: role.name, maximumDuration: `PT${minutes}M` }
      return portal(model, world, `Entra allows ${minutes} minutes of ${role.name}`, order, () => {
        model.directory.longest.set(role.name, minutes)
      })
    },
  ),
)

export const rolesAtStart = (world: World, each: readonly Role[] = roles): Promise<unknown> =>
  Promise.all(
    each.map(({ name, entraAsks }) => {
      const approval =
        entraAsks === undefined
          ? 'none'
          : { approvers: 'group' in entraAsks ? [entraAsks] : entraAsks.map((user) => ({ user })) }
      return world.portal({ do: 'setPolicy', entitlement: name, approval })
    }),
  )
