/**
 * The one JSON text of a value: keys sorted by UTF-16 code unit, no white space, numbers as ECMAScript writes them
 * (RFC 8785). Dates become ISO 8601, undefined members are left out, as in `JSON.stringify`.
 * @throws {TypeError} for what JSON cannot carry: functions, bigints, NaN and infinities.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`JSON cannot carry ${typeof value} ${String(value)}`)
}
