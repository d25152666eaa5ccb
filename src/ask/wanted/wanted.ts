import type { Match, Stretch } from '../ask.ts'
import type { Language } from '../language/language.ts'
import { type Asked, mostCandidates, partly, type Wanted } from './asked.ts'
import { lookAlikes, type Mention, widened } from './names.ts'
import { alsoDescribed, described } from './described.ts'
import { amongLookAlikes, isDoubtful } from './look-alikes.ts'
import { onlyFrame } from '../language/frame.ts'
import { heard, once } from '../language/heard.ts'
import { blank } from '../time/when.ts'
import type { Sign } from '../language/gist.ts'

export function wantedIn(asked: Asked): Wanted {
  const { text, catalogue, language } = asked
  const mentions = withoutDenied(text, asked.mentions)
  const [first, ...rest] = fromMainClause(mentions, asked)
  if (first === undefined) return described(asked)
  const { heads, each } = headsOf(asked, first, rest)
  const named = heads.flatMap(({ ids, sure }) => ids.map((id): Match => ({ id, sure })))
  const kin = heads.length === 1 && !first.never ? amongLookAlikes(asked, first, isDenied(text, first)) : undefined
  const { ids: better, each: eachOfKin = false } = kin ?? {}
  const more = heads.length === 1 && !first.never ? alsoDescribed(asked, first) : undefined
  const matches = uniqueMatches(
    better?.map(partly) ?? [
      ...named,
      ...(kin === undefined && isDoubtful(text, first) && heads.length === 1 && !first.never
        ? lookAlikes(first.stems, catalogue).map(partly)
        : []),
      ...(more === undefined ? [] : [partly(more.id)]),
    ],
  )
  const aside = asked.mentions.filter((mention) => heads.includes(mention) || !mentions.includes(mention))
  const wide = aside.map((head) => widened(text, head, catalogue, language))
  const masks = wide.filter((head) => leadsIn(text, head, wide, language))
  return {
    matches: matches.slice(0, mostCandidates),
    each: (each || eachOfKin || (more !== undefined && more.joint === 'and')) && matches.length > 1,
    never: heads.some(({ never }) => never),
    said: more === undefined ? masks : [...masks, more.said],
    about: aside,
    by: [],
  }
}

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
  return wished[0] !== undefined && !joins().test(text.slice(first.to, wished[0].from)) ? wished : told
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

const denied = once(
  () =>
    new RegExp(
      String.raw`(?:\b(?:${heard('refuses')})|(?:^|[.!?,;] )no|\b(?:don['’]?t|do not) (?:put|add) me (?:in|on|into|onto|to)) (?:the |a |an |for |whole |all |of |full ){0,4}$`,
      'i',
    ),
)
const corrects =
  /\b(?:sorry|meant|i mean|mean|no wait|rather|instead|correction|actually|scratch that|make that|nope)\b|^\W{0,4}no\W|\bno\W{0,3}$/i

const isDenied = (text: string, { from }: Mention): boolean => denied().test(text.slice(Math.max(0, from - 40), from))

/** "Not cloud app admin, the plain one": what is denied is not wanted, unless nothing else is named. */
function withoutDenied(text: string, mentions: readonly Mention[]): readonly Mention[] {
  const wanted = mentions.filter((mention) => !isDenied(text, mention))
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
    else if (either().test(between) && onlyFrame(between, language)) heads = [...heads, mention]
    else if (compares.test(between) && onlyFrame(between.replace(compares, ' '), language)) {
      heads = [...heads, mention]
      each = true
    } else if (/^[\s,]{1,3}(?:the |a )?$/i.test(between)) waiting = [...waiting, mention]
    else if (joins().test(between) && onlyFrame(between, language)) {
      heads = [...heads, ...waiting, mention]
      waiting = []
      each = true
    } else break
    last = mention
  }
  // "Give both back: the vault, app admin".
  if (!each && waiting.length > 0 && all().test(text)) return { heads: [...heads, ...waiting], each: true }
  return { heads, each }
}
const compares = /\b(?:versus|vs\.?|differ(?:s|ent)? (?:from|to)|compared (?:to|with))(?!\p{L})/iu
const all = once(() => new RegExp(String.raw`\b(?:${heard('both', 'spaced')})\b|${heard('both', 'unspaced')}`, 'i'))
const either = once(() => new RegExp(String.raw`(?:^|[\s,])(?:${heard('or')}|\/)(?=\s|$)`, 'i'))
const joins = once(
  () =>
    new RegExp(
      String.raw`(?:^|[\s,])(?:${heard('and')}|${heard('alongWith', 'spaced')})\b|[&+]|${heard('alongWith', 'unspaced')}`,
      'i',
    ),
)

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
