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
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => ({ ticket: bare(text.slice(from, to)), from, to }))
    .toSorted((a, b) => a.from - b.from)
}

/** Whether this, and nothing beside it, is a ticket reference: `INC-48213`, `#4521`, and `4521` where `#4521` is one. */
export function isTicket(text: string, catalogue: Pick<Catalogue, 'tickets'>): boolean {
  const wanted = text.trim()
  return [wanted, `#${wanted}`].some((whole) =>
    ticketsIn(whole, catalogue).some(({ from, to }) => from === 0 && to === whole.length),
  )
}
