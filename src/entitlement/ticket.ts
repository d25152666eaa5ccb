import type { Catalogue } from './entitlement.ts'

/** A ticket reference as it is kept: without the `#` that issues are often written with. */
const bare = (reference: string): string => reference.replace(/^#/, '')

/** Every ticket reference in a text, in the order of the patterns, with where it stands. */
export function ticketsIn(
  text: string,
  { tickets }: Pick<Catalogue, 'tickets'>,
): readonly { readonly ticket: string; readonly from: number; readonly to: number }[] {
  return tickets.patterns
    .flatMap((pattern) => pattern.wordsIn(text))
    .map(({ from, to }) => ({ ticket: bare(text.slice(from, to)), from, to }))
    .toSorted((a, b) => a.from - b.from)
}
