import { expect, test } from 'vitest'
import type { Owed } from '../../src/request/effects.ts'
import { hours, minutes } from '../../src/time.ts'
import { carryOut } from '../../src/workflow/owed/carry-out.ts'
import { query } from '../fixtures/postgres.ts'
import { openShell, roles, stage } from './shell.ts'

// What time alone brings about is owed as a row with its moment, and needs no look at the tenant.

const shell = openShell()
const advance = (ms: number) => shell.tenant.emulated.moveClock({ advanceMs: ms })
const clocks = async (id: string) =>
  (
    await query<{ id: string; owed: string; due: Date }>(
      shell.adminUrl,
      `select id, owed, due from outbox where owed::jsonb ->> 'effect' = 'clock' and owed::jsonb ->> 'request' = $1
         and outcome is null order by due`,
      [id],
    )
  ).map(({ id: row, owed, due }) => ({ row, owed: JSON.parse(owed) as Owed, due }))
const perform = async (id: string) => {
  const [next] = await clocks(id)
  if (next === undefined) throw new Error('nothing is due')
  await carryOut(shell.edges(), { id: next.row, owed: next.owed, attempts: 1, triedSince: new Date() })
}
const chatOfOne = [roles, 'owners: [priya.raman]', `owners: [priya.raman]\n    stages:\n${stage('owner', 2)}`] as const

test('a reminder, the backup and the lapse of a chat stage come of it, each owing the next', async () => {
  await shell.edit(chatOfOne)
  const id = await shell.asked()
  const opened = shell.tenant.emulated.now().getTime()
  const [first, ...more] = await clocks(id)
  expect(more).toEqual([])
  expect(Math.round(((first?.due.getTime() ?? 0) - opened) / 60_000)).toBe(30)
  const before = shell.tenant.arrived.length
  advance(minutes(30))
  await perform(id)
  expect(await shell.stands(id)).toMatchObject({ phase: { waiting: { reminded: true, escalated: false } } })
  advance(hours(2))
  await perform(id)
  expect(await shell.stands(id)).toMatchObject({ phase: { waiting: { escalated: true } } })
  advance(hours(24))
  await perform(id)
  expect(await shell.statusOf(id)).toBe('lapsed')
  expect(await clocks(id)).toEqual([])
  expect(shell.tenant.arrived).toHaveLength(before)
})

test('one whose moment was overtaken does nothing', async () => {
  await shell.edit(chatOfOne)
  const id = await shell.asked()
  const [reminder] = await clocks(id)
  await shell.press('priya.raman', 'deny', id, { inputs: { comment: 'not today' } })
  advance(hours(1))
  if (reminder === undefined) throw new Error('a reminder is owed')
  await carryOut(shell.edges(), { id: reminder.row, owed: reminder.owed, attempts: 1, triedSince: new Date() })
  expect(await shell.statusOf(id)).toBe('denied')
})
