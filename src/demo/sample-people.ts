import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const sample = resolve(import.meta.dirname, '../../sample/contoso')
const Seed = z.object({ people: z.array(z.object({ id: z.string(), displayName: z.string() })) })

/** The people whom the sample tenant's seed lists by name, as messages may name them. */
export async function samplePeople(): Promise<readonly { readonly handle: string; readonly name: string }[]> {
  const seed = Seed.parse(parse(await readFile(join(sample, 'tenant.yaml'), 'utf8')))
  return seed.people.map(({ id, displayName }) => ({ handle: id, name: displayName }))
}
