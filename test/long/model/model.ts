import { type Directory, type Stage } from './people.ts'
import { everybody, readSeed, type Role, roles } from './roles.ts'

// What must be true, as far as the model knows: who asked for what, how far it is, and what Entra holds of it.

/** One of Entra's own requests, from the tenant's log of its changes. */
export interface InEntra {
  readonly id: string
  readonly person: string
  readonly role: string
  /** Every state it was in; `knownBy` is when the bot may no longer show the one before. Product time. */
  readonly history: {
    readonly state: 'pending' | 'denied' | 'cancelled' | 'lapsed' | 'approved' | 'active' | 'gone'
    readonly at: number
    knownBy: number
  }[]
}

export interface Life {
  readonly id: string
  readonly number: number
  readonly person: string
  readonly role: Role
  /** Its status card. */
  card: string
  /** Minutes. */
  readonly lasts: number
  readonly longest: number
  stages: readonly Stage[]
  revision: number
  yes: readonly { readonly by: string; readonly stage: number }[]
  /** The chat stage that is open; as many as there are chat stages once all are done. */
  stage: number
  /** Since when that stage, or the requester's last tap, is waited for. Product time. */
  since: number
  escalated: boolean
  entra?: InEntra
  activeSince?: number
  /** What the journal said last, whether the tenant bears it out, and whether a call of ours is in doubt. */
  seen: string
  settled: boolean
  inDoubt: boolean
  /** Nobody's right to decide it has changed since its cards were last brought to the truth. */
  fresh: boolean
  /** Chat and journal alone decide these; set when it is so. */
  over?: string
  /** Entra would not take it. */
  refusable: boolean
  /** A call about it was cut off, or met a fault: at this instant of the real clock. */
  shaken?: number
  /** Real time since when the journal should have known better. */
  lateSince?: number
}

export interface Draft {
  readonly person: string
  readonly role: Role
  readonly card: string
  readonly record: string
}

export interface Model {
  readonly directory: Directory
  readonly personOf: ReadonlyMap<string, string>
  drafts: readonly Draft[]
  readonly lives: Life[]
  /** Everything Entra was ever asked for, by its id. */
  readonly inEntra: Map<string, InEntra>
  /** `person|role` that lost its standing: when. */
  readonly lost: Map<string, number>
  alive: boolean
  /** Approval cards seen open, by message: whose, of which request. */
  readonly asked: Map<
    string,
    { readonly person: string; readonly life: string; readonly data: Record<string, unknown> }
  >
  now: number
  /** Since the last fault or death, the bot may be this late. Product time. */
  lateUntil: number
  /** The bot was killed at least once: messages may come twice. */
  killed: boolean
  diedAt: number
  readonly said: string[]
}

export async function freshModel(): Promise<Model> {
  const seed = await readSeed()
  const groups = new Map(seed.groups.map(({ name, members }): [string, readonly string[]] => [name, members]))
  const eligibilities = seed.directoryRoles.flatMap(({ role, eligible }) =>
    eligible.map(({ user, group }) => ({ role, user, group })),
  )
  return {
    directory: {
      managers: new Map(seed.people.map(({ id, manager }) => [id, manager])),
      reachable: new Set(seed.people.filter(({ appInstalled }) => appInstalled).map(({ id }) => id)),
      disabled: new Set(seed.people.filter(({ accountEnabled }) => !accountEnabled).map(({ id }) => id)),
      groups,
      asks: new Map(roles.map(({ name, entraAsks }) => [name, entraAsks])),
      longest: new Map(roles.map(({ name, entraLongest }) => [name, entraLongest])),
      eligible: new Set(eligibilities.flatMap(({ role, user }) => (user === undefined ? [] : [`${user}|${role}`]))),
      eligibleThroughGroup: new Set(
        eligibilities.flatMap(({ role, group }) =>
          group === undefined ? [] : (groups.get(group) ?? []).map((user) => `${user}|${role}`),
        ),
      ),
    },
    personOf: new Map(seed.people.map(({ id, objectId }) => [objectId, id])),
    drafts: [],
    lives: [],
    inEntra: new Map(),
    lost: new Map(),
    alive: true,
    asked: new Map(),
    now: 0,
    lateUntil: 0,
    killed: false,
    diedAt: 0,
    said: [],
  }
}

const over = new Set(['denied', 'withdrawn', 'lapsed', 'refused', 'failed', 'ended'])
export const isOver = (status: string): boolean => over.has(status)

export const keyOf = (person: string, role: Role | string): string =>
  `${person}|${typeof role === 'string' ? role : role.name}`

export const stateOf = (request: InEntra | undefined) => request?.history.at(-1)?.state

export const mayAsk = ({ directory }: Model, person: string, role: Role): boolean =>
  !directory.disabled.has(person) &&
  (directory.eligible.has(keyOf(person, role)) || directory.eligibleThroughGroup.has(keyOf(person, role)))

/** What Entra holds already of this person and role, open or in force. */
export const heldInEntra = (model: Model, person: string, role: Role): InEntra | undefined =>
  [...model.inEntra.values()].find(
    (each) => each.person === person && each.role === role.name && ['pending', 'active'].includes(stateOf(each) ?? ''),
  )

export const openLife = (model: Model, person: string, role: Role): Life | undefined =>
  model.lives.find((life) => life.person === person && life.role === role && !isOver(life.seen))

export const tell = (life: Life): string => `#${life.number} (${life.person}, ${life.role.name})`

/**
 * Milliseconds of product time after which the bot has to know what others did: its slowest look, and the delay of the
 * audit log.
 */
export const known = 6 * 60_000

/** Everybody whose chat is worth reading. */
export const watched = everybody
