import type { Catalogue } from '../entitlement/entitlement.ts'
import type { PersonHandle } from '../entitlement/entry.ts'
import type { AskContext, Stretch } from './ask.ts'
import { type Phrases, phrasesOf } from './language/phrases.ts'
import { heard, once } from './language/heard.ts'
import { scriptWithoutSpaces, tokensOf } from './language/tokens.ts'

export interface Named extends Stretch {
  readonly handle: PersonHandle
  /** Something of theirs is spoken of: "Maya's", "mayas". */
  readonly owns: boolean
}

type People = NonNullable<AskContext['people']>

type Way = Pick<Named, 'handle' | 'owns'>

/** First names that with an "s" are other words. */
const otherWithS =
  /^(?:.{1,2}|art|bill|bob|chance|chase|dean|drew|earl|frank|grant|hope|jack|john|mark|mile|page|pat|ray|rob|rose|sue|will)$/

/** By each way of naming them that means one person only: first name, full name, handle, the first name with an "s". */
function waysToName(people: People): Phrases<Way> {
  const ways = new Map<string, Set<PersonHandle>>()
  for (const { handle, name } of people) {
    const [first = name] = name.toLowerCase().split(/\s+/)
    const owning = otherWithS.test(first) ? [] : [`${first}${ofOwner}`]
    for (const way of [handle.toLowerCase().replace(/[._]/g, ' '), name.toLowerCase(), first, ...owning])
      ways.set(way, (ways.get(way) ?? new Set()).add(handle))
  }
  return phrasesOf(
    [...ways].flatMap(([way, handles]) =>
      handles.size === 1
        ? [...handles].map((handle) => [way.replace(ofOwner, 's'), { handle, owns: way.endsWith(ofOwner) }] as const)
        : [],
    ),
  )
}

const ofOwner = '\u0000'
const known = new WeakMap<object, Phrases<Way>>()

/** Made ready once for each list of people, or catalogue. */
function namesFor({ people, catalogue }: Pick<AskContext, 'people' | 'catalogue'>): Phrases<Way> {
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
    if (token !== undefined && name !== undefined && name.value.handle !== context.speaker) {
      const to = tokens[name.end - 1]?.to ?? token.to
      const owns = name.value.owns || /^['’]s/i.test(text.slice(to, to + 2))
      found.push({ handle: name.value.handle, from: token.from, to, owns })
    }
    index = name?.end ?? index + 1
  }
  return found
}

/** `priya.raman`, `priya_raman`: a handle is two words that a sign joins. */
function dottedAt(text: string, tokens: ReturnType<typeof tokensOf>, index: number, names: Phrases<Way>) {
  const [first, sign, second] = [tokens[index], tokens[index + 1], tokens[index + 2]]
  if (first === undefined || second === undefined || !sign?.touches || !second.touches || !'._'.includes(sign.plain))
    return undefined
  const name = names.at(tokensOf(`${text.slice(first.from, first.to)} ${text.slice(second.from, second.to)}`), 0)
  return name?.end === 2 ? { value: name.value, end: index + 3 } : undefined
}

const asSubject = once(() => new RegExp(String.raw`^(?:'ll|’ll)?\s{1,2}(?:${heard('personNeeds')})(?![\p{L}])`, 'iu'))
const asObject = once(
  () => new RegExp(String.raw`(?:^|[\s,])(?:${heard('givesTo')})\s(?:@|(?:${heard('beforeName')}) )?$`, 'i'),
)
const asReceiver = once(
  () =>
    new RegExp(
      String.raw`(?:^|[\s,(])(?:${heard('onBehalfOf')})\s(?:@|(?:${heard('colleague')}|${heard('beforeName')}) )?$`,
      'i',
    ),
)
const receives = once(() => new RegExp(heard('forPerson', 'unspaced'), 'u'))

const asWished = /\b(?:like|want|need|wish|prefer)\s(?:for\s)?$/i
const toHave = /^\sto (?:have|get|be (?:given|added|put|able)|use|join)\b/i
/** "For: Diego" on a line of its own; "noah: research assistant". */
const inForm = /(?:^|\n)\s{0,3}(?:for|who|whom|user|person|beneficiary|recipient|on behalf of)\s?:\s{0,3}$/i
/** Whose address is let in gets in. */
const ofAddress = /^(?:['’]s)?\s(?:\p{L}+\s)?(?:ip|address|laptop|connection)\b/iu
/** Behind the name of somebody else, the speaker asks for themselves. */
const forMyself =
  /\b(?:(?:can|could|may|might|should) i\b|i(?:['’]d| would)? (?:need|want|like)|(?:give|grant|let|get) me\b|my\b)/i

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
    if (person.owns) return ofAddress.test(after)
    const rest = text.slice(person.to)
    if (person.from === text.search(/\S/) && /^\s?[:,]\s/.test(rest))
      return !forMyself.test(rest) && !/\byou\b/i.test(rest) && (/^\s?:/.test(rest) || adjoining(person))
    return (
      inForm.test(before) ||
      /\b(?:possible|allowed|okay|ok) for\s$/i.test(before) ||
      (asWished.test(before) && toHave.test(after)) ||
      (asSubject().test(after) &&
        !/^\s(?:wants?|needs?|would like)\s(?:me|us)\b/i.test(after) &&
        !(/^\s(?:wants?|needs?)\b/.test(after) && forMyself.test(rest)) &&
        (about.length === 0 ||
          about.some(({ to }) => to > person.from) ||
          /^\s?\p{L}+ (?:it|this|that|one|access)\b/iu.test(after.replace(/^['’]ll/, '')))) ||
      (asObject().test(before) && !/\bask/i.test(before)) ||
      (asReceiver().test(before) && adjoining(person)) ||
      (receives().test(after.slice(0, 5)) && scriptWithoutSpaces.test(text))
    )
  })
  return found ?? meantBy(text, named)
}

/** "Diego ships on Monday. Foundry for him then": who was named before, and not only as the one "for" whom or "with" whom. */
function meantBy(text: string, named: readonly Named[]): Named | undefined {
  const pronoun =
    /\bfor (?:him|her|them)\b(?!\s\p{L}+(?:s|ing)\b)|\b(?:give|grant|get|set|let|allow) (?:him|her|them)\b|\bon (?:his|her|their) behalf\b|(?:^|[.!?,]\s)(?:he|she|they) (?:gets?|needs?|should (?:get|have)|shall have|is to have)\b/iu.exec(
      text,
    )
  if (pronoun === null) return undefined
  const earlier = named.filter(({ to }) => to <= pronoun.index)
  const apart = earlier.filter(({ owns }) => !owns)
  const before = apart.length > 0 ? apart : earlier
  return before.findLast(({ from }) => !/\b(?:for|with|of|to|by|from)\s$/i.test(text.slice(0, from))) ?? before.at(-1)
}

const decides =
  /^\s(?:(?:has |have |had )?(?:look|answer|seen|see|approv|declin|refus|den(?:y|ied)|reject|repl|respon|react|sign|decid|read)|left\b)/i
const decider = /\b(?:with|by|only|on|at|called|asked|told|chased|needs?|made|pinged|is)\s$/i
const mine = /\b(?:my|mine|i|i['’](?:ve|m|d)|me)\b/i

const tells = /^\s(?:mention|told|tell|sa(?:id|ys)|think|thought|wrote)/i

/** Who asked for what waits for the speaker: not who only told of it. */
export const askerOf = (text: string, named: readonly Named[]): Named | undefined =>
  named.find(({ to }) => !tells.test(text.slice(to, to + 12)))

/** Whom a question about a request is about: whose it is, not who decides on it or is only spoken of. */
export function subjectOf(text: string, named: readonly Named[]): Named | undefined {
  const owner = named.find(({ owns }) => owns)
  if (owner !== undefined) return owner
  return named.find(({ from, to }) => {
    const before = text.slice(Math.max(0, from - 12), from)
    if (mine.test(text)) return /\b(?:for|of|from|behalf of)\s$/i.test(before)
    if (/\b(?:was|were)\s$/i.test(before)) return true
    return !decider.test(before) && !decides.test(text.slice(to, to + 16))
  })
}
