import { type Intent, intents } from '../ask/ask.ts'
import { type Learnt, scoresOf, shareOf, surenessOf } from '../ask/intent/weights.ts'

/** A message as it is learnt from. */
export interface Example {
  readonly intent: Intent
  readonly features: readonly string[]
}

const rounds = 60
const rate = 0.3
const biasRate = 0.02
/** Keeps weights small that few messages speak for. */
const decay = 1e-4
/** What one or two messages alone say is chance. */
const leastMessages = 3
/** That much of a message is left out each time it is learnt from, so that no single turn of phrase decides alone. */
const leftOut = 0.6
/** Where hardly anything is wrong there is hardly anything to learn. */
const negligible = 0.002

/** A feature's weights, and how much each was changed so far. */
interface Row {
  readonly weights: Float64Array
  readonly changed: Float64Array
}

/**
 * Multinomial logistic regression, learnt message by message with a rate for each weight that shrinks as it is used
 * (Duchi, Hazan and Singer, "Adaptive Subgradient Methods", 2011), and with features left out at random (Srivastava and
 * others, "Dropout", 2014). The same examples always give the same weights: chance is drawn from a seed.
 */
export function learntFrom(examples: readonly Example[]): Learnt {
  const known = rowsFor(examples)
  const bias = new Float64Array(intents.length)
  const lessons = examples.map(({ intent, features }) => ({
    place: intents.indexOf(intent),
    rows: features.flatMap((feature) => known.get(feature) ?? []),
  }))
  const random = drawnFrom(7)
  for (let round = 0; round < rounds; round++)
    for (const { place, rows } of shuffled(lessons, random))
      learnFrom(
        rows.filter(() => random() >= leftOut),
        place,
        bias,
      )
  return { bias, rows: new Map(Array.from(known, ([feature, { weights }]) => [feature, weights])) }
}

function rowsFor(examples: readonly Example[]): ReadonlyMap<string, Row> {
  const counts = new Map<string, number>()
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const often = [...counts].filter(([, count]) => count >= leastMessages)
  return new Map(
    often.map(([feature]) => [
      feature,
      { weights: new Float64Array(intents.length), changed: new Float64Array(intents.length).fill(1e-8) },
    ]),
  )
}

function learnFrom(rows: readonly Row[], place: number, bias: Float64Array): void {
  const scores = scoresOf(
    bias,
    rows.map(({ weights }) => weights),
  )
  const share = shareOf(rows.length)
  for (const [each, sureness] of surenessOf(scores).entries()) {
    const error = sureness - (each === place ? 1 : 0)
    if (Math.abs(error) < negligible) continue
    bias[each] = (bias[each] ?? 0) - biasRate * error
    for (const { weights, changed } of rows) {
      const weight = weights[each] ?? 0
      const slope = error * share + decay * weight
      const change = (changed[each] ?? 0) + slope * slope
      changed[each] = change
      weights[each] = weight - (rate * slope) / Math.sqrt(change)
    }
  }
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
