import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EntitlementId } from '../../src/entitlement/entry.ts'
import { hours } from '../../src/time.ts'
import type { Asked } from '../../src/workflow/ports/memory.ts'
import { freshStore, type TestStore } from '../fixtures/postgres.ts'
import { priya, maya, noon } from './sample.ts'

let opened: TestStore
beforeAll(async () => {
  opened = await freshStore()
})
afterAll(() => opened[Symbol.asyncDispose]())

const which: Asked = {
  message: 'a:1|1',
  what: {
    asks: 'which',
    candidates: ['ai-administrator' as EntitlementId], // as the catalogue spells it
    filling: { duration: hours(2), justification: 'rotate keys', ticket: 'INC-1', start: noon },
  },
  at: noon,
  below: 0,
}
const form: Asked = { message: 'a:1|2', what: { asks: 'draft', draft: 'draft_1' }, at: noon, below: 3 }

test('what was asked last in a chat is what every replica knows, and nothing before it', async () => {
  await using replica = await opened.replica()
  const { dialogue } = opened.store
  expect(await dialogue.lastAsked(maya, 'a:1')).toBeUndefined()
  await dialogue.ask(maya, 'a:1', which)
  expect(await replica.dialogue.lastAsked(maya, 'a:1')).toEqual(which)
  await replica.dialogue.ask(maya, 'a:1', form)
  expect(await dialogue.lastAsked(maya, 'a:1')).toEqual(form)
})

test('nobody answers what another person was asked, and nobody in another chat', async () => {
  const { dialogue } = opened.store
  await dialogue.ask(maya, 'a:2', form)
  expect(await dialogue.lastAsked(priya, 'a:2')).toBeUndefined()
  expect(await dialogue.lastAsked(maya, 'a:3')).toBeUndefined()
})
