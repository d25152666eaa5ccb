import { days, type Duration, hours, minutes } from '../time.ts'

/** Round lengths to choose from, shortest first. */
export const usualSteps: readonly Duration[] = [
  minutes(15),
  minutes(30),
  hours(1),
  hours(2),
  hours(4),
  hours(8),
  hours(12),
  ...[1, 3, 7, 14, 30, 60, 90, 180, 365].map(days),
]

/** Lengths below the one that is asked for, shortest first, within what may be given; none where nothing is shorter. */
export function stepsBelow(
  asked: Duration,
  { shortest, longest }: { readonly shortest: Duration; readonly longest: Duration },
): readonly Duration[] {
  const steps = usualSteps.filter((step) => step >= shortest && step < asked && step <= longest)
  return steps.length === 0 && shortest < asked ? [shortest] : steps
}
