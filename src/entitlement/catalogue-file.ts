import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { z } from 'zod'
import { editDistance } from './edit-distance.ts'
import type { Mistake } from './mistake.ts'

type Step = string | number

/** A spot in one YAML file that mistakes can be reported at, by the path of keys that leads to it. */
export interface Place {
  /** The key, or list item, it is known by. */
  readonly name: string
  readonly line: number
  at(...steps: readonly Step[]): Place
  complain(problem: string, mend: string): void
}

export interface CatalogueFile {
  readonly name: string
  /** What the file says as plain values; undefined where it is not YAML, which is then among the mistakes. */
  readonly value: unknown
  readonly place: Place
}

/** Reads one YAML file, and adds what is wrong with it as YAML to `mistakes`. */
export function parseCatalogueFile(file: { name: string; text: string }, mistakes: Mistake[]): CatalogueFile {
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false })
  const say = (line: number, problem: string, mend: string): void => {
    const known = mistakes.some((m) => m.file === file.name && m.line === line && m.problem === problem)
    if (!known) mistakes.push({ file: file.name, line, problem, mend })
  }
  for (const error of [...document.errors, ...document.warnings]) {
    const mend =
      error.code === 'DUPLICATE_KEY' ? 'keep one of the two' : 'mend the YAML at this line: indentation, quotes, colons'
    say(lines.linePos(error.pos[0]).line, `not readable as YAML: ${error.message}`, mend)
  }
  const placeAt = (path: readonly Step[]): Place => ({
    name: String(path.at(-1) ?? file.name),
    line: lineOf(document, lines, path),
    at: (...steps) => placeAt([...path, ...steps]),
    complain: (problem, mend) => say(lineOf(document, lines, path), problem, mend),
  })
  return {
    name: file.name,
    value: document.errors.length > 0 ? undefined : plainValue(document, say),
    place: placeAt([]),
  }
}

function plainValue(document: Document, say: (line: number, problem: string, mend: string) => void): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    say(1, `not readable as YAML: ${error instanceof Error ? error.message : String(error)}`, 'write the values out')
    return undefined
  }
}

/** The line of the key, or list item, that the path leads to; where it is missing, of what should contain it. */
function lineOf(document: Document, lines: LineCounter, path: readonly Step[]): number {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : key) === String(step))
      if (pair === undefined) break
      offset = startOf(pair.key) ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      const item: unknown = node.items[step]
      if (item === undefined) break
      node = item
      offset = startOf(node) ?? offset
    } else break
  }
  return offset === undefined ? 1 : Math.max(1, lines.linePos(offset).line)
}

const startOf = (node: unknown): number | undefined =>
  // Every node that was read from text has a range; pairs without a key have no node.
  typeof node === 'object' && node !== null && 'range' in node ? (node as Node).range?.[0] : undefined

/** Each field that could be read; the others are undefined and have been complained about. */
export type Fields<Shape extends z.ZodRawShape> = { readonly [Key in keyof Shape]?: z.output<Shape[Key]> | undefined }

/**
 * Reads each field of a YAML map on its own, so that one mistake does not hide the next. The schemas' descriptions
 * say what to write, and are the mend.
 */
export function readFields<Shape extends z.ZodRawShape>(place: Place, raw: unknown, shape: Shape): Fields<Shape> {
  if (!isRecord(raw)) {
    const problem = raw === undefined ? `"${place.name}" is missing` : `${shown(raw)} is not a set of keys`
    place.complain(problem, `write ${Object.keys(shape).join(', ')} below "${place.name}"`)
    return {}
  }
  for (const key of Object.keys(raw)) if (!Object.hasOwn(shape, key)) complainOfKey(place.at(key), key, shape)
  const fields: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(shape)) fields[key] = readField(place.at(key), key, raw[key], schema)
  // Each value has just come out of the schema of its own key.
  return fields as Fields<Shape>
}

// zod types the members of a shape by its core alone, but every schema of ours is a whole one.
const wholeSchema = (schema: z.core.$ZodType): z.ZodType => schema as z.ZodType

function readField(place: Place, key: string, raw: unknown, schema: z.core.$ZodType): unknown {
  const parsed = wholeSchema(schema).safeParse(raw)
  if (parsed.success) return parsed.data
  const write = wholeSchema(schema).description ?? 'what the head of catalogue.yaml says'
  if (raw === undefined) place.complain(`"${key}" is missing`, `add "${key}": ${write}`)
  else
    for (const { path } of parsed.error.issues) {
      const steps = path.filter((step) => typeof step !== 'symbol')
      const within = steps.reduce<unknown>(
        (value, step) => (isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : value),
        raw,
      )
      place.at(...steps).complain(`"${key}" is ${shown(within)}`, `write ${write}`)
    }
  return undefined
}

function complainOfKey(place: Place, key: string, shape: z.ZodRawShape): void {
  const known = Object.keys(shape)
  const meant = known.find((name) => editDistance(key.toLowerCase(), name.toLowerCase(), 2) <= 2)
  place.complain(
    `unknown key "${key}"`,
    meant ? `write "${meant}", or remove it` : `remove it; known here: ${known.join(', ')}`,
  )
}

/** All fields, or undefined where one could not be read. Optional ones that are absent are left out. */
export function whole<Read extends object>(
  fields: Read,
): { [Key in keyof Read]-?: Exclude<Read[Key], undefined> } | undefined {
  if (Object.values(fields).some((value) => value === undefined) || Object.keys(fields).length === 0) return undefined
  // No value is undefined, as just seen.
  return fields as { [Key in keyof Read]-?: Exclude<Read[Key], undefined> }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as a mistake quotes it. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
