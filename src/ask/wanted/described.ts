import type { Catalogue } from '../../entitlement/entitlement.ts'
import type { Match, Stretch } from '../ask.ts'
import { type Asked, mostCandidates, partly, type Wanted } from './asked.ts'
import type { Clause } from '../language/clauses.ts'
import type { Sign } from '../language/gist.ts'
import type { Language } from '../language/language.ts'
import { pairIn } from './look-alikes.ts'
import { type Mention, speltWords } from './names.ts'
import { placesOf, unknownIn } from './places.ts'
import { kindWords } from './retrieval-index.ts'
import { type Hints, near, type Near } from './retrieve.ts'
import { stemOf, type Word } from '../language/words.ts'

// How surely words must speak for an entry, in the scores of `near`. Whoever changes one looks at the figures of the tests.

/** More words than this tell no more. */
const mostWords = 40
/** To be what a question is about, so many times ahead of the next. */
const somewhatAhead = 1.08
/** To stand out among words that nobody knows: the score, and the share of it that the next one may have. */
const standsOut = { score: 3, next: 0.6 }
const standsFarOut = { score: 2.2, next: 0.45 }
const standsOutByOneWord = { score: 3, next: 0.2 }
/** To be one of two things joined by "and". */
const oneOfSeveral = { cover: 0.7, score: 2.4, next: 0.8 }
/** To be meant beside a name. */
const besideName = { cover: 0.75, score: 2.2 }
/** To be offered at all. */
const nearEnough = { cover: 0.42, score: 1.5 }
/** The share of the best one's score that makes another as likely: by several words, and by one alone. */
const alikeByWords = 0.8
const alikeByOneWord = 0.6
/** The share of the best one's score from which something broader would do as well, and how many of those are named. */
const wouldDo = 0.35
const mostBroader = 3

/** No name at all: what is asked for is told by some of its words, by a task, or by a detail. */
export function described(asked: Asked): Wanted {
  const { text, clauses, hints, catalogue, language } = asked
  const several = severalDescribed(asked)
  const working = clauses.flatMap(({ signs }) => signs.filter(({ is }) => tellsIntent.has(is)))
  const isAbout = (word: Word): boolean => working.some(({ from, to }) => from <= word.from && word.to <= to)
  if (several !== undefined) return several
  const granted = clauses.filter(({ from, to }) => !refuses.test(text.slice(from, to)))
  for (const stretches of [...readings(granted), ...(granted.length < clauses.length ? readings(clauses) : [])]) {
    const words = stretches
      .flatMap((stretch) => wordsWithin(stretch, text, catalogue, language))
      .filter((word) => !isAbout(word))
      .slice(0, mostWords)
    const ranked = near(words, hints, catalogue, language)
    const chosen = chosenFrom(ranked).filter(
      ({ by }) =>
        by.length > 1 ||
        new Set(stretches.map(({ kind }) => kind === 'ask')).size === 1 ||
        words.some((word) => by.includes(word.raw) && isSpokenOf(text, word)) ||
        hints.kinds.length > 0,
    )
    const pair =
      chosen.length > 2
        ? pairIn(
            asked,
            chosen.map(({ id }) => id),
          )
        : undefined
    if (chosen.length > 0)
      return {
        matches: (pair?.ids ?? chosen.map(({ id }) => id)).map(partly),
        each: pair?.each ?? false,
        never: false,
        ...placesOf(words, chosen, stretches, text, language),
        by: chosen[0]?.by ?? [],
        broader: broaderThan(chosen, ranked),
        ...clearestOf(chosen),
      }
  }
  const standing = standingOut(asked, isAbout)
  if (standing !== undefined) return standing
  // Something unknown is asked for: its words are no reason either.
  const [ask] = clauses.filter(({ kind }) => kind === 'ask')
  const unknown = ask === undefined ? [] : unknownIn(ask, text, language)
  return { matches: [], each: false, never: false, said: unknown, about: unknown, by: [] }
}

/** "No host exception, no IP: a public address": what is only ruled out. */
const refuses = /^\W{0,3}(?:no|not)\s(?!tags?\b|more\b|longer\b|idea\b|wait\b|sure\b)/i

/** Of several that are alike, the one that is told by more than one word and is somewhat ahead. */
function clearestOf([best, next]: readonly Near[]): Pick<Wanted, 'clearest'> {
  const own = best?.by.filter((word) => !isOfKind(word)) ?? []
  return best !== undefined && own.length > 1 && best.score > (next?.score ?? 0) * somewhatAhead
    ? { clearest: best.id }
    : {}
}

/** "Directory role", "access package" are what many are, and name none. */
const ofKinds = new Set(Object.values(kindWords).flatMap((words) => words.split(' ').map(stemOf)))
const isOfKind = (word: string): boolean => ofKinds.has(stemOf(word))

/** Among words that nobody knows, several that only one entry goes by: "secrets officer on kv-ai-prod, it leaked". */
function standingOut({ text, clauses, details, hints, catalogue, language }: Asked, isAbout: (word: Word) => boolean) {
  let found: { readonly best: Near; readonly clause: Clause } | undefined
  for (const clause of clauses) {
    // Behind what asks, what is told of somebody else's trouble asks for nothing.
    const tells = clause.kind !== 'ask' && clauses.some(({ kind, from }) => kind === 'ask' && from < clause.from)
    if (clause.kind === 'frame' || tells || refuses.test(text.slice(clause.from, clause.to))) continue
    const kinds = details.filter(({ from }) => from >= clause.from && from < clause.to).map(({ kind }) => kind)
    const words = wordsWithin(clause, text, catalogue, language)
      .filter((word) => !isAbout(word))
      .slice(0, mostWords)
    const [best, next] = near(words, { ...hints, kinds }, catalogue, language)
    if (best === undefined || !isAlone(best, next?.score ?? 0)) continue
    if (best.by.length === 1 && !words.some((word) => word.raw === best.by[0] && isSpokenOf(text, word))) continue
    if (found === undefined || best.score > found.best.score) found = { best, clause }
  }
  if (found === undefined) return undefined
  return {
    matches: [partly(found.best.id)],
    each: false,
    never: false,
    said: [],
    about: [found.clause],
    by: found.best.by,
  }
}
/** What one entry must be told by, where most of the words tell nothing: one word only if it is its own. */
function isAlone({ by, score }: Near, next: number): boolean {
  const isAhead = (least: { readonly score: number; readonly next: number }): boolean =>
    score > least.score && next < score * least.next
  return by.length > 1 ? isAhead(standsOut) || isAhead(standsFarOut) : by.length === 1 && isAhead(standsOutByOneWord)
}

/** A thing is "the router", "my region request": a lone word that is none happens to be the same. */
const isSpokenOf = (text: string, { from, to }: Stretch): boolean =>
  /(?:^|[\s(])(?:the|my|our|that|this|those|an?|his|her|their|another|single|\p{L}+['’]?s)\s$/iu.test(
    text.slice(Math.max(0, from - 16), from),
  ) ||
  /^\s(?:request|ask|application|role|access|exception|exemption|decisions?|approvals?|thing)\b/i.test(
    text.slice(to, to + 16),
  )

const wordsWithin = ({ from, to }: Stretch, text: string, catalogue: Catalogue, language: Language): readonly Word[] =>
  speltWords(text.slice(from, to), catalogue, language, true).map((word) => ({
    ...word,
    from: word.from + from,
    to: word.to + from,
  }))

/** Words that say what is to be done, and never of what. */
const tellsIntent = new Set<Sign['is']>([
  ...([
    'who',
    'what',
    'which',
    'when',
    'where',
    'why',
    'how',
    'howlong',
    'whether',
    'be',
    'do',
    'i',
    'my',
    'me',
    'you',
    'other',
    'not',
    'please',
    'need',
    'have',
    'purpose',
  ] as const),
  ...([
    'application',
    'asked',
    'status',
    'yet',
    'wait',
    'denied',
    'own',
    'delegate',
    'away',
    'eligible',
    'exist',
    'difference',
    'most',
    'everyone',
    'if',
    'recap',
    'did',
    'during',
  ] as const),
  ...(['help', 'greet', 'thank', 'praise', 'wrong', 'cancel', 'done', 'unneeded', 'person', 'left', 'list'] as const),
])

/** What else would do for a task, opening more than what is offered for it. */
function broaderThan(chosen: readonly Near[], ranked: readonly Near[]): readonly Match['id'][] {
  const [best] = chosen
  if (best === undefined) return []
  const others = ranked.filter(
    (each) => !chosen.includes(each) && each.score > best.score * wouldDo && each.entry.breadth > best.entry.breadth,
  )
  return others
    .toSorted((a, b) => a.entry.breadth - b.entry.breadth)
    .slice(0, mostBroader)
    .map(({ id }) => id)
}

/** What to look at, in order: what asks, with its reasons, then everything. */
function readings(clauses: readonly Clause[]): readonly (readonly Clause[])[] {
  const asks = clauses.filter(({ kind }) => kind === 'ask')
  const reasons = clauses.filter(({ kind }) => kind === 'reason')
  const all = clauses.filter(({ kind }) => kind !== 'frame')
  return [asks.slice(0, 1), asks, [...asks, ...reasons], all].filter(
    (each, index, list) => each.length > 0 && list.findIndex((other) => other.length === each.length) === index,
  )
}

/** "£300 more budget and 200K TPM": each side of the "and" tells of something else. */
function severalDescribed({ text, clauses, details, hints, catalogue, language }: Asked): Wanted | undefined {
  const clause = clauses.find(({ kind, signs }) => kind === 'ask' && signs.some(({ is }) => is === 'and'))
  if (clause === undefined) return undefined
  const parts: Stretch[] = []
  let from = clause.from
  for (const { is, from: begin, to } of clause.signs)
    if (is === 'and') {
      parts.push({ from, to: begin })
      from = to
    }
  parts.push({ from, to: clause.to })
  const found = parts.map((part) => {
    const kinds = details.filter((detail) => detail.from >= part.from && detail.from < part.to).map(({ kind }) => kind)
    const [best, next] = rankedIn(part, text, { ...hints, kinds }, catalogue, language)
    return best !== undefined &&
      best.cover > oneOfSeveral.cover &&
      best.score > oneOfSeveral.score &&
      (next === undefined || next.score < best.score * oneOfSeveral.next)
      ? best
      : undefined
  })
  const sure = found.flatMap((each) => (each === undefined ? [] : [each]))
  if (sure.length !== parts.length || new Set(sure.map(({ id }) => id)).size !== parts.length) return undefined
  return {
    matches: sure.map(({ id }) => partly(id)),
    each: true,
    never: false,
    said: [clause],
    about: [clause],
    by: sure.flatMap(({ by }) => by),
  }
}

/** The entries that are near enough to be offered: one that stands out, or a few that are alike. */
function chosenFrom(ranked: readonly Near[]): readonly Near[] {
  const [best] = ranked
  if (best === undefined || best.by.length === 0 || best.score < nearEnough.score || best.cover < nearEnough.cover)
    return []
  // One word alone leaves open whose word it is.
  const alike = ranked.filter(
    ({ score, by }) => score > best.score * (best.by.length === 1 && by.length === 1 ? alikeByOneWord : alikeByWords),
  )
  return alike.length > mostCandidates ? [] : alike
}

function rankedIn(
  stretch: Stretch,
  text: string,
  hints: Hints,
  catalogue: Catalogue,
  language: Language,
): readonly Near[] {
  return near(speltWords(text.slice(stretch.from, stretch.to), catalogue, language, true), hints, catalogue, language)
}

/** "The budget raise and 200K TPM": beside a name, something that is only described, joined to it by "and" or "or". */
export function alsoDescribed(
  { text, clauses, details, catalogue, language, hints }: Asked,
  mention: Mention,
): { readonly id: Match['id']; readonly said: Stretch; readonly joint: 'and' | 'or' } | undefined {
  const clause = clauses.find(({ from, to }) => from <= mention.from && mention.from < to)
  if (clause === undefined) return undefined
  const joints = clause.signs.flatMap(({ is, from, to }) =>
    is === 'and' || is === 'or' ? [{ joint: is, from, to }] : [],
  )
  const after = joints.find(({ from }) => from >= mention.to)
  const before = joints.findLast(({ to }) => to <= mention.from)
  const joint = after ?? before
  if (joint === undefined) return undefined
  const stretch = joint === after ? { from: joint.to, to: clause.to } : { from: clause.from, to: joint.from }
  const kinds = details.filter(({ from }) => from >= stretch.from && from < stretch.to).map(({ kind }) => kind)
  const [best] = rankedIn(stretch, text, { ...hints, kinds }, catalogue, language)
  return best !== undefined &&
    !mention.ids.includes(best.id) &&
    best.by.length > 0 &&
    best.cover > besideName.cover &&
    best.score > besideName.score
    ? { id: best.id, said: stretch, joint: joint.joint }
    : undefined
}
