import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startPostgres } from '../../src/demo/postgres.ts'
import { PersonId } from '../../src/people.ts'
import { migrate } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/store.ts'

const openRequests = 20_000
const theirs = 5
const rounds = 200

/**
 * How long the database takes to tell what waits for one person while 20,000 requests of other people wait for others;
 * for somebody who is asked about nothing; and for one who is asked about one in fifty of all.
 */
export async function measurePending(): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
  // The server's own user passes through this folder when the bench runs as root.
  await chmod(folder, 0o711)
  const server = await startPostgres({ dataFolder: folder, log: () => {} })
  try {
    await server.dropAndCreate('bench')
    await migrate(server.adminUrlOf('bench'), server.passwords)
    const [approver, nobody] = [PersonId.parse(crypto.randomUUID()), PersonId.parse(crypto.randomUUID())]
    await fill(server.adminUrlOf('bench'), approver)
    const { privateKey } = generateKeyPairSync('ed25519')
    const url = server.urlOf('bench')
    await using store = await openStore({
      databaseUrl: url,
      signingKey: privateKey,
      realClock: () => new Date(),
      defaultZone: 'Europe/London',
    })
    const ask = (person: PersonId) => () => store.requests.askedOf(person, 200)
    return {
      openRequests,
      own: await timed(ask(approver), theirs),
      none: await timed(ask(nobody), 0),
      busiest: await timed(ask(PersonId.parse('00000000-0000-4000-8000-000000000001')), 200),
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Ten approvers for each request, out of 500 people; a few of them of this person. */
async function fill(adminUrl: string, approver: PersonId): Promise<void> {
  const client = new Client(adminUrl)
  await client.connect()
  try {
    await client.query(
      `with open as (select 'req_' || gen_random_uuid() as id, n from generate_series(1, ${openRequests}) n),
        kept as (insert into request_summary
          (id, requester, beneficiary, entitlement, status, open, in_doubt, submitted_at, next_look_at)
          select id, gen_random_uuid(), gen_random_uuid(), 'global-reader', 'filed', true, false, now(), now() from open)
       insert into waits_for (request, person, stage, since, closes)
       select id, ('00000000-0000-4000-8000-' || lpad(((n * 7 + k) % 500)::text, 12, '0'))::uuid, 0, now(),
         now() + n * interval '1 second'
       from open, generate_series(1, 10) k`,
    )
    await client.query(
      `insert into waits_for (request, person, stage, since, closes)
       select 'req_' || gen_random_uuid(), $1, 0, now(), now() from generate_series(1, ${theirs})`,
      [approver],
    )
    await client.query('analyze waits_for')
  } finally {
    await client.end()
  }
}

async function timed(ask: () => Promise<readonly unknown[]>, expected: number) {
  const times: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const begun = performance.now()
    const rows = await ask()
    if (rows.length !== expected) throw new Error(`${rows.length} rows, and not ${expected}`)
    if (round > 0) times.push(performance.now() - begun)
  }
  times.sort((one, other) => one - other)
  const at = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 100) / 100
  return { rows: expected, p50Ms: at(0.5), p95Ms: at(0.95) }
}
