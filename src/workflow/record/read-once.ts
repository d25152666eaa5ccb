import type { Person, PersonId } from '../../people.ts'
import type { Edges } from '../ports/ports.ts'
import type { Tenant } from '../ports/tenant.ts'
import type { Viewer } from '../ports/views.ts'
import type { Engine, KindInTenant, Kinds } from '../ports/engine.ts'

/**
 * The edges as one message finds them: nothing is asked twice of the tenant, nor how the speaker reads. Only for what
 * proposes; what decides reads anew.
 */
export const readOnce = (edges: Edges, speaker: PersonId, viewer: Viewer): Edges => ({
  ...edges,
  tenant: tenantOnce(edges.tenant),
  chats: {
    ...edges.chats,
    viewer: async (person) => (person === speaker ? viewer : edges.chats.viewer(person)),
  },
})

/** The edges as cards find them that are owed at the same moment: their people and rules are read once for all. */
export const readForSeveral = (edges: Edges): Edges => ({ ...edges, tenant: tenantOnce(edges.tenant) })

/** Nobody who was found by name, as a manager or as a member is looked up again by id. */
export function tenantOnce(tenant: Tenant): Tenant {
  const people = new Map<PersonId, Promise<Person | undefined>>()
  const meet = (person: Person | undefined): void =>
    void (person !== undefined && people.set(person.id, Promise.resolve(person)))
  const found = async (read: Promise<Person | undefined>) => {
    const person = await read
    meet(person)
    return person
  }
  return {
    ...tenant,
    person(id) {
      const known = people.get(id) ?? tenant.person(id)
      people.set(id, known)
      return known
    },
    personNamed: once((name) => found(tenant.personNamed(name))),
    peopleCalled: once(tenant.peopleCalled),
    managerOf: once((id) => found(tenant.managerOf(id))),
    managerOfNamed: once((name) => found(tenant.managerOfNamed(name))),
    groupNamed: once(tenant.groupNamed),
    membersOf: once(async (group) => {
      const members = await tenant.membersOf(group)
      members.forEach(meet)
      return members
    }),
    groupsOf: once(tenant.groupsOf),
    kinds: kindsOnce(tenant.kinds),
  }
}

function kindsOnce(kinds: Kinds): Kinds {
  const each = Object.entries(kinds).map(([kind, inTenant]) => [kind, kindOnce(inTenant)])
  return Object.fromEntries(each) as Kinds // of the same names
}

function kindOnce(kind: KindInTenant): KindInTenant {
  // Names alone tell people and entries apart.
  const lets = new Map<string, Promise<boolean>>()
  const { engine } = kind
  return {
    ...kind,
    lets(person, entry, catalogue) {
      const asked = `${person.id} ${entry.id}`
      const answer = lets.get(asked) ?? kind.lets(person, entry, catalogue)
      lets.set(asked, answer)
      return answer
    },
    ...(engine === undefined ? {} : { engine: engineOnce(engine) }),
  }
}

const engineOnce = (engine: Engine): Engine => ({
  ...engine,
  targetFor: once(engine.targetFor),
  eligibility: once(engine.eligibility),
  rules: once(engine.rules),
  active: once(engine.active),
  holdings: once(engine.holdings),
})

function once<Args extends readonly unknown[], Value>(
  ask: (...args: Args) => Promise<Value>,
): (...args: Args) => Promise<Value> {
  const answers = new Map<string, Promise<Value>>()
  return (...args) => {
    const question = JSON.stringify(args)
    const answer = answers.get(question) ?? ask(...args)
    answers.set(question, answer)
    return answer
  }
}
