import type { Stretch } from '../ask.ts'

/**
 * A piece of a message: letters, digits or one sign. Letters and digits part company, so that `2h` is two tokens;
 * scripts without spaces are cut up later, by the words that are known.
 */
export interface Token extends Stretch {
  /** In lower case, compatibility forms and accents taken off: what lexicons are written in. */
  readonly plain: string
  readonly kind: 'word' | 'number' | 'sign'
  /** Whether it stands right behind the token before, without a space. */
  readonly touches: boolean
}

const piece = /\p{N}+|[\p{L}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu
/** Letters of scripts in which no spaces stand between words. */
export const scriptWithoutSpaces = /[\u3040-\u30ff\u3400-\u9fff々〆]/u

/** Letters as they are compared: small, without accents, `ß` as `ss`. */
export const plainOf = (text: string): string =>
  /^[\x20-\x7e]*$/.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
        .normalize('NFC')
        .toLowerCase()
        .replaceAll('ß', 'ss')

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let end = -1
  for (const match of text.matchAll(piece)) {
    const raw = match[0]
    const from = match.index
    const kind = /^\p{N}/u.test(raw) ? 'number' : /^[\p{L}\p{M}]/u.test(raw) ? 'word' : 'sign'
    if (kind === 'word' && scriptWithoutSpaces.test(raw))
      for (const letter of [...raw].keys()) tokens.push(letterAt(raw, letter, from, from === end || letter > 0))
    else tokens.push({ plain: plainOf(raw), kind, from, to: from + raw.length, touches: from === end })
    end = from + raw.length
  }
  return tokens
}

// These scripts lie in the basic plane, so that a letter is one unit.
const letterAt = (raw: string, at: number, from: number, touches: boolean): Token => ({
  plain: raw.charAt(at),
  kind: 'word',
  from: from + at,
  to: from + at + 1,
  touches,
})
