import type { Catalogue } from '../entitlement/entitlement.ts'
import type { Match, Stretch } from './ask.ts'
import type { Clause } from './clauses.ts'
import { isFrame, type Language } from './language.ts'
import { kinOf, type Mention, speltWords, widened } from './names.ts'
import { onlyFrame } from './frame.ts'
import { retrievalOf } from './retrieval-index.ts'
import { type Hints, near, type Near } from './retrieve.ts'
import { blank } from './when.ts'
import type { Sign } from './gist.ts'
import { ideasOf, type Word } from './words.ts'

/** What a message wants, and the stretches that said only that: a name inside a reason is left to the reason. */
export interface Wanted {
  readonly matches: readonly Match[]
  readonly each: boolean
  readonly never: boolean
  readonly said: readonly Stretch[]
  /** Every place where the text names what is wanted. */
  readonly about: readonly Stretch[]
  /** The words that led to it, where it was not named. */
  readonly by: readonly string[]
  /** What goes as well with a task that was told, and opens more. */
  readonly broader?: readonly Match['id'][]
}

/** A message as what is wanted is looked for in it. */
export interface Asked {
  /** What has been understood otherwise is blank in it. */
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly clauses: readonly Clause[]
  readonly hints: Hints
  readonly details: readonly (Stretch & { readonly kind: string })[]
  readonly catalogue: Catalogue
  readonly language: Language
}

/** More than this fits everything and helps nobody. */
const mostCandidates = 6

export function wantedIn(asked: Asked): Wanted {
  const { text, catalogue, language } = asked
  const mentions = withoutDenied(text, asked.mentions)
  const [first, ...rest] = fromMainClause(mentions, asked)
  if (first === undefined) return described(asked)
  const { heads, each } = headsOf(asked, first, rest)
  const doubt =
    heads.length === 1 && !first.never && isDoubtful(text, first) ? kinOf(first.stems, catalogue).map(partly) : []
  const better =
    heads.length === 1 && doubt.length === 0 ? (sharedHead(asked, first) ?? qualified(asked, first)) : undefined
  const named = heads.flatMap(({ ids, sure }) => ids.map((id): Match => ({ id, sure })))
  const more = heads.length === 1 && !first.never ? alsoDescribed(asked, first) : undefined
  const matches = uniqueMatches(better ?? [...named, ...doubt, ...(more === undefined ? [] : [partly(more.id)])])
  const aside = asked.mentions.filter((mention) => heads.includes(mention) || !mentions.includes(mention))
  const wide = aside.map((head) => widened(text, head, catalogue, language))
  const masks = wide.filter((head) => leadsIn(text, head, wide, language))
  return {
    matches: matches.slice(0, mostCandidates),
    each:
      (each ||
        (more !== undefined && more.joint === 'and') ||
        (better !== undefined && better.length > 1 && !/\b(?:or|oder|ou|o|whichever|either)\b/i.test(text))) &&
      matches.length > 1,
    never: heads.some(({ never }) => never),
    said: more === undefined ? masks : [...masks, more.said],
    about: aside,
    by: [],
  }
}

const partly = (id: Match['id']): Match => ({ id, sure: 'partly' })

/** A name in a reason is wanted only where none stands elsewhere. */
function fromMainClause(mentions: readonly Mention[], { text, clauses }: Asked): readonly Mention[] {
  const reasons = clauses.filter(({ kind }) => kind === 'reason')
  const main = mentions.filter(({ from }) => !reasons.some((reason) => reason.from <= from && from < reason.to))
  const told = main.length > 0 ? main : mentions
  const [first] = told
  const clauseOf = ({ from }: Mention) => clauses.find((clause) => clause.from <= from && from < clause.to)
  const says = (mention: Mention, which: ReadonlySet<Sign['is']>): boolean =>
    clauseOf(mention)?.signs.some(({ is }) => which.has(is)) === true
  if (first === undefined || says(first, asks)) return told
  // "The enterprise app points at the old host. I'd like Cloud Application Administrator": the one that is wished for.
  const wished = told.filter((mention) => says(mention, wishes))
  return wished[0] !== undefined && !joins.test(text.slice(first.to, wished[0].from)) ? wished : told
}
const wishes = new Set<Sign['is']>(['need', 'give'])
const asks = new Set<Sign['is']>([
  'need',
  'give',
  'get',
  'have',
  'please',
  'activate',
  'allow',
  'lets',
  'extend',
  'keep',
  'longer',
  'length',
  'moment',
  'ticket',
  'end',
  'take',
  'my',
])

const doubtful =
  /\b(?:not sure|no idea|unsure|not certain|don'?t know|dunno|idk|one of the|whichever|either of|can'?t remember (?:which|what|if)|don'?t remember|do not know|can'?t tell|which is mine|don'?t care which|weiss nicht|no s[eé] cu[aá]l|sais pas)\b/i
const notPlain = /\bnot (?:the )?(?:plain|standard|normal|basic|ordinary|regular|simple)\b/i
const isDoubtful = (text: string, { to }: Mention): boolean =>
  doubtful.test(text) || notPlain.test(text.slice(to, to + 60)) || /^\s?[\u3040-\u9fff]/.test(text.slice(to, to + 2))
const denied =
  /(?:\bnot|(?:^|[.!?,;] )no|\binstead of|\brather than|\bisn't|\bdon'?t (?:need|want|give me)|\bdo not (?:need|want|give me)|\bnicht|\bno el|\bpas) (?:the |a |an |for |whole |all |of |full ){0,4}$/i
const corrects =
  /\b(?:sorry|meant|i mean|mean|no wait|rather|instead|correction|actually|scratch that|make that|nope)\b|^\W{0,4}no\W|\bno\W{0,3}$/i

/** "Not cloud app admin, the plain one": what is denied is not wanted, unless nothing else is named. */
function withoutDenied(text: string, mentions: readonly Mention[]): readonly Mention[] {
  const wanted = mentions.filter(({ from }) => !denied.test(text.slice(Math.max(0, from - 40), from)))
  return wanted.length > 0 ? wanted : mentions
}

/** The first name, and those that the words put beside it: with "and", "+" all are meant, with "or" one of them. */
function headsOf(
  { text, catalogue, language }: Asked,
  first: Mention,
  rest: readonly Mention[],
): { readonly heads: readonly Mention[]; readonly each: boolean } {
  let heads: readonly Mention[] = [first]
  let waiting: readonly Mention[] = []
  let each = false
  let last = first
  for (const mention of rest) {
    const between = text.slice(widened(text, last, catalogue, language).to, mention.from)
    if (between.length > 90) break
    const bare = between.replace(/\b(?:meant|mean|rather|instead|correction|no|wait|scratch|actually)\b/gi, ' ')
    if (corrects.test(between) && onlyFrame(bare, language)) heads = [mention]
    else if (/(?:^|[\s,])(?:or|oder|ou|o|\/)(?=\s|$)/i.test(between) && onlyFrame(between, language))
      heads = [...heads, mention]
    else if (/^[\s,]{1,3}(?:the |a )?$/i.test(between)) waiting = [...waiting, mention]
    else if (joins.test(between) && onlyFrame(between, language)) {
      heads = [...heads, ...waiting, mention]
      waiting = []
      each = true
    } else break
    last = mention
  }
  // "Give both back: the vault, app admin".
  if (!each && waiting.length > 0 && all.test(text)) return { heads: [...heads, ...waiting], each: true }
  return { heads, each }
}
const all =
  /\b(?:both|all (?:two|three|four|of (?:them|these))|beide|alle drei|ambos|ambas|tous les deux|os dois|as duas)\b|両方/i
const joins = /(?:^|[\s,])(?:and|plus|n|und|y|e|et|sowie|as well as|along with|together with)\b|[&+]|と/i

const uniqueMatches = (matches: readonly Match[]): readonly Match[] =>
  matches.filter(({ id }, index) => matches.findIndex((other) => other.id === id) === index)

/** Whether the words before a name, in its own clause, only ask for it: then the name is no part of a reason. */
function leadsIn(text: string, head: Stretch, heads: readonly Stretch[], language: Language): boolean {
  const before = blank(
    text.slice(0, head.from),
    heads.filter(({ to }) => to <= head.from),
  )
  const clause = before.split(/[.!?;:\n,](?=\s)|\s[-–—]\s/).at(-1) ?? ''
  return onlyFrame(clause, language)
}

/** The words of the sentence around a mention, up to the next comma or full stop. */
function around(text: string, { from, to }: Stretch): Stretch {
  const before = text.slice(0, from).search(/[^,.;?!\n]*$/)
  const after = text.slice(to).search(/[,.;?!\n]/)
  return { from: before, to: after < 0 ? text.length : to + after }
}

/** "The standard and the elevated coding assistant": two of one kin, told apart by words that stand before. */
function sharedHead({ text, catalogue, language }: Asked, mention: Mention): readonly Match[] | undefined {
  const stretch = around(text, mention)
  const clause = text.slice(stretch.from, stretch.to)
  if (mention.stems.length < 2 || !/\b(?:and|or|und|oder|y|e|et|ou|o|vs|versus|than)\b|[&/]/i.test(clause))
    return undefined
  const said = new Set(speltWords(clause, catalogue, language).map(({ stem }) => stem))
  const kin = kinOf(mention.stems.slice(-2), catalogue)
  const { byId } = retrievalOf(catalogue)
  if (kin.length > mostCandidates * 3) return undefined
  const entries = kin.flatMap((id) => byId.get(id) ?? [])
  const apart = entries.filter(({ stems, names }) => {
    const own = new Set(names.flat())
    return [...own].some(
      (stem) => said.has(stem) && (stems.get(stem) ?? 0) >= 0.5 && entries.some((other) => !other.stems.has(stem)),
    )
  })
  return apart.length > 1 && apart.length < 4 && apart.some(({ id }) => mention.ids.includes(id))
    ? apart.map(({ id }) => partly(id))
    : undefined
}

const qualifies = /^ ?(?:that|which|who|with|w\/|can|may|incl|including|able|allowed|mit|con|avec|com)(?![\p{L}])/iu
const kindOf = /\b(?:flavou?r|version|variant|edition|kind|sort|type) of (?:the |a )?$/i
const opensWithWhich = /^\W{0,3}(?:and |so )?(?:which|what|welche[rs]?|cu[aá]l|quel(?:le)?|qual)(?![\p{L}])/iu

/** "That coding assistant which may also push": what is added to a name may make it another one of its kin. */
function qualified({ text, hints, catalogue, language }: Asked, mention: Mention): readonly Match[] | undefined {
  if (mention.ids.length !== 1) return undefined
  const kin = kinOf(mention.stems, catalogue)
  if (kin.length < 2) return undefined
  const stretch = around(text, mention)
  if (
    !qualifies.test(text.slice(mention.to, stretch.to)) &&
    !opensWithWhich.test(text.slice(stretch.from)) &&
    !kindOf.test(text.slice(stretch.from, mention.from))
  )
    return undefined
  const words = speltWords(text.slice(stretch.from, stretch.to), catalogue, language, true)
  const ranked = near(words, hints, catalogue, language).filter(({ id }) => kin.includes(id))
  const own = ranked.find(({ id }) => mention.ids.includes(id))
  const [best] = ranked
  return best !== undefined && own !== undefined && best !== own && best.score > own.score
    ? [partly(best.id)]
    : undefined
}

/** "The budget raise and 200K TPM": beside a name, something that is only described, joined to it by "and" or "or". */
function alsoDescribed(
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
    best.cover > 0.75 &&
    best.score > 2.2
    ? { id: best.id, said: stretch, joint: joint.joint }
    : undefined
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

/** No name at all: what is asked for is told by some of its words, by a task, or by a detail. */
function described(asked: Asked): Wanted {
  const { text, clauses, hints, catalogue, language } = asked
  const several = severalDescribed(asked)
  const working = clauses.flatMap(({ signs }) => signs.filter(({ is }) => tellsIntent.has(is)))
  const isAbout = (word: Word): boolean => working.some(({ from, to }) => from <= word.from && word.to <= to)
  if (several !== undefined) return several
  for (const stretches of readings(clauses)) {
    const words = stretches
      .flatMap(({ from, to }) =>
        speltWords(text.slice(from, to), catalogue, language, true).map((word) => ({
          ...word,
          from: word.from + from,
          to: word.to + from,
        })),
      )
      .filter((word) => !isAbout(word))
      .slice(0, 40)
    const ranked = near(words, hints, catalogue, language)
    const chosen = chosenFrom(ranked)
    if (chosen.length > 0)
      return {
        matches: chosen.map(({ id }) => partly(id)),
        each: false,
        never: false,
        ...placesOf(words, chosen, stretches, text, language),
        by: chosen[0]?.by ?? [],
        broader: broaderThan(chosen, ranked),
      }
  }
  // Something unknown is asked for: its words are no reason either.
  const [ask] = clauses.filter(({ kind }) => kind === 'ask')
  const asking = ask === undefined ? [] : segmentsOf(text, ask)
  const named = asking.findIndex(({ from, to }) => !onlyFrame(text.slice(from, to), language))
  const unknown = asking.filter(
    ({ from, to }, index) =>
      named < 0 ||
      index <= named ||
      ask?.signs.some((sign) => (sign.is === 'need' || sign.is === 'can') && from <= sign.from && sign.to <= to) ===
        true,
  )
  return { matches: [], each: false, never: false, said: unknown, about: unknown, by: [] }
}

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
    (each) => !chosen.includes(each) && each.score > best.score * 0.35 && each.entry.breadth > best.entry.breadth,
  )
  return others
    .toSorted((a, b) => a.entry.breadth - b.entry.breadth)
    .slice(0, 3)
    .map(({ id }) => id)
}

/** What to look at, in order: what asks, with its reasons, then everything. */
function readings(clauses: readonly Clause[]): readonly (readonly Stretch[])[] {
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
      best.cover > 0.7 &&
      best.score > 2.4 &&
      (next === undefined || next.score < best.score * 0.8)
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
  if (best === undefined || best.by.length === 0 || best.score < 1.5 || best.cover < 0.42) return []
  // One word alone leaves open whose word it is.
  const alike = ranked.filter(
    ({ score, by }) => score > best.score * (best.by.length === 1 && by.length === 1 ? 0.6 : 0.8),
  )
  return alike.length > mostCandidates ? [] : alike
}

/** What of the text said only what is wanted: a stretch of which nearly every word belongs to it. */
function placesOf(
  words: readonly Word[],
  chosen: readonly Near[],
  stretches: readonly Stretch[],
  text: string,
  language: Language,
): Pick<Wanted, 'said' | 'about'> {
  const [best] = chosen
  const explained = (word: Word): boolean =>
    best !== undefined &&
    (best.entry.stems.has(word.stem) ||
      ideasOf(word.stem).some((idea) => [...best.entry.stems.keys()].some((stem) => ideasOf(stem).includes(idea))))
  const said = stretches.flatMap(({ from, to }) => {
    const inside = words.filter((word) => word.from >= from && word.to <= to && !isFrame(word, language))
    const strange = inside.filter((word) => !explained(word)).length
    if (inside.length === 0 || strange > inside.length * 0.25) return []
    // Behind how long and which ticket, words of their own tell something else: "prompt lab 1h INC-7 typo in the intro".
    const segments = segmentsOf(text, { from, to })
    return segments.filter((segment, index) => {
      const own = inside.filter((word) => word.from >= segment.from && word.to <= segment.to)
      return index === 0 || own.length < 2 || own.filter((word) => !explained(word)).length < own.length / 2
    })
  })
  return { said, about: stretches }
}

/** What stands between the times and tickets of a stretch, which are blank. */
function segmentsOf(text: string, { from, to }: Stretch): readonly Stretch[] {
  const gaps = [...text.slice(from, to).matchAll(/ {3,}/g)]
  const edges = [
    { from, to: from },
    ...gaps.map(({ index, 0: gap }) => ({ from: from + index, to: from + index + gap.length })),
  ]
  return edges.flatMap((gap, index) => {
    const end = edges[index + 1]?.from ?? to
    return end > gap.to ? [{ from: gap.to, to: end }] : []
  })
}
