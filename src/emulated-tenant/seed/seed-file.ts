import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { danglingNames } from './references.ts'
import { type PeopleRule, type Seed, type SeededPerson, SeedFile } from './seed.ts'

/**
 * Reads the seed of a tenant.
 * @throws {Error} naming the file and every mistake: an unknown key, a value of the wrong shape, a name nobody bears.
 */
export async function loadSeed(file: string): Promise<Seed> {
  const parsed = SeedFile.safeParse(parse(await readFile(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file} is not a tenant:\n${z.prettifyError(parsed.error)}`)
  const { generatedPeople, ...rest } = parsed.data
  const generated = generatedPeople.flatMap(written)
  const seed: Seed = {
    ...rest,
    people: [...rest.people, ...generated.map(({ person }) => person)],
    groups: rest.groups.map((group) => ({
      ...group,
      members: [
        ...group.members,
        ...generated.filter(({ memberOf }) => memberOf.includes(group.name)).map(({ person }) => person.id),
      ],
    })),
  }
  const dangling = danglingNames(seed)
  if (dangling.length > 0) throw new Error(`${file} names what it does not hold:\n${dangling.join('\n')}`)
  return seed
}

function written(rule: z.infer<typeof PeopleRule>): { person: SeededPerson; memberOf: readonly string[] }[] {
  const { from, to, memberOf, ...traits } = rule
  return Array.from({ length: to - from + 1 }, (_, offset) => {
    const nn = String(from + offset).padStart(2, '0')
    const fill = (text: string) => text.replace('{nn}', nn)
    const person = {
      ...traits,
      id: fill(traits.id),
      objectId: fill(traits.objectId),
      displayName: fill(traits.displayName),
    }
    return { person, memberOf }
  })
}
