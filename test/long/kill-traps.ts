import type { AccessRequest } from '../../src/request/request.ts'
import type { Life } from './kill-life.ts'
import { glance, realNow, type Stage } from './kill-stage.ts'

/** Holds a bot at one point of its work. */
export interface Trap {
  set(stage: Stage, life: Life): Promise<void>
  /** Returns once it stands there. */
  reached(stage: Stage, life: Life): Promise<void>
}

const patienceMs = 40_000

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = realNow() + patienceMs
  while (!(await holds())) {
    if (realNow() > deadline) throw new Error(`it never came to this: ${what}`)
    await glance()
  }
}

/** Longer than any start of a bot, so that nothing is answered before the kill. */
const holdMs = 60_000

const byFault = (fault: object, reached: Trap['reached']): Trap => ({
  set: ({ demo }) => demo.faults([{ ...fault }]),
  reached,
})

type Doubtful = NonNullable<AccessRequest['doubt']>['about']
const inDoubt = (about: Doubtful) => (stage: Stage, life: Life) =>
  until(`${about} attempted`, async () => (await stage.request(life.id))?.doubt?.about === about)

/** The attempt is written; the call waits for its token and has not left. */
export const beforeCall = (about: Doubtful): Trap =>
  byFault({ service: 'entra', method: 'POST', path: '/token', holdMs }, inDoubt(about))

const calls = {
  filing: { method: 'POST', path: 'roleAssignmentScheduleRequests$', becomes: ['PendingApproval', 'Provisioned'] },
  decision: { method: 'PATCH', path: 'roleAssignmentApprovals', becomes: ['Provisioned', 'Denied'] },
  withdrawal: { method: 'POST', path: 'roleAssignmentScheduleRequests/[^/]+/cancel', becomes: ['Canceled'] },
} as const

const caseOf = ({ ticket }: Life) => ticket.slice(4)

async function inTenant({ demo }: Stage, life: Life): Promise<string | undefined> {
  const found = (await demo.tenant('requests')).find((each) => String(each['justification']).includes(caseOf(life)))
  return found === undefined ? undefined : String(found['status'])
}

/** Entra has done it, and its answer is on the way. */
export const afterEffect = (about: keyof typeof calls): Trap => {
  const { method, path, becomes } = calls[about]
  return byFault({ service: 'graph', method, path, holdMs }, (stage, life) =>
    until(`${about} in the tenant`, async () => {
      const status = await inTenant(stage, life)
      return becomes.some((each) => each === status)
    }),
  )
}

/** Entra has ended it, and its answer is on the way. */
export const afterEnd: Trap = byFault(
  { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests$', holdMs },
  (stage, { asking }) =>
    until('the grant is gone', async () =>
      (await stage.demo.tenant('activations')).every(
        (each) => each['person'] !== asking.requester || each['entitlement'] !== asking.role,
      ),
    ),
)

/** Whatever it would write into the journal, it has not. */
export const beforeAppend: Trap = {
  set: ({ database }) => database.hold('lock table journal in share row exclusive mode'),
  reached: ({ database }) => database.stopped(/insert into "?journal\b/),
}

/** The event is written, and nobody has come to what is owed for it. */
export const beforeClaim = (happened: (request: AccessRequest) => boolean): Trap => ({
  set: ({ database }) => database.hold(`select pg_advisory_xact_lock(hashtext('latchkey outbox'))`),
  reached: (stage, life) =>
    until('written', async () => {
      const request = await stage.request(life.id)
      return request !== undefined && happened(request)
    }),
})

/** A message is claimed, and not on its way. */
export const beforeSend: Trap = {
  set: ({ database }) => database.hold('lock table chat_reference in access exclusive mode'),
  reached: ({ database }) => database.stopped(/chat_reference/),
}

/** That several people are to see it is claimed, and owed to none of them yet. */
export const beforeParts: Trap = {
  async set({ database }) {
    await database.rows(`create or replace function hold_parts() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(hashtext('parts')); return new; end $$`)
    await database.rows(`create or replace trigger hold_parts before insert on outbox for each row
      when (new.owed like '%"approval-card"%') execute function hold_parts()`)
    await database.hold(`select pg_advisory_xact_lock(hashtext('parts'))`)
  },
  reached: ({ database }) => database.stopped(/insert into "?outbox\b/),
}
export const holdNoParts = ({ database }: Stage) => database.rows('drop trigger hold_parts on outbox')

/** A message stands in the chat, and that it does is not stored. To be set before the message is sent. */
export const beforeRecord: Trap = {
  set: () => Promise.resolve(),
  reached: ({ database }) => database.stopped(/insert into "?sent_card\b/),
}
export const storeNoCards = ({ database }: Stage): Promise<void> =>
  database.hold('lock table sent_card in share row exclusive mode')

/** The connector has taken a new message to this person, and its answer is on the way. */
export function afterSend(to: (life: Life) => string, held = holdMs): Trap {
  let before = 0
  return {
    async set({ demo }, life) {
      before = Math.max(0, ...(await demo.person(to(life)).messages()).map(({ sequence }) => sequence))
      await demo.faults([{ service: 'connector', method: 'POST', path: 'activities', holdMs: held, times: 1 }])
    },
    reached: async ({ demo }, life) => void (await demo.person(to(life)).until(({ alert }) => alert, before)),
  }
}

/** The message stands in the chat and is stored, and still counts as owed. */
export function beforeDone(to: (life: Life) => string): Trap {
  // As long as it takes to lock the outbox.
  const sent = afterSend(to, 1_500)
  return {
    set: sent.set,
    async reached(stage, life) {
      await sent.reached(stage, life)
      await stage.database.hold('lock table outbox in share mode')
      await stage.database.stopped(/update "?outbox"? set "?outcome\b/)
    },
  }
}

/** The tenant is being asked what it shows of the request. */
export const whileLooking: Trap = byFault(
  { service: 'graph', path: 'roleAssignmentScheduleInstances|batch', holdMs },
  (stage, { id }) =>
    until('it is being looked at', async () => {
      const rows = await stage.database.rows(
        'select 1 from request_summary where id = $1 and look_leased_until > now()',
        [id],
      )
      return rows.length > 0
    }),
)

/** A sign-in is used up, and nothing is done with it yet. */
export const signInTaken: Trap = byFault({ service: 'entra', method: 'POST', path: '/token', holdMs }, (stage) =>
  until('the sign-in is used', async () => {
    const rows = await stage.database.rows('select 1 from sign_in where used_at is not null and outcome is null')
    return rows.length > 0
  }),
)
