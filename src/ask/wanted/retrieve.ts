import type { Catalogue } from '../../entitlement/entitlement.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import { environments, holders } from '../language/field.ts'
import { isFrame, type Language } from '../language/language.ts'
import { ideaKey, type Indexed, kindKey, retrievalOf, type RetrievalIndex } from './retrieval-index.ts'
import { ideasOf, stemOf, type Word } from '../language/words.ts'

/** What a text comes near to, and how surely. */
export interface Near {
  readonly id: EntitlementId
  readonly score: number
  /** Which share of what was said it explains, from 0 to 1: words that nobody knows weigh most. */
  readonly cover: number
  /** The words that led to it. */
  readonly by: readonly string[]
  readonly entry: Indexed
}

/** What else is known of what is asked for. */
export interface Hints {
  /** Kinds of exception that the details point to: an amount of money to a budget. */
  readonly kinds: readonly string[]
  /** Asked for how long, in milliseconds. */
  readonly duration?: number
}

/** How much a word that only frames a request tells: in "emergency access" it belongs to the name. */
const ofFrame = 0.3
/** How much a kind tells to which a detail points. */
const ofKind = 3.2

/** An entry explains more of a word than it scores for it: one that holds a good part of its weight explains it all. */
const explains = 1.6
/** How much a word that nobody knows would have told, of the rarest. */
const ofUnknown = 0.8
/** An idea that so many entries share tells nothing, and costs the most. */
const tooCommon = 1000
/** What an entry is worth with none of its name said, and what all of its name adds. */
const unnamed = 0.75
const wholeName = 0.5
/** What is left of an entry for another holder, for so many times shorter, or that is nowhere where a place was said. */
const forAnotherHolder = 0.4
const forMuchShorter = 0.5
const farTooLong = 3
const placeless = 0.6

/** Of a large catalogue, only so many are looked at closely. */
const closely = 150

/** Entries by what these words say of them, best first. */
export function near(words: readonly Word[], hints: Hints, catalogue: Catalogue, language: Language): readonly Near[] {
  const index = retrievalOf(catalogue)
  const tally = new Map<number, { score: number; explained: number; by: string[] }>()
  const say = (entry: number, score: number, explained: number, by: string | undefined) => {
    const so = tally.get(entry)
    if (so === undefined) tally.set(entry, { score, explained, by: by === undefined ? [] : [by] })
    else {
      so.score += score
      so.explained += explained
      if (by !== undefined) so.by.push(by)
    }
  }
  let total = 0
  const seen = new Set<string>()
  for (const word of words) {
    if (seen.has(word.stem)) continue
    seen.add(word.stem)
    const frame = isFrame(word, language)
    const keys = keysOf(word, index)
    if (keys.length === 0 && (frame || word.raw.length < 2)) continue
    const tells = frame ? ofFrame : 1
    const most = keys.length === 0 ? unknown(index) : Math.max(...keys.map((key) => index.rarity(key)))
    total += tells * most
    for (const [entry, value] of best(keys, index))
      say(entry, tells * value, tells * Math.min(most, value * explains), frame ? undefined : word.raw)
  }
  for (const kind of hints.kinds)
    for (const { entry } of index.postings.get(kindKey(kind)) ?? []) say(entry, ofKind, ofKind, kind)
  const stems = new Set(words.map(({ stem }) => stem))
  const found: Near[] = []
  for (const [number, { score, explained, by }] of foremost(tally)) {
    const entry = index.entries[number]
    const fits = entry === undefined ? 0 : fitting(entry, stems, hints)
    if (entry === undefined || fits === 0) continue
    const cover = total === 0 ? 1 : Math.min(1, explained / total)
    found.push({
      id: entry.id,
      score: score * fits * (unnamed + wholeName * named(entry, stems, index)),
      cover,
      by,
      entry,
    })
  }
  return found.toSorted((a, b) => b.score - a.score || a.entry.breadth - b.entry.breadth || (a.id < b.id ? -1 : 1))
}

function foremost<T extends { score: number }>(tally: ReadonlyMap<number, T>): Iterable<readonly [number, T]> {
  if (tally.size <= closely) return tally
  const scores = Float64Array.from(tally.values(), ({ score }) => score).sort()
  const least = scores[scores.length - closely] ?? 0
  return [...tally].filter(([, { score }]) => score >= least).slice(0, closely * 2)
}

const unknown = (index: RetrievalIndex): number => Math.log(1 + index.entries.length) * ofUnknown

const keysOf = ({ stem }: Word, index: RetrievalIndex): readonly string[] =>
  [stem, ...ideasOf(stem).map(ideaKey)].filter((key) => {
    const many = index.postings.get(key)?.length ?? 0
    return many > 0 && (many < tooCommon || key === stem)
  })

/** For each entry the most that one of these keys says of it. */
function best(keys: readonly string[], index: RetrievalIndex): ReadonlyMap<number, number> {
  const values = new Map<number, number>()
  for (const key of keys) {
    const rarity = index.rarity(key)
    for (const { entry, weight } of index.postings.get(key) ?? []) {
      const value = rarity * weight
      if (value > (values.get(entry) ?? 0)) values.set(entry, value)
    }
  }
  return values
}

/** Which share of one of its names was said. */
function named({ names }: Indexed, stems: ReadonlySet<string>, index: RetrievalIndex): number {
  let most = 0
  for (const name of names) {
    let said = 0
    let all = 0
    for (const stem of name) {
      const rarity = index.rarity(stem)
      all += rarity
      if (stems.has(stem)) said += rarity
    }
    if (all > 0) most = Math.max(most, said / all)
  }
  return most
}

const spokenHolders = holders.filter((name) => name !== 'user' && name !== 'owner')

/** How well an entry goes with what was said otherwise; 0 rules it out. */
function fitting(entry: Indexed, stems: ReadonlySet<string>, { duration }: Hints): number {
  const otherPlace = (said: string, meant: string): boolean =>
    stems.has(said) && !stems.has(meant) && entry.environments.has(meant) && !entry.environments.has(said)
  if (otherPlace('prod', 'sandbox') || otherPlace('sandbox', 'prod')) return 0
  // Who says where means something that is there, rather than something that is nowhere in particular.
  const elsewhere = environments.some((name) => stems.has(name)) && entry.environments.size === 0
  const asked = spokenHolders.filter((name) => stems.has(stemOf(name)))
  const wrongHolder = asked.length > 0 && entry.holders.size > 0 && !asked.some((name) => entry.holders.has(name))
  const tooLong = duration !== undefined && duration > entry.longest * farTooLong
  return (wrongHolder ? forAnotherHolder : 1) * (tooLong ? forMuchShorter : 1) * (elsewhere ? placeless : 1)
}
