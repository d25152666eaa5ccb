import { createHash } from 'node:crypto'

const digest = (parts: readonly string[]) => createHash('sha256').update(parts.join('\u0000')).digest()

/** A GUID that is the same in every run, so that two starts of one seed can be compared. */
export function stableGuid(...parts: readonly string[]): string {
  const hex = digest(parts).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The opaque ids of schedule instances, which are not GUIDs in Graph: `lAPpYvVpN0KRkAEhdxReE…-1`. */
export function instanceId(schedule: string, suffix: '1' | '1-e'): string {
  return `${digest(['instance', schedule]).toString('base64url')}-${suffix}`
}
