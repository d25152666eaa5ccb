import { principalName } from '../../entitlement/entitlement.ts'
import type { Person } from '../../people.ts'
import type { Finding } from '../ports/finding.ts'
import type { Edges } from '../ports/ports.ts'

type Reads = Pick<Edges, 'tenant' | 'catalogue'> & { readonly chats: Pick<Edges['chats'], 'reference'> }

/** Everybody the catalogue names, by handle or through a set's group, whom the bot could not ask. */
export async function examinePeople(edges: Reads): Promise<readonly Finding[]> {
  const { findings, members } = await examineSets(edges)
  for (const [handle, parts] of namedIn(edges)) {
    const person = await edges.tenant.personNamed(principalName(edges.catalogue, handle))
    if (person === undefined) findings.push({ kind: 'person-unknown', handle, parts })
    else members.set(person.id, { person, parts: [...parts, ...(members.get(person.id)?.parts ?? [])] })
  }
  for (const { person, parts } of members.values()) {
    const handle = person.userPrincipalName.replace(/@.*$/, '')
    if (!person.enabled) findings.push({ kind: 'person-disabled', handle, parts })
    else if ((await edges.chats.reference(person.id)) === undefined) {
      findings.push({ kind: 'person-without-app', handle, parts })
    }
  }
  return findings
}

/** What each handle is: `owner of ai-administrator`. */
function namedIn({ catalogue }: Reads): ReadonlyMap<string, readonly string[]> {
  const entries = [...catalogue.entitlements.values()]
  const named = [
    ...entries.flatMap(({ id, owners }) => owners.map((handle) => ({ handle, part: `owner of ${id}` }))),
    ...entries.flatMap(({ id, backup }) => backup.map((handle) => ({ handle, part: `backup of ${id}` }))),
  ]
  const byHandle = Map.groupBy(named, ({ handle }) => handle)
  return new Map([...byHandle].map(([handle, each]) => [handle, each.map(({ part }) => part)]))
}

async function examineSets({ tenant, catalogue }: Reads) {
  const findings: Finding[] = []
  const members = new Map<string, { readonly person: Person; readonly parts: readonly string[] }>()
  for (const [set, { group }] of catalogue.approvers) {
    const id = await tenant.groupNamed(group)
    const people = id === undefined ? [] : await tenant.membersOf(id)
    if (id === undefined) findings.push({ kind: 'set-unknown', set, group })
    else if (people.length === 0) findings.push({ kind: 'set-empty', set, group })
    for (const person of people) {
      members.set(person.id, { person, parts: [...(members.get(person.id)?.parts ?? []), `member of the set ${set}`] })
    }
  }
  return { findings, members }
}
