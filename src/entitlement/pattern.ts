import { RE2JS } from 're2js'

/**
 * A regular expression of the catalogue, which somebody wrote and anybody's text is held against. It takes time that
 * grows with the length of the text and no faster, whatever is written in it: it is matched without backtracking.
 */
export interface Pattern {
  /** As it is written in the catalogue. */
  readonly source: string
  /** Whether it is all of this text. */
  fits(text: string): boolean
  /** Where it stands in a text as words of their own, in order: `INC-4821` is none in `XINC-48213` or in `INC-4821-b`. */
  wordsIn(text: string): readonly { readonly from: number; readonly to: number }[]
}

/**
 * Upper and lower case are the same to it.
 * @throws where it is no regular expression, or needs backtracking: looks ahead or behind, or refers back to a group.
 */
export function patternOf(source: string): Pattern {
  // On its own first: a stray parenthesis must not pair up with those put around it.
  const whole = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
  const word = RE2JS.compile(`(?:^|[^\\w-])(${source})(?:$|[^\\w-]|-(?:$|\\W))`, RE2JS.CASE_INSENSITIVE)
  return {
    source,
    fits: (text) => whole.matches(text),
    wordsIn(text) {
      const found = []
      const matcher = word.matcher(text)
      let at = 0
      while (at <= text.length && matcher.find(at)) {
        const [from, to] = [matcher.start(1), matcher.end(1)]
        found.push({ from, to })
        // What ends one may be what comes before the next: a space, or the last character where no word ends with it.
        const next = /[\w-]/.test(text[to - 1] ?? '') ? to : to - 1
        at = Math.max(next, at + 1)
      }
      return found
    },
  }
}
