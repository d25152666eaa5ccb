import type { Stretch } from '../ask.ts'
import type { Sign } from './gist.ts'

/** A part of a message between commas, full stops and words that begin a reason. */
export interface Clause extends Stretch {
  /** `ask` wants something or names it, `reason` is told as one, `frame` says nothing, `other` is about something else. */
  readonly kind: 'ask' | 'reason' | 'frame' | 'other'
  readonly signs: readonly Sign[]
}

const asks = new Set<Sign['is']>([
  'thing',
  'detail',
  'need',
  'give',
  'get',
  'allow',
  'activate',
  'raise',
  'extend',
  'keep',
  'longer',
  'more',
  'rights',
  'please',
  'lets',
  'whether',
  'delegate',
  'approve',
  'open',
])

/** @param end where the text ends. */
export function clausesOf(signs: readonly Sign[], end: number): readonly Clause[] {
  const clauses: Clause[] = []
  let begun: Sign[] = []
  const close = (to: number) => {
    const [first] = begun
    if (first !== undefined) clauses.push({ from: first.from, to, kind: kindOf(begun), signs: begun })
    begun = []
  }
  for (const sign of signs) {
    if (sign.is === '.' || sign.is === '?' || sign.is === ',') close(sign.from)
    else if (sign.is === 'purpose') {
      close(sign.from)
      begun.push(sign)
    } else begun.push(sign)
  }
  close(end)
  return clauses
}

function kindOf(signs: readonly Sign[]): Clause['kind'] {
  if (signs[0]?.is === 'purpose') return 'reason'
  const things = signs.filter(({ is }) => is === 'thing').length
  const content = signs.filter(({ is }) => is === '_').length
  if (things > 0 || signs.some(({ is }) => asks.has(is))) return 'ask'
  return content === 0 ? 'frame' : 'other'
}

/** Whether a place lies where the message speaks of something else than what it asks for. */
export const asideIn =
  (clauses: readonly Clause[]) =>
  (place: Stretch): 'reason' | 'other' | undefined => {
    const clause = clauses.find(({ from, to }) => from <= place.from && place.from < to)
    if (clause?.kind === 'other') return 'other'
    return clause?.kind === 'reason' && !asksBefore(clause, place) ? 'reason' : undefined
  }

/** "To close it I need the training data for two hours": what begins as a reason may go on to ask. */
function asksBefore({ signs }: Clause, place: Stretch): boolean {
  const before = signs.filter(({ to }) => to <= place.from)
  const need = before.findIndex(({ is }, index) => is === 'need' && before[index - 1]?.is === 'i')
  return need > 0 && before.slice(need).some(({ is }) => is === 'thing')
}
