import type { Duration } from '../../time.ts'
import type { Stretch } from '../ask.ts'

/** When and how long, and the stretches of the text that said so. */
export interface When {
  readonly duration?: Duration
  readonly start?: Date
  readonly said: readonly Stretch[]
}

/** Where a message speaks of something else than what it asks for: a time there is seldom the one wanted. */
export type Aside = (place: Stretch) => boolean

/** What else than what it asks for a message speaks of at a place: why, or something beside. */
export type Elsewhere = (place: Stretch) => 'reason' | 'other' | undefined

export const overlaps = (one: Stretch, others: readonly Stretch[]): boolean =>
  others.some(({ from, to }) => one.from < to && from < one.to)
