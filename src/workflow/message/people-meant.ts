import type { AskContext } from '../../ask/ask.ts'
import type { Catalogue } from '../../entitlement/entitlement.ts'
import type { PersonId } from '../../people.ts'
import type { Edges } from '../ports/ports.ts'

type People = NonNullable<AskContext['people']>

/** Each is a look-up while somebody waits; more names than this no honest message has. */
const mostNames = 3

/**
 * Colleagues whom a message may name, beside the catalogue's own people: words written as names are written are looked
 * for in the directory. A guest learns from it of nobody.
 * @returns undefined where there are none but the catalogue's
 */
export async function peopleMeant(
  { tenant, catalogue }: Pick<Edges, 'tenant' | 'catalogue'>,
  text: string,
  speaker: PersonId,
): Promise<People | undefined> {
  const names = namesIn(text, catalogue)
  if (names.length === 0 || (await tenant.person(speaker))?.guest !== false) return undefined
  const found = (await Promise.all(names.map((name) => tenant.peopleCalled(name)))).flat()
  const ending = `@${catalogue.tenant.domain}`.toLowerCase()
  const people = found
    .filter(({ userPrincipalName }) => userPrincipalName.toLowerCase().endsWith(ending))
    .map(({ userPrincipalName, name }) => ({ handle: userPrincipalName.slice(0, -ending.length), name }))
  const already = new Set(people.map(({ handle }) => handle))
  return people.length === 0
    ? undefined
    : [...people, ...decidersOf(catalogue).filter((one) => !already.has(one.handle))]
}

const capitalised = /(?<![\p{L}\p{N}-])\p{Lu}\p{Ll}{2,20}(?![\p{L}\p{N}-])/gu
/** A sentence begins with a capital letter too; then only a verb shows that it begins with somebody. */
const begins = /(?:^|[.!?:\n]\s{0,3})@?$/
const doing = /^(?:\s\p{Lu}\p{Ll}+)?\s(?:needs?|wants?|has|have|had|is|was|should|must|can|will)\b/u

function namesIn(text: string, catalogue: Catalogue): readonly string[] {
  const known = wordsOf(catalogue)
  const names = [...text.slice(0, 1000).matchAll(capitalised)].flatMap(({ 0: word, index }) => {
    const after = text.slice(index + word.length, index + word.length + 40)
    if (begins.test(text.slice(Math.max(0, index - 5), index)) && !doing.test(after)) return []
    return known.has(word.toLowerCase()) ? [] : [word]
  })
  return [...new Set(names)].slice(0, mostNames)
}

const remembered = new WeakMap<Catalogue, ReadonlySet<string>>()

/** What entries are called by is no name of anybody. */
function wordsOf(catalogue: Catalogue): ReadonlySet<string> {
  const ready = remembered.get(catalogue)
  if (ready !== undefined) return ready
  const texts = [...catalogue.entitlements.values()].flatMap(({ name, aliases }) => [name, ...aliases])
  const words = new Set(texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}]+/u)))
  remembered.set(catalogue, words)
  return words
}

const decidersOf = ({ entitlements }: Catalogue): People =>
  [...new Set([...entitlements.values()].flatMap(({ owners, backup }) => [...owners, ...backup]))].map((handle) => ({
    handle,
    name: handle.replace(/[._-]/g, ' '),
  }))
