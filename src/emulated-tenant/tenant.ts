import { peopleOf, groupsOf } from './directory.ts'
import type { Group, Person } from './directory.ts'
import { Faults } from './faults.ts'
import type { Fault } from './faults.ts'
import { assignmentsOf, eligibilitiesOf, rolesOf } from './pim-seed.ts'
import type { AssignmentRequest, AuditRecord, DirectoryRole, RoleAssignment, RoleEligibility } from './pim-state.ts'
import { settle } from './pim-settle.ts'
import { loadSeed } from './seed.ts'
import type { Seed } from './seed.ts'
import { startingSwitches, SwitchChange } from './switches.ts'
import type { Switches } from './switches.ts'
import { newSigningKey } from './token.ts'
import type { SigningKey } from './token.ts'

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
  readonly roles: Map<string, DirectoryRole>
  readonly eligibilities: RoleEligibility[]
  readonly assignments: RoleAssignment[]
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

export type TenantOptions = {
  seedFile: string
  startsAt: Date
  switches?: Partial<Switches>
  /** Client secrets by app id. */
  secrets?: Record<string, string>
  realNow?: () => Date
  /** Entra's key, to keep tokens good over a reset; a new one by default. */
  signingKey?: SigningKey
}

/** Opens a tenant in memory, as its seed describes it at `startsAt`. */
export async function openTenant(options: TenantOptions): Promise<EmulatedTenant> {
  const { seedFile, startsAt, realNow = () => new Date() } = options
  const seed = await loadSeed(seedFile)
  const people = peopleOf(seed)
  const groups = groupsOf(seed, people)
  const listeners = new Set<() => void>()
  let told = false
  let offset = startsAt.getTime() - realNow().getTime()

  const tenant: EmulatedTenant = {
    seed,
    signingKey: options.signingKey ?? (await newSigningKey()),
    startedAt: startsAt,
    people,
    groups,
    roles: rolesOf(seed, people, groups),
    eligibilities: eligibilitiesOf(seed, people, groups, startsAt),
    assignments: assignmentsOf(seed, people, groups, startsAt),
    requests: [],
    audits: [],
    effects: [],
    calls: [],
    origins: { entra: '', graph: '', arm: '', connector: '' },
    secrets: options.secrets ?? {},
    faults: [],
    switches: { ...startingSwitches, ...options.switches },
    now: () => new Date(realNow().getTime() + offset),
    realNow,
    moveClock(move) {
      offset = 'now' in move ? move.now.getTime() - realNow().getTime() : offset + move.advanceMs
      settle(tenant)
      notify()
    },
    record(effect) {
      tenant.effects.push({ at: tenant.now(), ...effect })
      notify()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return tenant

  function notify() {
    if (told) return
    told = true
    queueMicrotask(() => {
      told = false
      for (const listener of listeners) listener()
    })
  }
}

/**
 * `POST /api/switches`.
 * @throws {ZodError} for a switch that does not exist or a value it cannot take.
 */
export function changeSwitches(tenant: EmulatedTenant, body: unknown): Switches {
  const asked = Object.entries(SwitchChange.parse(body)).filter(([, value]) => value !== undefined)
  tenant.switches = { ...tenant.switches, ...Object.fromEntries(asked) }
  return tenant.switches
}

/**
 * `POST /api/faults`: replaces the faults in force.
 * @throws {ZodError} for a fault of another shape.
 */
export function changeFaults(tenant: EmulatedTenant, body: unknown): Fault[] {
  tenant.faults = Faults.parse(body)
  return tenant.faults
}
