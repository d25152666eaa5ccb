import { RE2JS } from 're2js'

/**
 * A regular expression of the catalogue, which one person wrote and everybody's text is held against. Whatever is
 * written in it, the time it takes grows with the length of the text and no faster: it is matched without backtracking,
 * and a text is searched a fixed number of times.
 */
export interface Pattern {
  /** As it is written in the catalogue, in the syntax of RE2. */
  readonly source: string
  /** Whether it is all of this text. */
  fits(text: string): boolean
  /**
   * The first places, 20 at most, where it stands in a text as words of their own, in order: `INC-4821` is none in
   * `XINC-48213` or in `INC-4821-b`.
   */
  wordsIn(text: string): readonly { readonly from: number; readonly to: number }[]
}

// One search may read the text to its end, to see whether a longer match is to be had.
const MOST = 20

/**
 * Upper and lower case are the same to it.
 * @throws {NotAPattern} where it is no regular expression, needs backtracking (looks ahead or behind, or refers back to
 * a group), or finds nothing: an empty text.
 */
export function patternOf(source: string): Pattern {
  // On its own first: a stray parenthesis must not pair up with those put around it.
  const whole = compile(source)
  if (whole.matches('')) throw new NotAPattern('it also fits an empty text', 'let it ask for at least one character')
  // Case does not matter inside, yet does at the edges: beside K and ſ, which are k and s in another case, stands no word.
  const word = compile(`(?-i:^|[^\\w-])(${source})(?-i:$|[^\\w-]|-(?:$|\\W))`)
  return {
    source,
    fits: (text) => whole.matches(text),
    wordsIn(text) {
      const found = []
      const matcher = word.matcher(text)
      let at = 0
      for (let searches = 0; searches < MOST && at <= text.length && matcher.find(at); searches += 1) {
        const [from, to] = [matcher.start(1), matcher.end(1)]
        if (from < to) found.push({ from, to })
        // What ends one may be what comes before the next: a space, or the last character where no word ends with it.
        const next = /[\w-]/.test(text[to - 1] ?? '') ? to : to - 1
        at = Math.max(next, at + 1)
      }
      return found
    },
  }
}

/** Why a pattern is none, and what to do about it: two half sentences. */
export class NotAPattern extends Error {
  readonly advice: string

  constructor(message: string, advice: string) {
    super(message)
    this.advice = advice
  }
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
    throw new NotAPattern(why, adviceOn(source, why))
  }
}

function adviceOn(source: string, why: string): string {
  if (/\(\?<?[=!]/.test(source))
    return 'write it without looking ahead or behind: INC-\\d{5,6} is found as a whole word'
  if (/`\\(?:[1-9]|k)/.test(why)) return 'write out what is repeated instead of referring back to a group'
  if (/`\\[ux]/.test(why)) return 'write the character itself, or \\x{2014} with its hexadecimal number'
  if (why.startsWith('invalid repeat count')) return 'repeat at most 1,000 times'
  if (why.startsWith('invalid nested repetition'))
    return 'put one repetition after another only around a group: (?:ab+)+'
  return 'write a regular expression in the syntax of RE2, such as INC-\\d{5,6}'
}
