import { Ajv } from 'ajv'
import { CardFactory } from 'botbuilder'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { botAppId, ssoAppId, tenantId } from '../bare-bot.ts'
import { openStage } from '../chat-stage.ts'
import type { Body, Stage } from '../chat-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())
beforeEach(async () => {
  stage.play(async () => {})
  await stage.api('/api/faults', [])
  await stage.api('/api/switches', { editsAnswer: 'ok' })
})

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'A card' }] }

async function personalChat(person: string): Promise<string> {
  const { body } = await stage.api<{ id: string; type: string }[]>(`/api/people/${person}/conversations`)
  return body.find(({ type }) => type === 'personal')?.id ?? ''
}

async function activitiesOf(person: string): Promise<string> {
  return `/v3/conversations/${encodeURIComponent(await personalChat(person))}/activities`
}

type Seen = {
  id: string
  sequence: number
  text?: string
  card?: Body
  alert: boolean
  editedAt?: string
  deleted?: true
}

async function seenBy(person: string, after = 0): Promise<Seen[]> {
  return (await stage.api<Seen[]>(`/api/people/${person}/messages?after=${after}`)).body
}

async function entraToken(appId: string, scope: string): Promise<string> {
  const form = {
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: stage.secrets[appId] ?? '',
    scope,
  }
  const url = `${stage.origins.entra}/${tenantId}/oauth2/v2.0/token`
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
  const body = (await response.json()) as Body // the token endpoint answers an object
  return String(body['access_token'])
}

test('a bot on botbuilder hears a message of a person, and its answer reaches that person alone', async () => {
  stage.play(async (context) => void (await context.sendActivity(`You said: ${context.activity.text}`)))
  const before = (await seenBy('maya.okafor')).at(-1)?.sequence ?? 0
  const said = await stage.api('/api/people/maya.okafor/messages', { text: 'hello' })
  expect(said.status).toBe(202)
  const answered = await stage.api<Seen[]>(`/api/people/maya.okafor/messages?after=${before + 1}&wait=PT20S`)
  expect(answered.body).toMatchObject([{ from: 'bot', text: 'You said: hello', alert: true }])
  expect(await seenBy('priya.raman')).toEqual([])
})

test('an activity carries the ids, tenant, zone and locale that Teams stamps', async () => {
  stage.heard.length = 0
  await stage.api('/api/people/diego.fuentes/forge', { activity: { type: 'message', text: 'hola', from: { id: 'x' } } })
  const [activity] = stage.heard
  expect(activity).toMatchObject({
    channelId: 'msteams',
    serviceUrl: `${stage.origins.connector}/`,
    localTimezone: 'America/Mexico_City',
    locale: 'es-MX',
    from: { aadObjectId: '7f2c5567-c66e-4f85-ade6-01134a8e696f', name: 'Diego Fuentes' },
    recipient: { id: `28:${botAppId}` },
    conversation: { conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    entities: [{ type: 'clientInfo', timezone: 'America/Mexico_City', country: 'MX' }],
  })
  expect(activity?.from?.id).toMatch(/^29:/)
  expect(activity?.conversation?.id).toMatch(/^a:/)
})

test('an edit keeps the id, gets a new sequence and raises no alert', async () => {
  const path = await activitiesOf('lena.brandt')
  const sent = await stage.connector<{ id: string }>('POST', path, { type: 'message', text: 'first', summary: 'First' })
  expect(sent.status).toBe(201)
  const [first] = await seenBy('lena.brandt')
  expect(first).toMatchObject({ id: sent.body.id, text: 'first', summary: 'First', alert: true })
  const edit = await stage.connector('PUT', `${path}/${sent.body.id}`, { type: 'message', text: 'second' })
  expect(edit).toMatchObject({ status: 200, body: { id: sent.body.id } })
  const [second, ...others] = await seenBy('lena.brandt', first?.sequence)
  expect(others).toEqual([])
  expect(second).toMatchObject({ id: sent.body.id, text: 'second', alert: false, editedAt: expect.any(String) })
  expect(second?.sequence).toBeGreaterThan(first?.sequence ?? 0)
})

test('a reply to an id that never was is taken, as proactive sends of botbuilder need it', async () => {
  const path = await activitiesOf('sam.rivera')
  const reply = await stage.connector('POST', `${path}/${crypto.randomUUID()}`, { type: 'message', text: 'By the way' })
  expect(reply.status).toBe(201)
  expect(await seenBy('sam.rivera')).toMatchObject([{ text: 'By the way' }])
})

test('text together with a card becomes two messages, and the id answered serves for no edit', async () => {
  const path = await activitiesOf('omar.haddad')
  const activity = { type: 'message', text: 'Look', attachments: [CardFactory.adaptiveCard(card)] }
  const sent = await stage.connector<{ id: string }>('POST', path, activity)
  expect(await seenBy('omar.haddad')).toMatchObject([{ text: 'Look' }, { card }])
  expect((await stage.connector('PUT', `${path}/${sent.body.id}`, activity)).status).toBe(404)
})

test('a deleted message is gone for the person, and can no longer be edited', async () => {
  const path = await activitiesOf('jonas.weber')
  const { body } = await stage.connector<{ id: string }>('POST', path, { type: 'message', text: 'Never mind' })
  expect((await stage.connector('DELETE', `${path}/${body.id}`)).status).toBe(200)
  expect(await seenBy('jonas.weber')).toMatchObject([{ id: body.id, deleted: true }])
  expect((await stage.connector('PUT', `${path}/${body.id}`, { type: 'message', text: 'x' })).status).toBe(404)
})

describe('who may call', () => {
  test('no token, a tampered one and one for another service are refused', async () => {
    const path = await activitiesOf('maya.okafor')
    const message = { type: 'message', text: 'let me in' }
    const graph = await entraToken(botAppId, 'https://graph.microsoft.com/.default')
    const own = await entraToken(botAppId, 'https://api.botframework.com/.default')
    const tampered = own.replace(/.{4}$/, (end) => [...end].toReversed().join('') + 'A')
    for (const token of [null, 'nonsense', graph, tampered])
      expect((await stage.connector('POST', path, message, token)).status).toBe(401)
    expect((await stage.connector('POST', path, message, own)).status).toBe(201)
  })

  test('another application of the tenant cannot speak for the bot', async () => {
    const token = await entraToken(ssoAppId, 'https://api.botframework.com/.default')
    const answer = await stage.connector('POST', await activitiesOf('maya.okafor'), { type: 'message' }, token)
    expect(answer.status).toBe(401)
  })
})

describe('who can be reached', () => {
  test('a person without the app answers 403 MessageWritesBlocked, in a new conversation too', async () => {
    const blocked = { errorCode: 209, message: expect.stringContaining('"subCode":"MessageWritesBlocked"') }
    const path = await activitiesOf('paulo.reis')
    expect(await stage.connector('POST', path, { type: 'message', text: 'hi' })).toMatchObject({
      status: 403,
      body: blocked,
    })
    const members = [{ id: '0f992c14-9b65-4ee0-a5a6-b4944b7402b7' }]
    const created = await stage.connector('POST', '/v3/conversations', { isGroup: false, members, tenantId })
    expect(created).toMatchObject({ status: 403, body: blocked })
  })

  test('who removes the app is blocked from then on, and back when it is added', async () => {
    const path = await activitiesOf('noah.kim')
    const { body } = await stage.connector<{ id: string }>('POST', path, { type: 'message', text: 'hi' })
    stage.heard.length = 0
    expect(await stage.api('/api/people/noah.kim/install', { do: 'remove' })).toMatchObject({ body: { http: 200 } })
    expect(stage.heard).toMatchObject([
      { type: 'conversationUpdate', membersRemoved: [{ id: `28:${botAppId}` }] },
      { type: 'installationUpdate', action: 'remove' },
    ])
    expect((await stage.connector('PUT', `${path}/${body.id}`, { type: 'message', text: 'x' })).status).toBe(403)
    await stage.api('/api/people/noah.kim/install', { do: 'add' })
    expect((await stage.connector('PUT', `${path}/${body.id}`, { type: 'message', text: 'x' })).status).toBe(200)
  })

  test('a conversation is created by object id, and is the one the person already has', async () => {
    const members = [{ id: 'd44cf9fa-15d8-4e36-92da-7ffed5a5f1e6' }]
    const created = await stage.connector('POST', '/v3/conversations', { isGroup: false, members, tenantId })
    expect(created).toMatchObject({ status: 201, body: { id: await personalChat('priya.raman') } })
  })

  test('an unknown conversation or activity is not found', async () => {
    const message = { type: 'message', text: 'hi' }
    expect((await stage.connector('POST', '/v3/conversations/a:nowhere/activities', message)).status).toBe(404)
    expect((await stage.connector('PUT', `${await activitiesOf('maya.okafor')}/12345`, message)).status).toBe(404)
  })

  test('members are listed with their Entra object ids', async () => {
    const path = `/v3/conversations/${await personalChat('maya.okafor')}`
    const maya = { aadObjectId: 'cef9161d-f7b3-40c3-bcef-7d1594d1e99a', tenantId, userRole: 'user' }
    expect((await stage.connector('GET', `${path}/members`)).body).toMatchObject([maya])
    expect((await stage.connector('GET', `${path}/pagedmembers`)).body).toMatchObject({ members: [maya] })
    expect((await stage.connector('GET', `${path}/members/${maya.aadObjectId}`)).body).toMatchObject(maya)
    expect((await stage.connector('GET', `${path}/members/29:nobody`)).status).toBe(404)
  })
})

describe('what goes wrong', () => {
  test('a message above 80 KB is too big', async () => {
    const text = 'x'.repeat(80 * 1024)
    const answer = await stage.connector('POST', await activitiesOf('maya.okafor'), { type: 'message', text })
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } })
  })

  test('a fault answers 429 once, with the pause asked for', async () => {
    await stage.api('/api/faults', [{ service: 'connector', method: 'POST', times: 1, status: 429, retryAfter: 3 }])
    const path = await activitiesOf('elif.kaya')
    const first = await stage.connector('POST', path, { type: 'message', text: 'hi' })
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '3'])
    expect((await stage.connector('POST', path, { type: 'message', text: 'hi' })).status).toBe(201)
    expect(await seenBy('elif.kaya')).toHaveLength(1)
  })

  test('a lost answer leaves the message in the chat', async () => {
    await stage.api('/api/faults', [{ service: 'connector', times: 1, dropAnswer: true }])
    const path = await activitiesOf('mei.lin')
    await expect(stage.connector('POST', path, { type: 'message', text: 'sent twice?' })).rejects.toThrow(
      'fetch failed',
    )
    expect(await seenBy('mei.lin')).toMatchObject([{ text: 'sent twice?' }])
  })

  test('edits answer 404 or 403 while a switch says so', async () => {
    const path = await activitiesOf('chen.li')
    const { body } = await stage.connector<{ id: string }>('POST', path, { type: 'message', text: 'hi' })
    const edit = () => stage.connector('PUT', `${path}/${body.id}`, { type: 'message', text: 'edited' })
    await stage.api('/api/switches', { editsAnswer: 'gone' })
    expect((await edit()).status).toBe(404)
    await stage.api('/api/switches', { editsAnswer: 'blocked' })
    expect((await edit()).status).toBe(403)
    await stage.api('/api/switches', { editsAnswer: 'ok' })
    expect((await edit()).status).toBe(200)
  })
})

const contracts = process.env['LATCHKEY_CONTRACTS']
describe.skipIf(!contracts)('answers fit the published contract (left out where LATCHKEY_CONTRACTS is not set)', () => {
  test('the connector answers as its swagger says', async () => {
    const file = `${contracts}/schemas/botframework-channel-connector.swagger.json`
    const { definitions } = JSON.parse(readFileSync(file, 'utf8'))
    const ajv = new Ajv({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'connector', definitions })
    const fits = (name: string, value: unknown) =>
      ajv.validate({ $ref: `connector#/definitions/${name}` }, value) || ajv.errorsText()
    const chat = `/v3/conversations/${await personalChat('priya.raman')}`
    const sent = await stage.connector('POST', `${chat}/activities`, { type: 'message', text: 'hi' })
    expect(fits('ResourceResponse', sent.body)).toBe(true)
    const paged = await stage.connector('GET', `${chat}/pagedmembers`)
    expect(fits('PagedMembersResult', paged.body)).toBe(true)
    const members = [{ id: 'd44cf9fa-15d8-4e36-92da-7ffed5a5f1e6' }]
    const created = await stage.connector('POST', '/v3/conversations', { members, tenantId })
    expect(fits('ConversationResourceResponse', created.body)).toBe(true)
    const missing = await stage.connector('POST', '/v3/conversations/a:nowhere/activities', { type: 'message' })
    expect(fits('ErrorResponse', missing.body)).toBe(true)
    stage.heard.length = 0
    await stage.api('/api/people/priya.raman/forge', { activity: { type: 'message', text: 'hi' } })
    expect(fits('Activity', stage.heard[0])).toBe(true)
  })
})
