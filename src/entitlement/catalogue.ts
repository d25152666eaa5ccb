import { createHash } from 'node:crypto'
import { ok, refuse, type Result } from '../result.ts'
import { readEntry } from './catalogue-entry.ts'
import { isRecord, parseCatalogueFile, type CatalogueFile } from './catalogue-file.ts'
import { readShared } from './catalogue-shared.ts'
import { checkCollisions, checkTargets } from './collisions.ts'
import type { Catalogue } from './entitlement.ts'
import { byPlace, type Mistake } from './mistake.ts'

export interface SourceFile {
  readonly name: string
  readonly text: string
}

/** The file that holds what the entries share; every other file holds entries. */
const sharedFile = 'catalogue.yaml'

/**
 * Reads the catalogue from its YAML files. One mistake anywhere refuses all of it, and every mistake is told, in the
 * order of files and lines. The head of the sample's catalogue.yaml describes the format.
 */
export function parseCatalogue(sources: readonly SourceFile[]): Result<Catalogue, readonly Mistake[]> {
  const mistakes: Mistake[] = []
  const ordered = sources.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const files = ordered.map((source) => parseCatalogueFile(source, mistakes))
  const head = files.find(({ name }) => name === sharedFile)
  if (head === undefined)
    return refuse([
      ...mistakes,
      { file: sharedFile, line: 1, problem: 'this file is missing', mend: 'add it: it holds what the entries share' },
    ])
  if (head.value === undefined) return refuse(mistakes.toSorted(byPlace))
  const shared = readShared(head.place, head.value)
  const others = files.filter((file) => file !== head && file.value !== undefined)
  const entitlements = others.flatMap((file) =>
    listOf(file).flatMap((raw, index) => readEntry(file.place.at('entitlements', index), raw, file.name, shared) ?? []),
  )
  checkCollisions(others)
  checkTargets(others)
  if (mistakes.length > 0 || shared.tenant === undefined || shared.timeZone === undefined)
    return refuse(mistakes.toSorted(byPlace))
  const { tenant, timeZone, approvers, tickets, never, signals, resources } = shared
  return ok({
    tenant,
    timeZone,
    entitlements: new Map(entitlements.map((entitlement) => [entitlement.id, entitlement])),
    approvers,
    tickets,
    never,
    resources,
    signals,
    digest: digestOf(ordered),
  })
}

function listOf(file: CatalogueFile): readonly unknown[] {
  const { value, place } = file
  if (isRecord(value)) {
    for (const key of Object.keys(value))
      if (key !== 'entitlements')
        place
          .at(key)
          .complain(`unknown key "${key}"`, 'only "entitlements" stands here; what entries share is in catalogue.yaml')
    if (Array.isArray(value['entitlements'])) return value['entitlements']
  }
  place.complain('there is no list of entitlements', 'write "entitlements:" with a list below it')
  return []
}

/** Lengths are hashed too, so that no two sets of files run together into the same bytes. */
function digestOf(sources: readonly SourceFile[]): string {
  const hash = createHash('sha256')
  for (const { name, text } of sources) {
    const bytes = Buffer.from(text, 'utf8')
    hash.update(`${Buffer.byteLength(name)}:${name}:${bytes.length}:`).update(bytes)
  }
  return hash.digest('hex')
}
