import { createHash, randomBytes } from 'node:crypto'
import { storable } from './storable.ts'

/** A text taken out of an event's body: kept in `journal_text` under the digest that stays in the body. */
export interface TakenText {
  readonly digest: string
  /** Base64url of 16 random bytes: short texts cannot be guessed from their digest once text and salt are erased. */
  readonly salt: string
  readonly text: string
}

/** Replaces every `{freeText: string}` of a body by `{freeTextDigest}`; everything else is left as it is. */
export function takeOutTexts(body: unknown): { readonly body: unknown; readonly texts: readonly TakenText[] } {
  const texts: TakenText[] = []
  const replaced = mapObjects(body, (object) => {
    if (!hasOnly(object, 'freeText') || typeof object.freeText !== 'string') return undefined
    const text = storable(object.freeText)
    const salt = randomBytes(16).toString('base64url')
    const digest = textDigest(salt, text)
    texts.push({ digest, salt, text })
    return { freeTextDigest: digest }
  })
  return { body: replaced, texts }
}

/** Puts texts back; a digest whose text is gone becomes `{freeText: null}`. */
export const putBackTexts = (body: unknown, texts: ReadonlyMap<string, string>): unknown =>
  mapObjects(body, (object) =>
    hasOnly(object, 'freeTextDigest') && typeof object.freeTextDigest === 'string'
      ? { freeText: texts.get(object.freeTextDigest) ?? null }
      : undefined,
  )

/** The digests a body refers to. */
export function textDigestsIn(body: unknown): ReadonlySet<string> {
  const digests = new Set<string>()
  mapObjects(body, (object) => {
    if (hasOnly(object, 'freeTextDigest') && typeof object.freeTextDigest === 'string')
      digests.add(object.freeTextDigest)
    return undefined
  })
  return digests
}

/** The salt has a fixed length, so salt and text need nothing between them. */
export const textDigest = (salt: string, text: string): string =>
  `sha256:${createHash('sha256').update(Buffer.from(salt, 'base64url')).update(text, 'utf8').digest('hex')}`

const hasOnly = <Key extends string>(object: object, key: Key): object is Record<Key, unknown> =>
  Object.keys(object).length === 1 && key in object

function mapObjects(value: unknown, replace: (object: object) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, replace))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const replacement = replace(value)
  if (replacement !== undefined) return replacement
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapObjects(member, replace)]))
}
