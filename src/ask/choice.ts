import type { Catalogue } from '../entitlement/entitlement.ts'
import type { EntitlementId } from '../entitlement/entry.ts'

/** Which of several was chosen, and the words beside the choice. */
export interface Choice {
  readonly entitlement: EntitlementId
  readonly rest: string
}

const ordinals: readonly RegExp[] = [
  /^(?:1|1st|first|one|a|former|upper|top|erste[nrs]?|primer[ao]?|premi[eè]re?|primeir[ao])$/iu,
  /^(?:2|2nd|second|two|b|zweite[nrs]?|segund[ao]|deuxi[eè]me|seconde?)$/iu,
  /^(?:3|3rd|third|three|c|dritte[nrs]?|tercer[ao]?|troisi[eè]me|terceir[ao])$/iu,
  /^(?:4|4th|fourth|four|d|vierte[nrs]?|cuart[ao]|quatri[eè]me|quart[ao])$/iu,
  /^(?:5|5th|fifth|five|e|fünfte[nrs]?|quint[ao]|cinqui[eè]me)$/iu,
  /^(?:6|6th|sixth|six|f|sechste[nrs]?)$/iu,
  /^(?:7|7th|seventh|seven|g)$/iu,
  /^(?:8|8th|eighth|eight|h)$/iu,
]
const last = /^(?:last|latter|bottom|lower|letzte[nrs]?|[uú]ltim[ao]|derni[eè]re?)$/iu
const several = /^(?:both|all|each|every|either|any|whichever|beide|alle|ambos|todos|tous)$/iu
const dontKnow = /\b(?:don'?t know|dunno|not sure|no idea|you (?:choose|decide|pick)|weiß nicht)\b/iu
/** What may stand round a choice without choosing. */
const frame = new Set(
  `the one ones number no nr option choice please pls i mean meant i'd i'll want need take like would go with that this it's its is think
  ok okay yes yeah it sorry actually rather and my a an for me role access thanks thx from list er um hm well der die das el la le les
  bitte ich nehme per favor quiero s'il te plaît`.split(/\s+/),
)
/** Where the choice ends and what else is said begins. */
const boundary =
  /[,;.\n](?=\s|$)|\s(?:because|since|so that|so i|in order|to|for|until|till|from|starting|weil|für|bis|und zwar|and)\s|\s-\s|\s(?=\d+\s?(?:m|min|mins|minutes?|h|hrs?|hours?|d|days?|weeks?|stunden?)\b)/iu

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
  const cut = boundary.exec(text)
  const head = cut === null ? text : text.slice(0, cut.index)
  const rest = cut === null ? '' : text.slice(cut.index)
  // "the prod one" is no number one; alone it is.
  const said = tokens(head).filter((word) => !frame.has(word))
  const words = said.length > 0 ? said : tokens(head).filter((word) => word === 'one' && tokens(head).length === 1)
  if (words.length === 0 || words.length > 4) return dontKnow.test(text) ? 'none-of-them' : undefined
  const at = (entitlement: EntitlementId | undefined): Choice | 'none-of-them' =>
    entitlement === undefined ? 'none-of-them' : { entitlement, rest }
  const [word = '', ...more] = words
  if (more.length === 0) {
    if (last.test(word)) return at(candidates.at(-1))
    const place = ordinals.findIndex((ordinal) => ordinal.test(word))
    if (place >= 0) return at(candidates[place])
    if (/^\d{1,2}(?:st|nd|rd|th)?$/.test(word)) return 'none-of-them'
  }
  if (several.test(word) || dontKnow.test(text)) return 'none-of-them'
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
