import type { Catalogue, PersonHandle } from '../entitlement/entitlement.ts'
import type { AskContext, Stretch } from './ask.ts'
import { type Phrases, phrasesOf } from './phrases.ts'
import { tokensOf } from './tokens.ts'

export interface Named extends Stretch {
  readonly handle: PersonHandle
}

type People = NonNullable<AskContext['people']>

/** By each way of naming them that means one person only: first name, full name, handle. */
function waysToName(people: People): Phrases<PersonHandle> {
  const ways = new Map<string, Set<PersonHandle>>()
  for (const { handle, name } of people) {
    const [first = name] = name.toLowerCase().split(/\s+/)
    for (const way of [handle.toLowerCase().replace(/[._]/g, ' '), name.toLowerCase(), first])
      ways.set(way, (ways.get(way) ?? new Set()).add(handle))
  }
  return phrasesOf(
    [...ways].flatMap(([way, handles]) => (handles.size === 1 ? [...handles].map((one) => [way, one] as const) : [])),
  )
}

const known = new WeakMap<object, Phrases<PersonHandle>>()

/** Made ready once for each list of people, or catalogue. */
function namesFor({ people, catalogue }: Pick<AskContext, 'people' | 'catalogue'>): Phrases<PersonHandle> {
  const key = people ?? catalogue
  const ready = known.get(key) ?? waysToName(people ?? decidersOf(catalogue))
  known.set(key, ready)
  return ready
}

/** The catalogue's own people: who owns something or stands in. */
const decidersOf = ({ entitlements }: Catalogue): People =>
  [...new Set([...entitlements.values()].flatMap(({ owners, backup }) => [...owners, ...backup]))].map((handle) => ({
    handle,
    name: handle.replace(/[._-]/g, ' '),
  }))

/** People named in the text by first name, full name or handle. */
export function personsIn(
  text: string,
  context: Pick<AskContext, 'people' | 'catalogue' | 'speaker'>,
): readonly Named[] {
  const names = namesFor(context)
  const tokens = tokensOf(text)
  const found: Named[] = []
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index]
    const name = token?.kind === 'word' ? (names.at(tokens, index) ?? dottedAt(text, tokens, index, names)) : undefined
    if (token !== undefined && name !== undefined && name.value !== context.speaker)
      found.push({ handle: name.value, from: token.from, to: tokens[name.end - 1]?.to ?? token.to })
    index = name?.end ?? index + 1
  }
  return found
}

/** `priya.raman`, `priya_raman`: a handle is two words that a sign joins. */
function dottedAt(text: string, tokens: ReturnType<typeof tokensOf>, index: number, names: Phrases<PersonHandle>) {
  const [first, sign, second] = [tokens[index], tokens[index + 1], tokens[index + 2]]
  if (first === undefined || second === undefined || !sign?.touches || !second.touches || !'._'.includes(sign.plain))
    return undefined
  const name = names.at(tokensOf(`${text.slice(first.from, first.to)} ${text.slice(second.from, second.to)}`), 0)
  return name?.end === 2 ? { value: name.value, end: index + 3 } : undefined
}

const asSubject =
  /^(?:'ll|’ll)?\s{1,2}(?:needs?|should|shld|must|will need|would need|wants?|requires?|starts|have|get|gets|be (?:added|given|put)|(?:also |really |urgently )?needs?|could use|is after|aurait besoin|a besoin|braucht|bräuchte|necesita|precisa|quiere)(?![\p{L}])/iu
const asObject =
  /(?:^|[\s,])(?:can|could|may|give|grant|let|get|set|add|gib|gebt|dale a|dá|donne à|assign|enable|put|provide|für|fuer|hook)\s(?:@|el |la |o |a |ao |à )?$/i
const asReceiver =
  /(?:^|[\s,(])(?:for|on behalf of|behalf of|für|fuer|para|pra|pour|to)\s(?:@|our |my colleague |colleague |my teammate |el |la |o |a )?$/i
const receives = /[さ様]?[んま]?(?:に|のために|用に)/u

/**
 * For whom access is asked, where the words say so beyond doubt.
 * @param adjoining whether a person stands with what is asked for, and not in what tells why.
 */
export function beneficiaryIn(
  text: string,
  named: readonly Named[],
  adjoining: (person: Named) => boolean,
  about: readonly Stretch[],
): Named | undefined {
  const found = named.find((person) => {
    const after = text.slice(person.to, person.to + 24)
    const before = text.slice(Math.max(0, person.from - 24), person.from)
    if (/^['’]s behalf\b/i.test(after)) return true
    if (/^['’]s/.test(after)) return false
    return (
      (asSubject.test(after) &&
        (about.length === 0 ||
          about.some(({ to }) => to > person.from) ||
          /^\s?\p{L}+ (?:it|this|that|one|access)\b/iu.test(after.replace(/^['’]ll/, '')))) ||
      (asObject.test(before) && !/\bask|\bpara\s$|\bfor\s$/i.test(before)) ||
      (asReceiver.test(before) && adjoining(person)) ||
      (receives.test(after.slice(0, 5)) && /\p{Script=Han}|[ぁ-ん]/u.test(text))
    )
  })
  return found ?? meantBy(text, named)
}

/** "Diego ships on Monday. Foundry for him then": who was named before. */
function meantBy(text: string, named: readonly Named[]): Named | undefined {
  const pronoun = /\bfor (?:him|her|them)\b|\b(?:give|grant|get|set) (?:him|her|them)\b/i.exec(text)
  return pronoun === null ? undefined : named.filter(({ to }) => to <= pronoun.index).at(-1)
}
