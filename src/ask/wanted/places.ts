import type { Stretch } from '../ask.ts'
import type { Wanted } from './asked.ts'
import type { Clause } from '../language/clauses.ts'
import { onlyFrame } from '../language/frame.ts'
import { isFrame, type Language } from '../language/language.ts'
import type { Near } from './retrieve.ts'
import { ideasOf, type Word } from '../language/words.ts'

/** Which share of a stretch's words may be of something else. */
const mostStrange = 0.25

/** What of the text said only what is wanted: a stretch of which nearly every word belongs to it. */
export function placesOf(
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
    if (inside.length === 0 || strange > inside.length * mostStrange) return []
    // Behind how long and which ticket, words of their own tell something else: "prompt lab 1h INC-7 typo in the intro".
    const segments = segmentsOf(text, { from, to })
    return segments.filter((segment, index) => {
      const own = inside.filter((word) => word.from >= segment.from && word.to <= segment.to)
      return index === 0 || own.length < 2 || own.filter((word) => !explained(word)).length < own.length / 2
    })
  })
  return { said, about: stretches }
}

/** Of a clause that asks for something nobody knows, what names it: the rest may say why. */
export function unknownIn(ask: Clause, text: string, language: Language): readonly Stretch[] {
  const segments = segmentsOf(text, ask)
  const named = segments.findIndex(({ from, to }) => !onlyFrame(text.slice(from, to), language))
  return segments.filter(
    ({ from, to }, index) =>
      named < 0 ||
      index <= named ||
      ask.signs.some((sign) => (sign.is === 'need' || sign.is === 'can') && from <= sign.from && sign.to <= to),
  )
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
