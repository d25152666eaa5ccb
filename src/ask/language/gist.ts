import type { Stretch } from '../ask.ts'
import type { Language } from './language.ts'
import type { Cue } from './lexicon/lexicon.ts'
import { tokensOf } from './tokens.ts'

/** What the rest of the reading has found: it stands in the gist under its kind. */
export type Slot = 'thing' | 'person' | 'length' | 'moment' | 'ticket' | 'detail'

/** A sign that divides: the end of a sentence, of a question, of a clause. */
type Divider = '.' | '?' | ','

/** One sign of the gist: what a phrase does, a slot, `_` for words that do nothing here, `purpose` before a reason. */
export interface Sign extends Stretch {
  readonly is: Cue | Slot | Divider | '_' | 'purpose'
}

/**
 * A message told by what its phrases do, whatever the language: `any news on my vault request?` is
 * `what status my thing application ?`. Rules read this, never the letters.
 */
export function gistOf(
  text: string,
  slots: readonly (Stretch & { readonly is: Slot })[],
  language: Language,
): readonly Sign[] {
  const tokens = tokensOf(text)
  const ordered = slots.toSorted((a, b) => a.from - b.from || b.to - a.to)
  const signs: Sign[] = []
  let slot = 0
  let end = 0
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index]
    if (token === undefined) break
    while (slot < ordered.length && (ordered[slot]?.to ?? 0) <= token.from) slot += 1
    const here = ordered[slot]
    if (/\n/.test(text.slice(end, token.from))) signs.push({ is: '.', from: end, to: token.from })
    if (here !== undefined && here.from <= token.from && token.from < here.to) {
      if (here.is === 'length' || here.is === 'moment') signs.push(...moreIn(tokens, index, here, language))
      signs.push(here)
      while (index < tokens.length && (tokens[index]?.from ?? 0) < here.to) index += 1
      end = here.to
      slot += 1
      continue
    }
    if (token.kind === 'sign') {
      const divider = dividerAt(text, token)
      if (divider !== undefined) signs.push({ is: divider, from: token.from, to: token.to })
      const cue = token.plain === '+' || token.plain === '&' ? language.cues.at(tokens, index)?.value : undefined
      if (cue !== undefined) signs.push({ is: cue, from: token.from, to: token.to })
      index += 1
      end = token.to
      continue
    }
    const leads = token.plain === 'to' && leadsToSlot(tokens[index + 1], ordered)
    const purpose = leads ? undefined : purposeAt(tokens, index, signs, language)
    const found = language.cues.at(tokens, index)
    const next = found?.end ?? index + 1
    const to = tokens[next - 1]?.to ?? token.to
    if (purpose !== undefined && (found === undefined || purpose >= next)) {
      signs.push({ is: 'purpose', from: token.from, to: tokens[purpose - 1]?.to ?? token.to })
      end = tokens[purpose - 1]?.to ?? token.to
      index = purpose
      continue
    }
    if (found !== undefined) signs.push({ is: found.value, from: token.from, to })
    else if (!language.frame.has(token.plain) && !isOfTime(tokens, index, language) && signs.at(-1)?.is !== '_')
      signs.push({ is: '_', from: token.from, to })
    end = to
    index = next
  }
  return signs
}

/** "To Tom", "to 2h": whom or how long, and no purpose. */
const leadsToSlot = (next: Stretch | undefined, slots: readonly (Stretch & { readonly is: Slot })[]): boolean =>
  slots.some(({ from, is }) => from === next?.from && (is === 'person' || is === 'length' || is === 'moment'))

/** Numbers and words of time are read elsewhere. */
function isOfTime(tokens: ReturnType<typeof tokensOf>, index: number, { time }: Language): boolean {
  if (tokens[index]?.kind === 'number') return true
  return [
    time.units,
    time.weekdays,
    time.months,
    time.days,
    time.clocks,
    time.numbers,
    time.parts,
    time.links.half,
    time.links.quarter,
    time.links.weekend,
  ].some((phrases) => phrases.at(tokens, index) !== undefined)
}

/** "45 more minutes", "another week", "+1h": a length of more time says so. */
function moreIn(
  tokens: ReturnType<typeof tokensOf>,
  index: number,
  { from, to }: Stretch,
  language: Language,
): readonly Sign[] {
  for (let at = index; (tokens[at]?.from ?? to) < to; at++) {
    const cue = language.cues.at(tokens, at)?.value
    if (cue === 'more' || cue === 'longer') return [{ is: 'more', from, to: from }]
  }
  return tokens[index - 1]?.plain === '+' || tokens[index]?.plain === '+' ? [{ is: 'more', from, to: from }] : []
}

function dividerAt(text: string, { plain, from, to }: Stretch & { readonly plain: string }): Divider | undefined {
  if ('?？'.includes(plain)) return '?'
  if ('!;。！；'.includes(plain)) return '.'
  if (plain === '.' || plain === ':' || plain === '…')
    return /^(?:\s|$)/.test(text.slice(to, to + 1)) ? (plain === ':' ? ',' : '.') : undefined
  if (',()、→👉|•'.includes(plain)) return ','
  // A dash divides only where it stands apart.
  if ('-–—'.includes(plain))
    return /\s/.test(text.slice(from - 1, from)) && /\s|-|>/.test(text.slice(to, to + 1)) ? ',' : undefined
  return undefined
}

/** Behind one of these, "to" and "because" begin a reason; behind a verb, "to" belongs to it. */
const complete = new Set<Sign['is']>([
  'thing',
  'length',
  'moment',
  'rights',
  'ticket',
  'detail',
  'person',
  ',',
  '_',
  'please',
  'activate',
  'back',
])

function purposeAt(
  tokens: ReturnType<typeof tokensOf>,
  index: number,
  signs: readonly Sign[],
  language: Language,
): number | undefined {
  const found = language.reason.purpose.at(tokens, index)
  if (found === undefined) return undefined
  const before = signs.at(-1)?.is
  if (before !== undefined && !complete.has(before) && found.end === index + 1 && tokens[index]?.plain === 'to')
    return undefined
  if (before === '_' && tokens[index]?.plain === 'to' && !signs.some(({ is }) => is === 'thing' || is === 'rights'))
    return undefined
  // "To the sandbox", "to 2h", "to Tom" are no purposes.
  const next = tokens[found.end]
  if (next === undefined || next.kind !== 'word') return undefined
  if (
    tokens[index]?.plain === 'to' &&
    (next === undefined ||
      next.kind !== 'word' ||
      /^(?:the|a|an|my|our|this|that|me|us|be|prod|production|sandbox|those|these|his|her)$/.test(next.plain))
  )
    return undefined
  return found.end
}

export interface Sentence extends Stretch {
  readonly signs: readonly Sign[]
  readonly asked: boolean
}

/** The gist cut at the ends of sentences; a question mark belongs to the sentence before it. */
export function sentencesOf(signs: readonly Sign[]): readonly Sentence[] {
  const sentences: Sentence[] = []
  let begun: Sign[] = []
  const close = (asked: boolean) => {
    const [first] = begun
    const last = begun.at(-1)
    if (first !== undefined && last !== undefined)
      sentences.push({ signs: begun, asked, from: first.from, to: last.to })
    begun = []
  }
  for (const sign of signs) {
    if (sign.is === '.' || sign.is === '?') close(sign.is === '?')
    else begun.push(sign)
  }
  close(false)
  return sentences
}
