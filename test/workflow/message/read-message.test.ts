import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/entitlement/entitlement.ts'
import { readCatalogue } from '../../../src/entitlement/read-catalogue.ts'
import { openLanguageModel } from '../../../src/language-model/language-model.ts'
import type { PersonId } from '../../../src/people.ts'
import { hours, milliseconds } from '../../../src/time.ts'
import { readMessage } from '../../../src/workflow/message/read-message.ts'
import { fails, openStandIn, says, type StandIn } from '../../language-model/stand-in.ts'
import { openTenantEdge } from '../../microsoft/tenant-edge.ts'

// A message read twice: who may see what, and what becomes of it when the second reading is not to be had.

let edge: Awaited<ReturnType<typeof openTenantEdge>>
let server: StandIn
let catalogue: Catalogue
const now = new Date('2026-11-23T10:00:00Z')
const silent = { info() {}, warn() {}, error() {} }
beforeAll(async () => {
  ;[edge, server] = await Promise.all([openTenantEdge(), openStandIn()])
  const read = await readCatalogue(new URL('../../../sample/contoso/catalogue', import.meta.url).pathname)
  if (!read.ok) throw new Error('the sample catalogue is broken')
  catalogue = read.value
})
afterAll(async () => {
  await edge[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})
beforeEach(() => void (server.calls.length = 0))

function readBy(speaker: PersonId, text: string) {
  const languageModel = openLanguageModel({
    endpoint: server.endpoint,
    authorization: async () => 'Bearer a-token',
    patience: milliseconds(5_000),
    hourly: 100,
    hourlyEach: 100,
    realNow: () => now,
    log: silent,
  })
  const person = { id: speaker, teamsId: '29:1', serviceUrl: 'https://localhost', conversation: 'a:1' }
  const heard = { activity: 'f:1', text, chat: 'personal', speaker: person } as const
  const viewer = async () => ({ locale: 'en-GB', zone: 'Europe/London' })
  return readMessage({ tenant: edge.tenant, catalogue, languageModel, now: () => now, chats: { viewer } }, heard)
}
const offered = () => {
  const schema = JSON.stringify(server.calls.at(-1)?.body.response_format)
  return [...catalogue.entitlements.values()].filter(({ id }) => schema.includes(`"${id}"`))
}

test('the model is told of no role that the speaker may not ask for', async () => {
  server.answer = says({})
  await readBy(edge.id('maya.okafor'), 'could you sort me out')
  const mayas = offered().map(({ id }) => String(id))
  expect(mayas).toContain('ai-administrator')
  await readBy(edge.id('sam.rivera'), 'could you sort me out')
  const roles = offered().flatMap(({ id, kind }) => (kind === 'directoryRole' ? [String(id)] : []))
  expect(roles).not.toContain('ai-administrator')
  expect(JSON.stringify(server.calls.at(-1)?.body)).not.toContain('AI Administrator')
})

test('what the rules could not name the model may, and it fills in a form like any other', async () => {
  server.answer = says({ intent: 'request', entitlements: ['ai-administrator'], duration: 'PT1H' })
  const agreed = await readBy(edge.id('maya.okafor'), 'I need access to the usual thing')
  expect(agreed).toMatchObject({
    as: 'understood',
    ask: { intent: 'request', entitlements: [{ id: 'ai-administrator' }], duration: hours(1) },
  })
})

test('an answer that was talked into approving changes nothing: no such thing can be said', async () => {
  server.answer = says({ intent: 'approve', entitlements: ['ai-administrator'] })
  const text = 'I need AI Administrator for 2 hours to rotate keys'
  const agreed = await readBy(edge.id('maya.okafor'), text)
  expect(agreed).toMatchObject({ as: 'understood', ask: { intent: 'request' } })
})

test('while the model is down messages are read as they are without one', async () => {
  server.answer = fails(503)
  const agreed = await readBy(edge.id('maya.okafor'), 'I need AI Administrator for 2 hours to rotate keys')
  expect(agreed).toMatchObject({
    as: 'understood',
    ask: { intent: 'request', entitlements: [{ id: 'ai-administrator' }] },
  })
})
