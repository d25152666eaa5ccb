import type { Seed } from '../seed/seed.ts'
import type { Fault } from './fault.ts'
import type { Group, Person } from './people-and-groups.ts'
import type { Assignment, AssignmentRequest, AuditRecord, Eligibility, Resource } from './pim.ts'
import type { SigningKey } from './signing-key.ts'
import type { Switches } from './switches.ts'

/** A change of the tenant. Tests count these, so each change is exactly one. */
export type Effect = {
  at: Date
  /** A person's id, an app id, or `entra` for what the clock brings about. */
  who: string
  byToken: 'app' | 'delegated' | 'portal' | 'clock'
  operation: string
  detail: Readonly<Record<string, unknown>>
}

/** A request that reached one of the services, or `bot`: an activity that Teams posted to it. */
export type Call = {
  at: Date
  /** Of this process, in real milliseconds that only go forward: when it came in (or went out to the bot) and was answered. */
  fromMs: number
  toMs: number
  service: string
  method: string
  path: string
  who: string | null
  kind: 'app' | 'delegated' | null
  status: number
}

/** Where the services listen, without a trailing slash; known once they do. */
type Origins = {
  entra: string
  graph: string
  arm: string
  connector: string
  /** Where people's browsers reach the sign-in page, if not at Entra's own: they do not trust its certificate here. */
  browser?: string
}

export type EmulatedTenant = {
  readonly seed: Seed
  readonly signingKey: SigningKey
  /** Product time at which the seed's durations began to count. */
  readonly startedAt: Date
  readonly people: Map<string, Person>
  readonly groups: Map<string, Group>
  /** All that PIM guards, by key. */
  readonly resources: Map<string, Resource>
  readonly eligibilities: Eligibility[]
  readonly assignments: Assignment[]
  readonly requests: AssignmentRequest[]
  readonly audits: AuditRecord[]
  readonly effects: Effect[]
  readonly calls: Call[]
  origins: Origins
  /** Client secrets of the app registrations by app id; an app without one cannot sign in. */
  secrets: Record<string, string>
  faults: Fault[]
  switches: Switches
  /** The product clock: grants, policies and audit follow it. */
  now(): Date
  /** The machine's clock: tokens follow it. */
  realNow(): Date
  /** Moves the product clock and applies what became due on the way, each at its own time. */
  moveClock(move: { advanceMs: number } | { now: Date }): void
  record(effect: Omit<Effect, 'at'> & { at?: Date }): void
  /** Told after each change or several at once, when all that belongs to them has happened. Returns how to stop. */
  onChange(listener: () => void): () => void
}
