/** Numbers from 0 to 1 that the same seed gives again (mulberry32). */
export interface Chance {
  next(): number
  /** A whole number below `many`. */
  below(many: number): number
  oneOf<Value>(values: readonly [Value, ...Value[]]): Value
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (many: number) => Math.floor(next() * many)
  return { next, below, oneOf: (values) => values[below(values.length)] ?? values[0] }
}
