import { isRecord, type CatalogueFile, type Place } from './catalogue-file.ts'
import { foldName } from './fold.ts'
import { neverAzureRoles, neverDirectoryRoles } from './never.ts'

interface Spoken {
  readonly what: 'id' | 'name' | 'alias'
  readonly words: string
  readonly entry: number
  readonly owner: string
  readonly place: Place
}

/**
 * Complains of every id, name and alias that two entries share, also where they differ only in case, spaces or hyphens,
 * and of those that mean a role nobody may ask for: what people call a thing must mean one thing.
 */
export function checkCollisions(files: readonly CatalogueFile[]): void {
  const first = new Map<string, Spoken>()
  const forbidden = new Map(
    [...neverDirectoryRoles, ...neverAzureRoles].flatMap((role) =>
      [role.name, ...role.alsoCalled].map((name) => [foldName(name), role.name] as const),
    ),
  )
  for (const spoken of spokenIn(files)) {
    const folded = foldName(spoken.words)
    const earlier = first.get(folded)
    const never = forbidden.get(folded)
    if (never !== undefined)
      spoken.place.complain(
        `the ${spoken.what} "${spoken.words}" means ${never}, which nobody may ask for`,
        'use other words',
      )
    if (earlier === undefined) first.set(folded, spoken)
    else if (earlier.entry !== spoken.entry) complainOfTwo(spoken, earlier)
  }
}

function complainOfTwo(spoken: Spoken, earlier: Spoken): void {
  const both = spoken.what === 'id' && earlier.what === 'id' && spoken.words === earlier.words
  const problem = both
    ? `the id "${spoken.words}" is used twice`
    : `the ${spoken.what} "${spoken.words}" collides with the ${earlier.what} "${earlier.words}" of "${earlier.owner}"`
  const mend = both ? 'give each entry an id of its own' : 'keep it in one of the two'
  spoken.place.complain(problem, mend)
}

function spokenIn(files: readonly CatalogueFile[]): readonly Spoken[] {
  const entries = files.flatMap((file) => {
    const list = isRecord(file.value) ? file.value['entitlements'] : undefined
    return Array.isArray(list)
      ? list.map((raw: unknown, index) => ({ raw, place: file.place.at('entitlements', index) }))
      : []
  })
  return entries.flatMap(({ raw, place }, entry) => {
    if (!isRecord(raw)) return []
    const owner = typeof raw['id'] === 'string' ? raw['id'] : String(raw['name'])
    const spoken = (what: Spoken['what'], words: unknown, at: Place): readonly Spoken[] =>
      typeof words === 'string' && foldName(words) !== '' ? [{ what, words, entry, owner, place: at }] : []
    const aliases: readonly unknown[] = Array.isArray(raw['aliases']) ? raw['aliases'] : []
    return [
      ...spoken('id', raw['id'], place.at('id')),
      ...spoken('name', raw['name'], place.at('name')),
      ...aliases.flatMap((alias, index) => spoken('alias', alias, place.at('aliases', index))),
    ]
  })
}
