import type { Stretch } from '../ask.ts'
import type { Sentence, Sign } from '../language/gist.ts'
import { tokensOf } from '../language/tokens.ts'

/**
 * What tells one intent from another in a message: its words and their neighbours, with whatever was understood already
 * replaced by its kind (`THING`, `PERSON`, `LENGTH`), and the gist's signs likewise. So nothing here depends on a
 * catalogue or on who works there, and the signs are the same in every language.
 */
export function featuresOf(text: string, sentences: readonly Sentence[]): readonly string[] {
  const words = maskedWords(text, sentences)
  const features = new Set<string>()
  for (const word of words) if (word !== open && word !== close) features.add(`w ${word}`).add(`z ${stemOf(word)}`)
  addRuns(words, 2, 'b', features)
  addRuns(words, 3, 't', features)
  for (const { signs, asked } of sentences) {
    const told = [open, ...signs.map(({ is }) => is), asked ? '?' : close]
    for (const is of told) features.add(`s ${is}`)
    addRuns(told, 2, 'S', features)
    addRuns(told, 3, 'T', features)
  }
  return [...features]
}

const open = '^'
const close = '$'

function addRuns(items: readonly string[], length: number, kind: string, features: Set<string>): void {
  for (let at = 0; at + length <= items.length; at++) features.add(`${kind} ${items.slice(at, at + length).join(' ')}`)
}

const understood = new Set<Sign['is']>(['thing', 'person', 'length', 'moment', 'ticket', 'detail'])

/** The words of a message between its ends; each stretch that was understood is one word, its kind in capitals. */
function maskedWords(text: string, sentences: readonly Sentence[]): readonly string[] {
  const slots = sentences.flatMap(({ signs }) => signs.filter(({ is, to, from }) => to > from && understood.has(is)))
  const words: string[] = [open]
  let next = 0
  for (const token of tokensOf(text)) {
    while (next < slots.length && endOf(slots[next]) <= token.from) next += 1
    const slot = slots[next]
    if (slot === undefined || slot.from > token.from) words.push(token.kind === 'number' ? '#' : token.plain)
    else if (words.at(-1) !== slot.is.toUpperCase()) words.push(slot.is.toUpperCase())
  }
  // "Please." says no more than "please"; a question mark does.
  while (/^[.,;:!]$/.test(words.at(-1) ?? '')) words.pop()
  return [...words, close]
}

const endOf = (stretch: Stretch | undefined): number => stretch?.to ?? 0

/** Roughly: "asked", "asks" and "asking" are one word to learn from. */
const stemOf = (word: string): string => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|d)$/, '') : word)
