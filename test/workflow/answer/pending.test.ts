import { expect, test } from 'vitest'
import { issueSsoToken } from '../../../src/emulated-tenant/entra/entra-app.ts'
import { pending } from '../../../src/workflow/answer/pending.ts'
import { catchUp } from '../../../src/workflow/record/catch-up.ts'
import { fillAsked } from '../../../src/workflow/record/fill-asked.ts'
import { query } from '../../fixtures/postgres.ts'
import { openShell } from '../shell.ts'

const shell = openShell()

const waitsFor = async (who: string) => {
  const token = await issueSsoToken(shell.tenant.emulated, who)
  return pending(shell.edges(), shell.tenant.id(who), { by: 'sso', token, contexts: [] })
}
const requestsOf = ({ rows }: Awaited<ReturnType<typeof waitsFor>>) => rows.map(({ request }) => request)
/** As many requests of other people, older than all others, that are open. */
const others = (count: number) =>
  query(
    shell.adminUrl,
    `insert into request_summary
       (id, requester, beneficiary, entitlement, status, open, in_doubt, submitted_at, next_look_at)
     select 'req_' || gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'global-reader', 'active', true, false,
       timestamptz '2026-01-01', null
     from generate_series(1, $1)`,
    [count],
  )

test('what waits for an approver is found, however much else is open in the company', async () => {
  const id = await shell.asked('security-reader')
  await others(1_200)
  expect(requestsOf(await waitsFor('jonas.weber'))).toContain(id)
  expect(requestsOf(await waitsFor('maya.okafor'))).toEqual([])
})

test('whoever comes back is shown what waits for them and what is their own, however much else is open', async () => {
  const id = await shell.asked('security-reader')
  await others(1_200)
  const owed = async (who: string) => {
    await catchUp(shell.edges(), shell.tenant.id(who))
    const rows = await query<{ effect: string }>(
      shell.adminUrl,
      `select owed::jsonb ->> 'effect' as effect from outbox where id like $1 order by 1`,
      [`%catch-up:${id}:${shell.tenant.id(who)}%`],
    )
    return rows.map(({ effect }) => effect)
  }
  expect(await owed('jonas.weber')).toEqual(['approval-card'])
  expect(await owed('maya.okafor')).toEqual(['question-cards', 'status-card'])
  expect(await owed('ravi.menon')).toEqual([])
})

test('a decided request waits for nobody; one that goes on waits for those of its next stage', async () => {
  const id = await shell.asked('security-reader')
  await shell.press('jonas.weber', 'deny', id, { inputs: { comment: 'not today' } })
  expect(await shell.statusOf(id)).toBe('denied')
  expect(requestsOf(await waitsFor('jonas.weber'))).toEqual([])
  expect(await query(shell.adminUrl, 'select * from waits_for where request = $1', [id])).toEqual([])
})

test('what an earlier release wrote without saying who is asked is filled in, once', async () => {
  const id = await shell.asked('security-reader')
  await query(shell.adminUrl, 'delete from waits_for')
  expect(requestsOf(await waitsFor('jonas.weber'))).toEqual([])
  expect(await fillAsked(shell.edges())).toBe(1)
  expect(await fillAsked(shell.edges())).toBe(0)
  expect(requestsOf(await waitsFor('jonas.weber'))).toContain(id)
})
