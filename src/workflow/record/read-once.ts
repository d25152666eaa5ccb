import type { Person, PersonId } from '../../people.ts'
import type { Edges, Tenant } from '../ports/ports.ts'
import type { Viewer } from '../ports/views.ts'

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
    eligibility: once(tenant.eligibility),
    rules: once(tenant.rules),
    active: once(tenant.active),
    holdings: once(tenant.holdings),
    groupsOf: once(tenant.groupsOf),
    mayJoin: once(tenant.mayJoin),
    mayRequest: once(tenant.mayRequest),
    mayActivate: once(tenant.mayActivate),
  }
}

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
