import { expect, test } from 'vitest'
import { issueSsoToken } from '../../../src/emulated-tenant/entra/entra-app.ts'
import { pending } from '../../../src/workflow/answer/pending.ts'
import { query } from '../../fixtures/postgres.ts'
import { openShell, refusedAs } from '../shell.ts'

// A requester knows the id of their own request, and can write it into one that they file past us.

const shell = openShell()
const { asked, inPortal, press, stands } = shell

const eventsOf = (id: string) =>
  query<{ type: string; body: string }>(
    shell.adminUrl,
    `select type, body from journal where stream = 'request:${id}' order by version`,
  )

const listOf = async (approver: string) => {
  const token = await issueSsoToken(shell.tenant.emulated, approver)
  return pending(shell.edges(), shell.tenant.id(approver), { by: 'sso', token, contexts: [] })
}

test('eight hours filed past us under the id of thirty approved minutes are not booked as approved', async () => {
  const id = await asked('security-reader')
  await press('jonas.weber', 'approve', id)
  inPortal({
    do: 'activate',
    as: 'maya.okafor',
    entitlement: 'Security Reader',
    duration: 'PT8H',
    justification: 'something else entirely',
    customData: id,
  })
  const answer = await press('maya.okafor', 'activate', id)
  expect(answer).toMatchObject({ answer: 'refused' })
  const request = await stands(id)
  expect(request.phase.status).toBe('refused')
  expect(request.deviations).toMatchObject([{ what: 'filed', fields: ['duration', 'justification', 'ticket'] }])
  expect((await eventsOf(id)).map(({ type }) => type)).not.toContain('FilingObserved')
  const owed = await query<{ id: string }>(shell.adminUrl, `select id from outbox where id like '%/security-notice/%'`)
  expect(owed).toHaveLength(1)
})

test('one filed while the owner still thinks is shown to security as filed past the approval', async () => {
  const id = await asked('application-administrator')
  inPortal({
    do: 'file',
    as: 'maya.okafor',
    entitlement: 'Application Administrator',
    duration: 'PT2H',
    justification: 'rotate the connector keys',
    ticket: 'INC-48213',
    customData: id,
  })
  const list = await listOf('jonas.weber')
  expect(list.rows).toMatchObject([{ entitlement: 'Application Administrator', filedOutside: true }])
  expect((await stands(id)).deviations).toMatchObject([{ what: 'filed', fields: ['created'] }])
  // Read again, it is told no second time.
  await listOf('mei.lin')
  expect((await eventsOf(id)).filter(({ type }) => type === 'DeviationObserved')).toHaveLength(1)
})

test('a second one under the id of a request that waits is not decided with it', async () => {
  const id = await asked()
  expect(await press('priya.raman', 'approve', id)).toMatchObject({ answer: 'card' })
  expect((await stands(id)).deviations).toEqual([])
  expect(await press('priya.raman', 'approve', id)).not.toMatchObject(refusedAs('differs-in-entra'))
})
