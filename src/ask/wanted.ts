import type { Catalogue, EntitlementId } from '../entitlement/entitlement.ts'
import type { Match, Stretch } from './ask.ts'
import { mentionsIn, partlyNamed, widened, type Mention } from './names.ts'
import { onlyFrame } from './reason.ts'
import { blank } from './when.ts'
import { isFrame, wordsOf } from './words.ts'

/** What a message wants, and the stretches that said only that: a name inside a reason is left to the reason. */
export interface Wanted {
  readonly matches: readonly Match[]
  readonly each: boolean
  readonly never: boolean
  readonly said: readonly Stretch[]
  /** Every place where the text names what is wanted. */
  readonly about: readonly Stretch[]
}

/** More than this fits everything and helps nobody. */
const mostCandidates = 6

/** @param said what has been understood otherwise: tickets, times, people. */
export function wantedIn(text: string, said: readonly Stretch[], catalogue: Catalogue): Wanted {
  const clear = blank(text, said)
  const named = mentionsIn(clear, catalogue)
  const mentions = withoutDenied(clear, named)
  const [first, ...rest] = mentions
  if (first === undefined) return partly(clear, catalogue)
  const { heads, each } = headsOf(clear, first, rest, catalogue)
  const doubt = heads.length === 1 && isDoubtful(clear, first) ? siblings(clear, first, catalogue) : []
  const matches = uniqueMatches([...heads.flatMap(({ ids, sure }) => ids.map((id) => ({ id, sure }))), ...doubt])
  const aside = named.filter((mention) => heads.includes(mention) || !mentions.includes(mention))
  const wide = aside.map((head) => widened(clear, head, catalogue))
  const masks = wide.filter((head) => leadsIn(clear, head, wide))
  return {
    matches: matches.slice(0, mostCandidates),
    each,
    never: heads.some(({ never }) => never),
    said: masks,
    about: aside,
  }
}

const doubtful = /\b(?:not sure|no idea|unsure|don'?t know|dunno|dont know|one of the|whichever)\b/i
/** "That assistant that may also push": what is added to a name may make it another one; so may what a script
 * without spaces adds. */
const isDoubtful = (text: string, { to }: Mention): boolean =>
  doubtful.test(text) ||
  /^\s?[\u3040-\u9fff]/.test(text.slice(to, to + 2)) ||
  /^ (?:that|which) (?:is|can|may|has|also|lets)\b/i.test(text.slice(to, to + 16))
const denied = /\bnot (?:the |a |an )?$/i
const corrects = /\b(?:sorry|meant|i mean|mean|no wait|rather|instead|correction)\b/i

/** "Not cloud app admin, the plain one": what is denied is not wanted, unless nothing else is named. */
function withoutDenied(text: string, mentions: readonly Mention[]): readonly Mention[] {
  const wanted = mentions.filter(({ from }) => !denied.test(text.slice(Math.max(0, from - 12), from)))
  return wanted.length > 0 ? wanted : mentions
}

/** The first name, and those that the words put beside it: with "and", "+" all are meant, with "or" one of them. */
function headsOf(
  text: string,
  first: Mention,
  rest: readonly Mention[],
  catalogue: Catalogue,
): { readonly heads: readonly Mention[]; readonly each: boolean } {
  let heads: readonly Mention[] = [first]
  let waiting: readonly Mention[] = []
  let each = false
  let last = first
  for (const mention of rest) {
    const between = text.slice(widened(text, last, catalogue).to, mention.from)
    if (between.length > 80) break
    if (
      corrects.test(between) &&
      onlyFrame(between.replace(/\b(?:meant|mean|rather|instead|correction|no|wait)\b/gi, ' '))
    )
      heads = [mention]
    else if (/^[\s,]{0,3}(?:or|oder|ou|o)\b/i.test(between) && onlyFrame(between)) heads = [...heads, mention]
    else if (/^[\s,]{1,3}(?:the |a )?$/i.test(between)) waiting = [...waiting, mention]
    else if (joins.test(between) && onlyFrame(between)) {
      heads = [...heads, ...waiting, mention]
      waiting = []
      each = true
    } else break
    last = mention
  }
  return { heads, each }
}
const joins = /(?:^|[\s,])(?:and|plus|n|und|y|et|as well as)\b|[&+]/i

const uniqueMatches = (matches: readonly Match[]): readonly Match[] =>
  matches.filter(({ id }, index) => matches.findIndex((other) => other.id === id) === index)

/** Whether the words before a name, in its own clause, only ask for it: then the name is no part of a reason. */
function leadsIn(text: string, head: Stretch, heads: readonly Stretch[]): boolean {
  const before = blank(
    text.slice(0, head.from),
    heads.filter(({ to }) => to <= head.from),
  )
  const clause = before.split(/[.!?;:\n,](?=\s)|\s[-–—]\s/).at(-1) ?? ''
  return onlyFrame(clause)
}

/** Entries that have all words of the name that was said: what somebody may mean who is not sure. */
const siblings = (text: string, { from, to }: Mention, catalogue: Catalogue): readonly Match[] =>
  partlyNamed(wordsOf(text.slice(from, to)), catalogue).map((id: EntitlementId) => ({ id, sure: 'partly' }))

/** No name at all: the first words that ask for something may still be some words of one. */
function partly(text: string, catalogue: Catalogue): Wanted {
  for (const clause of clausesOf(text)) {
    const words = wordsOf(clause.words).filter((word) => !isFrame(word))
    if (words.length === 0) continue
    const ids = words.length > 6 ? [] : partlyNamed(words, catalogue)
    const fits = ids.length > 0 && ids.length <= mostCandidates
    if (words.length > 5 && !fits) break
    const from = clause.from + (words[0]?.from ?? 0)
    const to = clause.from + (words.at(-1)?.to ?? 0)
    return {
      matches: fits ? ids.map((id) => ({ id, sure: 'partly' })) : [],
      each: false,
      never: false,
      said: [{ from, to }],
      about: [{ from, to }],
    }
  }
  return { matches: [], each: false, never: false, said: [], about: [] }
}

/** The text's clauses, also cut where something else stood and where a reason begins. */
function clausesOf(text: string): readonly { readonly words: string; readonly from: number }[] {
  const cuts = /[.!?;:\n,()]|\s{3,}|(?<!\b(?:has|have|needs?|wants?|like|got))\s(?:to|because|so|since|for|as)(?=\s)/gi
  const clauses: { words: string; from: number }[] = []
  let from = 0
  for (const match of text.matchAll(cuts)) {
    clauses.push({ words: text.slice(from, match.index), from })
    from = match.index + match[0].length
  }
  return [...clauses, { words: text.slice(from), from }]
}
