import { beforeAll, beforeEach, expect, test } from 'vitest'
import { look, lookAtDue } from '../../src/workflow/engine/look.ts'
import { sharedReading } from '../../src/workflow/engine/asked-now.ts'
import { addTime, hours, minutes } from '../../src/time.ts'
import { kindTitle } from '../../src/words/card/lists.ts'
import { readerOf } from '../../src/words/reader.ts'
import { addLabBenches, bench, openPorter } from '../fixtures/lab-bench.ts'
import { termsHashOf } from '../../src/request/submit.ts'
import { requestOf } from '../../src/workflow/record/record-id.ts'
import { openShell } from './shell.ts'

// A kind of access that is added in one file: asked for, approved, in force, ended.

let porter: ReturnType<typeof openPorter>
const shell = openShell({ tenant: (tenant) => porter.withBenches(tenant), entries: [bench] })
beforeAll(addLabBenches)
beforeEach(() => {
  porter = openPorter(() => shell.tenant.id('priya.raman'), shell.tenant.emulated.now)
})
const advance = (ms: number) => shell.tenant.emulated.moveClock({ advanceMs: ms })

test('it is filed with its own engine, approved by whom that asks, active as that shows it, and ended by its holder', async () => {
  const id = await shell.asked('bench-7', 'maya.okafor', { host: 'probe.example.com' })
  const [kept] = porter.book
  if (kept === undefined) throw new Error('the porter has it in the book')
  expect(await shell.stands(id)).toMatchObject({
    submission: { target: { kind: 'labBench', bench: '7' } },
    phase: { status: 'filed', filed: { closesAt: addTime(kept.filing.startsAt, hours(12)) } },
  })
  expect(shell.effects()).toEqual([])

  expect(await shell.press('priya.raman', 'approve', id)).toMatchObject({ answer: 'card' })
  expect(await look(shell.edges(), id)).toMatchObject({
    phase: { status: 'active' },
    decisions: [{ verdict: 'approve', confirmed: true, by: shell.tenant.id('priya.raman') }],
  })

  // Its own number decides from when on it can be given back.
  expect(await shell.press('maya.okafor', 'end', id)).toMatchObject({ refusal: { kind: 'too-early-to-end' } })
  advance(minutes(1))
  expect(await shell.press('maya.okafor', 'end', id)).toMatchObject({ answer: 'card' })
  expect(await look(shell.edges(), id)).toMatchObject({ phase: { status: 'ended', how: 'by-holder' } })
})

test('it runs out, and a sweep over several kinds sees that of each', async () => {
  const id = await shell.asked('bench-7', 'maya.okafor', { host: 'probe.example.com' })
  await shell.press('priya.raman', 'approve', id)
  const role = await shell.asked('ai-administrator')
  await look(shell.edges(), id)
  advance(hours(2))
  const edges = shell.edges()
  await lookAtDue(edges, sharedReading(edges))
  expect(await shell.statusOf(id)).toBe('ended')
  expect(await shell.statusOf(role)).toBe('filed')
})

test('what is written of it is read again, and its values go by its own words', async () => {
  const id = await shell.asked('bench-7', 'maya.okafor', { host: 'probe.example.com' })
  const replica = await shell.stores[1].journal.load(id)
  expect(replica.events[0]).toMatchObject({ target: { kind: 'labBench', bench: '7' } })
  const reader = readerOf({ locale: 'de-DE', zone: 'Europe/Berlin' }, shell.tenant.emulated.now())
  expect(kindTitle(reader, bench.kind)).toBe('Labortische')
})

test('a request that somebody filed past us for another bench differs in the bench', async () => {
  const id = await shell.asked('bench-7', 'maya.okafor', { host: 'probe.example.com' })
  const [kept] = porter.book
  if (kept === undefined) throw new Error('the porter has it in the book')
  Object.assign(kept.filing, { target: { kind: 'labBench', bench: '8' } })
  expect(await shell.press('priya.raman', 'approve', id)).toMatchObject({
    refusal: { kind: 'differs-in-entra', differences: [{ field: 'bench', journal: 'Bench 7', entra: '8' }] },
  })
})

test('its form asks for what the kind asks for: missing, wrong, then taken, stored and bound to the approval', async () => {
  const draft = await shell.drafted('bench-7')
  const missing = await shell.press('maya.okafor', 'submit', draft)
  expect(missing).toMatchObject({
    refusal: { kind: 'input-missing', input: 'host' },
    view: { view: 'confirm', more: [{ spec: { name: 'host' }, value: '' }, { spec: { label: 'Which gas?' } }] },
  })
  const more = { host: 'probe.example.com', gas: 'neon' }
  const wrong = await shell.press('maya.okafor', 'submit', draft, { revision: 2, inputs: { more } })
  expect(wrong).toMatchObject({
    refusal: { kind: 'input-not-understood', label: 'Which gas?', text: 'neon' },
    // What was right stays in the form.
    view: { more: [{ value: 'probe.example.com' }, { value: 'neon' }] },
  })
  const right = { ...more, gas: 'argon', other: 'dropped' }
  await shell.press('maya.okafor', 'submit', draft, { revision: 3, inputs: { more: right } })
  const { submission, termsHash } = await shell.stands(requestOf(draft))
  expect(submission.inputs).toEqual({ host: ['probe.example.com'], gas: 'argon' })
  const stages = (await shell.stands(requestOf(draft))).stages
  expect(termsHashOf(submission, stages, 1)).toBe(termsHash)
  expect(termsHashOf({ ...submission, inputs: { ...submission.inputs, gas: 'helium' } }, stages, 1)).not.toBe(termsHash)
})
