import { isRecord, type CatalogueFile, type Place } from './catalogue-file.ts'
import { foldName } from './fold.ts'
import { definitions } from './kinds/kinds.ts'
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

/**
 * Complains of every entry that is for just what an earlier one is for: who decides, and for how long, must not depend
 * on which of the two names somebody used.
 */
export function checkTargets(files: readonly CatalogueFile[]): void {
  const first = new Map<string, string>()
  for (const { raw, place } of entriesIn(files)) {
    const target = isRecord(raw) ? targetKey(raw) : undefined
    if (!isRecord(raw) || target === undefined) continue
    const earlier = first.get(target)
    first.set(target, earlier ?? ownerOf(raw))
    if (earlier === undefined) continue
    const problem = `this entry is for the same target as "${earlier}"`
    place.at('target').complain(problem, 'keep one of them; another name for the same thing is an alias of it')
  }
}

/** Tells targets apart however they are spelt; undefined for what is no entry of a known kind. */
function targetKey({ kind, target }: Readonly<Record<string, unknown>>): string | undefined {
  const known = typeof kind === 'string' ? definitions.get(kind) : undefined
  if (known === undefined || !isRecord(target)) return undefined
  const telling = Object.entries(target).filter(([field]) => field !== known.catalogue.forReaders)
  return `${String(kind)} ${JSON.stringify(telling.toSorted(([one], [other]) => (one < other ? -1 : 1))).toLowerCase()}`
}

const ownerOf = (raw: Readonly<Record<string, unknown>>): string =>
  typeof raw['id'] === 'string' ? raw['id'] : String(raw['name'])

const entriesIn = (files: readonly CatalogueFile[]) =>
  files.flatMap((file) => {
    const list = isRecord(file.value) ? file.value['entitlements'] : undefined
    return Array.isArray(list)
      ? list.map((raw: unknown, index) => ({ raw, place: file.place.at('entitlements', index) }))
      : []
  })

function spokenIn(files: readonly CatalogueFile[]): readonly Spoken[] {
  return entriesIn(files).flatMap(({ raw, place }, entry) => {
    if (!isRecord(raw)) return []
    const owner = ownerOf(raw)
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
