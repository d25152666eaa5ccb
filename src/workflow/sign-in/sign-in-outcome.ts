import { z } from 'zod'
import type { Refusal } from '../../request/refusal.ts'
import type { NotSignedIn, TapAnswer } from '../ports/incoming.ts'

/** What a sign-in came to, as kept for whoever asks a second time: no card and no text of anybody's. */
export type SignInOutcome =
  | {
      readonly came: 'acted'
      readonly refused?: { readonly refusal: Refusal; readonly names: ReadonlyMap<string, string> }
    }
  | { readonly came: 'not-signed-in'; readonly because: NotSignedIn }

export const outcomeOf = (answer: TapAnswer | undefined): SignInOutcome =>
  answer?.answer === 'refused'
    ? { came: 'acted', refused: { refusal: answer.refusal, names: answer.names ?? new Map() } }
    : { came: 'acted' }

/** Plain JSON; instants are tagged, since a refusal may carry one anywhere. */
export function freeze(outcome: SignInOutcome): unknown {
  if (outcome.came === 'not-signed-in' || outcome.refused === undefined) return outcome
  const { refusal, names } = outcome.refused
  return { came: 'acted', refused: { refusal: tagged(refusal), names: [...names] } }
}

const Frozen = z.discriminatedUnion('came', [
  z.object({
    came: z.literal('acted'),
    refused: z
      .object({ refusal: z.looseObject({ kind: z.string() }), names: z.array(z.tuple([z.string(), z.string()])) })
      .exactOptional(),
  }),
  z.object({ came: z.literal('not-signed-in'), because: z.looseObject({ why: z.string() }) }),
])

export function thaw(frozen: unknown): SignInOutcome {
  const read = Frozen.parse(frozen)
  // Written by `freeze` within the last minutes; the unions themselves are the shell's own and have no other source.
  if (read.came === 'not-signed-in') return read as unknown as SignInOutcome
  if (read.refused === undefined) return { came: 'acted' }
  const { refusal, names } = read.refused
  return { came: 'acted', refused: { refusal: untagged(refusal) as Refusal, names: new Map(names) } }
}

function tagged(value: unknown): unknown {
  if (value instanceof Date) return { $instant: value.toISOString() }
  if (Array.isArray(value)) return value.map(tagged)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, tagged(child)]))
}

function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged)
  if (typeof value !== 'object' || value === null) return value
  if ('$instant' in value && typeof value.$instant === 'string') return new Date(value.$instant)
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, untagged(child)]))
}
