import { peopleOf, groupsOf } from './state/people-and-groups.ts'
import { type Fault, Faults } from './state/fault.ts'
import type { EmulatedTenant } from './state/tenant-state.ts'
import { assignmentsOf, eligibilitiesOf, guardedBy } from './pim/resources-from-seed.ts'
import { settle } from './pim/settle.ts'
import { loadSeed } from './seed/seed-file.ts'
import { startingSwitches, SwitchChange } from './state/switches.ts'
import type { Switches } from './state/switches.ts'
import { newSigningKey } from './state/signing-key.ts'
import type { SigningKey } from './state/signing-key.ts'

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
  const guarded = guardedBy(seed, { people, groups })
  const listeners = new Set<() => void>()
  let told = false
  let offset = startsAt.getTime() - realNow().getTime()

  const tenant: EmulatedTenant = {
    seed,
    signingKey: options.signingKey ?? (await newSigningKey()),
    startedAt: startsAt,
    people,
    groups,
    resources: new Map(guarded.map(({ resource }) => [resource.key, resource])),
    eligibilities: eligibilitiesOf(guarded, { people, groups }, startsAt),
    assignments: assignmentsOf(guarded, { people, groups }, startsAt),
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
