import type { EntitlementId } from '../entitlement/entry.ts'
import type { AskContext } from './ask.ts'
import { nearestTo } from './wanted/nearest.ts'
import { cutAt } from '../text.ts'
import { understand } from './understand.ts'

const longestRead = 200
const mostNear = 50

/** What is found for words, the best first; `near` for who may have none of the others, so never instead of them here. */
export interface Findings {
  /** What is called so, then what a message of these words would ask for. */
  readonly fitting: readonly EntitlementId[]
  /** What comes near. */
  readonly near: readonly EntitlementId[]
}

/** What words that may be half typed could mean. Without words everything fits, as the catalogue has it. */
export function find(typed: string, context: AskContext): Findings {
  const text = cutAt(typed, longestRead).trim()
  const entries = [...context.catalogue.entitlements.values()]
  if (!/[\p{L}\p{N}]/u.test(text)) return { fitting: entries.map(({ id }) => id), near: [] }
  const ranked = entries.map(({ id, name, aliases }) => ({ id, rank: rankOf(text, [name, ...aliases]) }))
  const called = ranked.filter(({ rank }) => rank < notCalledSo).toSorted((one, other) => one.rank - other.rank)
  const ask = understand(text, context)
  return {
    fitting: [...new Set([...[...called, ...ask.entitlements].map(({ id }) => id), ...(ask.broader ?? [])])],
    near: [...new Set([...ask.nearest, ...nearestTo(text, context.catalogue, mostNear)])],
  }
}

const notCalledSo = 3

/** 0: its name begins so; 1: another name of it does; 2: every word typed begins a word of one of them. */
function rankOf(text: string, names: readonly string[]): number {
  const typed = folded(text)
  const [name = '', ...others] = names.map(folded)
  if (name.startsWith(typed)) return 0
  if (others.some((other) => other.startsWith(typed))) return 1
  const words = typed.split(' ')
  const begun = (called: string) => words.every((word) => called.split(' ').some((each) => each.startsWith(word)))
  return [name, ...others].some(begun) ? 2 : notCalledSo
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_]+/g, ' ')
