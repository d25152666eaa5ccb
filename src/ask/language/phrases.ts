import { tokensOf, type Token } from './tokens.ts'

/** What was found at a place: the value of the longest phrase there, and the index of the token behind it. */
export interface Found<T> {
  readonly value: T
  readonly end: number
}

/** Phrases with what each stands for, to be looked up at a place among tokens. */
export interface Phrases<T> {
  /** The longest phrase that begins at this token. No comma or full stop stands inside one. */
  at(tokens: readonly Token[], index: number): Found<T> | undefined
}

interface Node<T> {
  readonly next: Map<string, Node<T>>
  value?: T
}

/** @param entries each with its phrases, separated by `|`; of two that say the same the first one counts. */
export function phrasesOf<T>(entries: Iterable<readonly [phrases: string, value: T]>): Phrases<T> {
  const root: Node<T> = { next: new Map() }
  for (const [phrases, value] of entries)
    for (const phrase of phrases.split('|')) {
      let node = root
      for (const { plain, kind } of tokensOf(phrase)) {
        if (kind === 'sign' && joiners.has(plain)) continue
        const known: Node<T> = node.next.get(plain) ?? { next: new Map() }
        node.next.set(plain, known)
        node = known
      }
      if (node !== root && node.value === undefined) node.value = value
    }
  return {
    at(tokens, index) {
      let node: Node<T> | undefined = root
      let best: Found<T> | undefined
      for (let end = index; node !== undefined; end++) {
        const token = tokens[end]
        if (token === undefined) break
        // "don't", "sign-off" and "d’une" are known by their letters.
        if (token.kind === 'sign' && joiners.has(token.plain) && end > index) continue
        node = node.next.get(token.plain)
        if (node?.value !== undefined) best = { value: node.value, end: end + 1 }
      }
      return best
    },
  }
}

const joiners = new Set(["'", '’', '-', '‘', '`', '´'])
