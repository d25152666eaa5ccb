import { sql } from 'kysely'
import { addTime, days, type Duration, hours } from '../time.ts'
import type { Database } from './database.ts'

/** How long rows are kept that no event refers to. README has the same table, and a test holds one against the other. */
export const retention = [
  {
    table: 'seen_activity',
    of: 'messages and occasions that were answered',
    keeps: days(30),
    clock: 'product',
    since: 'at',
    where: 'true',
  },
  {
    table: 'outbox',
    of: 'what was owed and is settled',
    keeps: days(30),
    clock: 'real',
    since: 'settled_at',
    where: `outcome <> 'given-up'`,
  },
  {
    table: 'outbox',
    of: 'what was owed and is given up',
    keeps: days(90),
    clock: 'real',
    since: 'settled_at',
    where: `outcome = 'given-up'`,
  },
  { table: 'draft', of: 'forms, submitted or not', keeps: days(30), clock: 'product', since: 'made_at', where: 'true' },
  { table: 'asked', of: 'what was asked last in a chat', keeps: days(2), clock: 'product', since: 'at', where: 'true' },
  {
    table: 'unanswered',
    of: 'messages whose answer could not be given',
    keeps: days(7),
    clock: 'product',
    since: 'at',
    where: 'true',
  },
  {
    table: 'waits_for',
    // What is decided takes its own rows away; these are of what an earlier release went on with.
    of: 'who could be asked about what waits no more',
    keeps: hours(1),
    clock: 'product',
    since: 'since',
    where: `not exists (select from request_summary where id = waits_for.request and status in ('in-chat', 'filed'))`,
  },
  {
    table: 'look',
    of: 'when the tenant last told of a request that is over',
    keeps: days(7),
    clock: 'product',
    since: 'answered_at',
    where: 'not exists (select from request_summary where id = look.request and open)',
  },
  {
    table: 'sign_in',
    // The repeated tap of a person who signed in at the last moment still finds it.
    of: 'sign-ins that ran out, with what was typed',
    keeps: hours(1),
    clock: 'real',
    since: 'expires_at',
    where: 'true',
  },
  {
    table: 'stranger_count',
    of: 'how many strangers were turned away, by day',
    keeps: days(400),
    clock: 'product',
    since: 'day::timestamptz',
    where: 'true',
  },
] as const satisfies readonly Kept[]

interface Kept {
  readonly table: string
  readonly of: string
  readonly keeps: Duration
  /** Which clock the rows were stamped by. */
  readonly clock: 'product' | 'real'
  /** An instant that is null for what is not settled yet. */
  readonly since: string
  readonly where: string
}

/** README's table, a row each. */
export const retentionTable = (): string =>
  [
    '| table | what | kept for | counted by |',
    '|---|---|---|---|',
    ...retention.map(
      ({ table, of, keeps, clock }) => `| \`${table}\` | ${of} | ${longFor(keeps)} | the ${clock} clock |`,
    ),
  ].join('\n')

const longFor = (keeps: Duration): string => (keeps < days(1) ? `${keeps / hours(1)} hour` : `${keeps / days(1)} days`)

/** Deleted in one go at most: nobody waits behind it, and the next run takes the rest. */
const most = 5_000

/** @returns how many rows went, by table; nothing where another replica is at it */
export async function tidy(db: Database, now: Date, realNow: Date): Promise<Readonly<Record<string, number>>> {
  const gone: Record<string, number> = {}
  for (const { table, keeps, clock, since, where } of retention) {
    const before = addTime(clock === 'product' ? now : realNow, -keeps as Duration)
    const deleted = await db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ ours: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('latchkey tidy')) as ours`.execute(transaction)
      if (rows[0]?.ours !== true) return 0
      const result = await sql`
        delete from ${sql.id(table)} where ctid = any (array(
          select ctid from ${sql.id(table)} where ${sql.raw(since)} < ${before} and ${sql.raw(where)} limit ${most}
        ))`.execute(transaction)
      return Number(result.numAffectedRows ?? 0)
    })
    if (deleted > 0) gone[table] = (gone[table] ?? 0) + deleted
  }
  return gone
}
