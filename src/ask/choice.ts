import type { Catalogue } from '../entitlement/entitlement.ts'
import type { EntitlementId } from '../entitlement/entry.ts'
import { anyOf, heard, heardWords, once, phrasesIn } from './language/heard.ts'
import { lexicons } from './language/lexicon/lexicons.ts'

/** Which of several was chosen, and the words beside the choice. */
export interface Choice {
  readonly entitlement: EntitlementId
  readonly rest: string
}

/** Places in a list by the words for them, from 0. */
const places = once(
  () =>
    new Map(
      lexicons.flatMap(({ spoken }) =>
        spoken.places.flatMap((phrases, place) => phrasesIn(phrases).map((phrase) => [phrase, place] as const)),
      ),
    ),
)
const last = once(() => heardWords('last'))
const several = once(() => heardWords('several'))
const undecided = once(() => new RegExp(String.raw`\b(?:${heard('undecided')})\b`, 'iu'))
const frame = once(() => heardWords('aroundChoice'))
/** More words than this choose nothing. */
const mostWords = 4
/** Where the choice ends and what else is said begins. */
const boundary = once(() => {
  const units = lexicons.flatMap(({ time }) => Object.keys(time.units).flatMap(phrasesIn))
  return new RegExp(
    String.raw`[,;.\n](?=\s|$)|\s(?:${heard('behindChoice')})\s|\s-\s|\s(?=\d+\s?(?:${anyOf(units)})\b)`,
    'iu',
  )
})

const tokens = (text: string): readonly string[] =>
  (text.match(/[\p{L}\p{N}'’]+/gu) ?? []).map((word) => word.toLowerCase().replaceAll('’', "'"))

/**
 * Which of the candidates a few words choose: by their place in the list, or by a word that only one of them has.
 * `none-of-them` where they choose and no single one is meant; undefined where they choose nothing.
 */
export function choiceIn(
  text: string,
  candidates: readonly EntitlementId[],
  catalogue: Pick<Catalogue, 'entitlements'>,
): Choice | 'none-of-them' | undefined {
  const cut = boundary().exec(text)
  const head = cut === null ? text : text.slice(0, cut.index)
  const rest = cut === null ? '' : text.slice(cut.index)
  // "the prod one" is no number one; alone it is.
  const said = tokens(head).filter((word) => !frame().has(word))
  const words = said.length > 0 ? said : tokens(head).filter((word) => word === 'one' && tokens(head).length === 1)
  if (words.length === 0 || words.length > mostWords) return undecided().test(text) ? 'none-of-them' : undefined
  const at = (entitlement: EntitlementId | undefined): Choice | 'none-of-them' =>
    entitlement === undefined ? 'none-of-them' : { entitlement, rest }
  const [word = '', ...more] = words
  if (more.length === 0) {
    if (last().has(word)) return at(candidates.at(-1))
    const place = places().get(word)
    if (place !== undefined) return at(candidates[place])
    if (/^\d{1,2}(?:st|nd|rd|th)?$/.test(word)) return 'none-of-them'
  }
  if (several().has(word) || undecided().test(text)) return 'none-of-them'
  return byWords(words, candidates, catalogue, at)
}

/** By what only one of them is called, else by what only one of them grants. */
function byWords(
  words: readonly string[],
  candidates: readonly EntitlementId[],
  { entitlements }: Pick<Catalogue, 'entitlements'>,
  at: (entitlement: EntitlementId | undefined) => Choice | 'none-of-them',
): Choice | 'none-of-them' | undefined {
  const denied = words[0] === 'not'
  const wanted = denied ? words.slice(1) : words
  for (const read of ['called', 'granting'] as const) {
    const fits = candidates.filter((id) => {
      const entry = entitlements.get(id)
      if (entry === undefined) return false
      const called = [entry.name, entry.id, ...entry.aliases]
      const own = tokens([...called, ...(read === 'called' ? [] : [entry.grants])].join(' ').replaceAll('-', ' '))
      return wanted.every((word) => own.some((other) => alike(word, other)))
    })
    if (fits.length === 0) continue
    if (denied) {
      const left = candidates.filter((id) => !fits.includes(id))
      return left.length === 1 ? at(left[0]) : 'none-of-them'
    }
    if (fits.length === 1) return at(fits[0])
    // Every one of them is called so: that chooses nothing, and says no more than the question did.
    if (read === 'granting' || fits.length < candidates.length) return 'none-of-them'
  }
  return undefined
}

/** The same word, or the short form of it: prod and production, admin and administrator. */
const alike = (one: string, other: string): boolean =>
  one === other || (Math.min(one.length, other.length) >= 3 && (one.startsWith(other) || other.startsWith(one)))
