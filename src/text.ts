// What people write, before anything is made of it. Everybody may use this.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * At most `most` code units, in which clients and Microsoft count, and never a part of what a person sees as one
 * character: half an emoji or a letter without its accent would be another text.
 */
export function cutAt(text: string, most: number): string {
  if (text.length <= most) return text
  let end = 0
  for (const { index, segment } of graphemes.segment(text.slice(0, most + longestCharacter))) {
    if (index + segment.length > most) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

/** No character that anybody writes is longer, in code units; what is longer is cut within. */
const longestCharacter = 64

/**
 * A text that can be stored, sent and shown: U+0000, which PostgreSQL refuses, and halves of surrogate pairs, which
 * UTF-8 cannot carry, become U+FFFD.
 */
export const wellFormed = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')

/** Fillers are letters to Unicode and nothing to a reader. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu

/** Whether somebody who reads it sees at least one letter or number. */
export const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(unseen, ''))
