/** The median and the 95th percentile (nearest rank) of measured values, to a tenth. */
export function spread(values: readonly number[]): { readonly p50: number; readonly p95: number } {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (part: number) => tenth(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN)
  return { p50: at(0.5), p95: at(0.95) }
}

export const tenth = (value: number): number => Math.round(value * 10) / 10
