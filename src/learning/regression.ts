import { type Intent, intents } from '../ask/ask.ts'
import { add, at, scoresOf, shareOf, surenessOf, type Weights } from '../ask/intent/weights.ts'

/** A message as it is learnt from. */
export interface Example {
  readonly intent: Intent
  readonly features: readonly string[]
}

const rounds = 20
const rate = 0.3
const biasRate = 0.02
/** Keeps weights small that few messages speak for. */
const decay = 1e-4
/** What one message alone says is chance. */
const leastMessages = 3

/**
 * Multinomial logistic regression, learnt message by message with a rate for each weight that shrinks as it is used
 * (Duchi, Hazan and Singer, "Adaptive Subgradient Methods", 2011). The same examples always give the same weights: the
 * order they are gone through in is drawn from a seed.
 */
export function learntFrom(examples: readonly Example[]): Weights {
  const counts = new Map<string, number>()
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const of = new Map<string, Float64Array>()
  const used = new Map<Float64Array, Float64Array>()
  for (const [feature, count] of counts)
    if (count >= leastMessages) {
      const row = new Float64Array(intents.length)
      of.set(feature, row)
      used.set(row, new Float64Array(intents.length).fill(1e-8))
    }
  const bias = new Float64Array(intents.length)
  const known = examples.map(({ intent, features }) => ({
    place: intents.indexOf(intent),
    rows: features.flatMap((feature) => of.get(feature) ?? []).map((row) => ({ row, uses: used.get(row) ?? row })),
  }))
  const random = drawnFrom(7)
  for (let round = 0; round < rounds; round++)
    for (const { place, rows } of shuffled(known, random)) {
      const sureness = surenessOf(
        scoresOf(
          bias,
          rows.map(({ row }) => row),
        ),
      )
      const share = shareOf(rows.length)
      for (let each = 0; each < intents.length; each++) {
        const error = at(sureness, each) - (each === place ? 1 : 0)
        add(bias, each, -biasRate * error)
        for (const { row, uses } of rows) {
          const slope = error * share + decay * at(row, each)
          add(uses, each, slope * slope)
          add(row, each, (-rate * slope) / Math.sqrt(at(uses, each)))
        }
      }
    }
  return { bias, of }
}

/** Numbers from 0 up to 1, the same for the same seed (a linear congruential generator). */
function drawnFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x80000000
  }
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const drawn = [...items]
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [one, two] = [drawn[last], drawn[other]]
    if (one !== undefined && two !== undefined) [drawn[last], drawn[other]] = [two, one]
  }
  return drawn
}
