import { cutAt } from '../text.ts'

/**
 * What others wrote (people, tickets, names, Entra's messages) as it may stand on a card or in a message. Nothing of it
 * may look like ours: no link, mention, emphasis or list, no second line, no invisible or direction-turning characters.
 */

/** Longest free text shown, in characters as a person counts them; the rest is announced, never dropped in silence. */
export const longestShown = 500

/** Words of ASCII with one space between: nothing in them need be cut into characters or taken out. */
const plainly = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
// Never more than this is looked at, however much was sent; what is left out is counted all the same.
const longestRead = 20_000

// Joiners and the emoji selector stay where they build an emoji; the rest of what a reader cannot see goes.
const invisible = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})/gu
const ignorable = /(?!\u200D|\uFE0F)\p{Default_Ignorable_Code_Point}/gu
const bidirectional = /\p{Bidi_Control}/gu
const control = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu
const notAnything = /[\p{Co}\p{Cn}\uFFF9-\uFFFB]/gu
const piledAccents = /(\p{M}{4})\p{M}+/gu

/** One line of visible text, at most `most` characters; `mark` says how many more there were. Not escaped. */
export function plainText(text: string, most: number, mark: (more: number) => string): string {
  if (text.length <= most && plainly.test(text)) return text
  const line = visible(text.slice(0, longestRead))
  let kept = ''
  let count = 0
  for (const { segment } of graphemes.segment(line)) {
    // One character as a person counts it may be many code units; those are bounded too, or a card outgrows its size.
    if (count === most || kept.length + segment.length > most * 2) break
    kept += segment
    count += 1
  }
  const more = line.length - kept.length + Math.max(0, text.length - longestRead)
  return more > 0 ? `${kept.trimEnd()}${mark(more)}` : kept
}

/** What we have put together of safe parts, on one line of a lock screen; what turned a part's direction ends with it. */
export function shortLine(text: string, most: number): string {
  const line = text.replace(control, ' ').trim()
  if (line.length <= most) return line
  const kept = cutAt(line, most - 2).trimEnd()
  const open = kept.lastIndexOf('\u2068') > kept.lastIndexOf('\u2069')
  return `${kept}…${open ? '\u2069' : ''}`
}

/**
 * A client works out `{{DATE(…)}}` and `{{TIME(…)}}` wherever it shows text, so that its reader would see another one than
 * was written. A word joiner, which nobody sees, between the braces that end it makes it text again.
 */
export const withoutFunctions = (text: string): string => text.replaceAll(/\}(?=\})/g, '}\u2060')

function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(control, ' ')
    .replace(bidirectional, '')
    .replace(ignorable, '')
    .replace(invisible, '')
    .replace(notAnything, '')
    .replace(piledAccents, '$1')
    .trim()
}

/**
 * Escapes one line for the markdown subset of Teams' TextBlock, FactSet and messages. A `<` that could open a tag
 * (`<at>` is a mention) becomes `‹`: Teams reads tags before it reads backslashes.
 */
export function escapeMarkdown(line: string): string {
  return line
    .replace(/<(?=[\p{L}/!?])/gu, '‹')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/[\\`*_[\]~|]/g, '\\$&')
    .replace(/(\\\]\s*)\(/g, '$1\\(')
    .replace(/^([-+#>])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/** Ends what is not ours to end with a stop where it has none. */
export const sentence = (text: string): string => (/[.!?…)]$/.test(text) ? text : `${text}.`)
