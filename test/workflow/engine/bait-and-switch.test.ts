import { expect, test } from 'vitest'
import { readerOf } from '../../../src/words/reader.ts'
import { refusalSentence } from '../../../src/words/refusals.ts'
import type { TapAnswer } from '../../../src/workflow/ports/incoming.ts'
import { query } from '../../fixtures/postgres.ts'
import { openShell, refusedAs } from '../shell.ts'

// The card shows what was asked for; Entra grants what Entra holds. Whoever says yes must be saying yes to both.

const shell = openShell()
const { asked, effects, inEntra, inPortal, press, stands } = shell
const reader = readerOf({ locale: 'en-GB', zone: 'Europe/London' }, new Date('2026-11-23T10:00:00Z'))

/** What somebody reads who was refused. */
function read(answer: TapAnswer): string {
  if (answer.answer !== 'refused') throw new Error('it was not refused')
  return refusalSentence(reader, answer.refusal, answer.names ?? new Map())
}

test.each([
  ['duration', { duration: 'PT4H' }, 'Duration: here "2 hours", in Entra "4 hours".'],
  [
    'justification',
    { justification: 'something else' },
    'Justification: here "rotate the connector keys", in Entra "something else".',
  ],
  ['ticket', { ticket: 'INC-1' }, 'Ticket: here "INC-48213", in Entra "INC-1".'],
  ['role', { entitlement: 'Global Reader' }, 'Role: here "AI Administrator", in Entra "Global Reader".'],
  ['scope', { scope: '/administrativeUnits/1' }, 'Scope: here "/", in Entra "/administrativeUnits/1".'],
  ['requester', { person: 'lena.brandt' }, 'Requester: here "Maya Okafor", in Entra "Lena Brandt".'],
])('another %s in Entra: not approved, both are shown, and the refusal is kept', async (field, change, sentence) => {
  // Priya decides this role too, so that Entra shows her the request whatever it has become.
  inPortal({ do: 'setPolicy', entitlement: 'Global Reader', approval: { approvers: [{ user: 'priya.raman' }] } })
  const id = await asked()
  inPortal({ do: 'alterRequest', request: inEntra().id, ...change })
  const answer = await press('priya.raman', 'approve', id)
  expect(answer).toMatchObject({
    answer: 'refused',
    refusal: { kind: 'differs-in-entra', differences: [{ field }] },
    view: { view: 'approval', refused: { kind: 'differs-in-entra' } },
  })
  expect(read(answer)).toContain(sentence)
  expect(effects('approve')).toEqual([])
  expect(await stands(id)).toMatchObject({ phase: { status: 'filed' }, decisions: [] })
  const kept = await query<{ body: string }>(shell.adminUrl, `select body from journal where type = 'TapRefused'`)
  expect(kept.map(({ body }) => body).join()).toContain('differs-in-entra')
})

test('several at once are all shown, and none of it is denied here either', async () => {
  const id = await asked()
  inPortal({ do: 'alterRequest', request: inEntra().id, duration: 'PT3H', justification: '', scope: '/x' })
  const answer = await press('priya.raman', 'deny', id, { inputs: { comment: 'this is not what was asked' } })
  expect(answer).toMatchObject({
    refusal: { differences: [{ field: 'scope' }, { field: 'duration' }, { field: 'justification' }] },
  })
  expect(effects('deny')).toEqual([])
})

test('a role that the approver does not decide: Entra does not show it to them, and nothing is cast', async () => {
  const id = await asked()
  inPortal({ do: 'alterRequest', request: inEntra().id, entitlement: 'Application Administrator' })
  expect(await press('priya.raman', 'approve', id)).toMatchObject(refusedAs('not-waiting-in-entra'))
  expect(effects('approve')).toEqual([])
})

test('what was altered and put right again can be approved', async () => {
  const id = await asked()
  inPortal({ do: 'alterRequest', request: inEntra().id, duration: 'PT4H' })
  await press('priya.raman', 'approve', id)
  inPortal({ do: 'alterRequest', request: inEntra().id, duration: 'PT2H' })
  expect(await press('priya.raman', 'approve', id)).toMatchObject({ answer: 'card' })
  expect(effects('approve')).toHaveLength(1)
})
