import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage } from '../chat-stage.ts'
import type { Stage } from '../chat-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

/** A request with headers that fetch would not let through. */
async function answeredTo(headers: Record<string, string>, path = '/api/people'): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const { hostname, port } = new URL(stage.origins.chat)
  request({ hostname, port, path, headers }, (response) => {
    response.resume()
    resolve(response.statusCode ?? 0)
  })
    .once('error', reject)
    .end()
  return promise
}

describe('who may call', () => {
  test('a page elsewhere that rebinds its name to loopback is refused', async () => {
    const { host, port } = new URL(stage.origins.chat)
    expect(await answeredTo({ host })).toBe(200)
    for (const path of ['/api/people', '/', '/chat.ts']) {
      expect(await answeredTo({ host: `evil.example:${port}` }, path)).toBe(403)
      expect(await answeredTo({ host: `localhost:${port}` }, path)).toBe(403)
      expect(await answeredTo({ host, origin: 'https://evil.example' }, path)).toBe(403)
    }
    expect(await answeredTo({ host, origin: stage.origins.chat })).toBe(200)
  })
})

describe('people and messages', () => {
  test('people are listed with whether the bot can reach them', async () => {
    const { body } = await stage.api<{ id: string; reachable: boolean }[]>('/api/people')
    expect(body).toHaveLength(58)
    expect(body[0]).toMatchObject({ id: 'maya.okafor', name: 'Maya Okafor', title: 'AI engineer', reachable: true })
    const unreachable = body.filter(({ reachable }) => !reachable).map(({ id }) => id)
    expect(unreachable).toEqual(['ines.costa', 'paulo.reis'])
  })

  test('nobody speaks as an unknown person, without the app, or from a disabled account', async () => {
    expect((await stage.api('/api/people/nobody/messages', { text: 'hi' })).status).toBe(404)
    expect((await stage.api('/api/people/paulo.reis/messages', { text: 'hi' })).status).toBe(409)
    expect((await stage.api('/api/people/ines.costa/messages', { text: 'hi' })).status).toBe(409)
  })

  test('reading has no side effects, and a wait with nothing new ends empty', async () => {
    await stage.api('/api/people/omar.haddad/messages', { text: 'hi' })
    const first = await stage.api<{ sequence: number }[]>('/api/people/omar.haddad/messages')
    expect((await stage.api('/api/people/omar.haddad/messages')).body).toEqual(first.body)
    const after = first.body[0]?.sequence
    expect((await stage.api(`/api/people/omar.haddad/messages?after=${after}&wait=PT0.05S`)).body).toEqual([])
  })

  test('a wait ends with the first message that is new to this person, and not with one to others', async () => {
    const waiting = stage.api(`/api/people/sam.rivera/messages?wait=PT20S`)
    await stage.api('/api/people/omar.haddad/messages', { text: 'not for Sam' })
    await stage.api('/api/people/sam.rivera/messages', { text: 'for Sam' })
    expect((await waiting).body).toMatchObject([{ from: 'sam.rivera', text: 'for Sam', alert: false }])
  })

  test('an author edits and deletes their own message, and the bot hears of both', async () => {
    const { body } = await stage.api('/api/people/mei.lin/messages', { text: 'first' })
    stage.heard.length = 0
    const path = `/api/people/mei.lin/messages/${String(body['id'])}`
    expect(await stage.api(path, { text: 'second' }, 'PATCH')).toMatchObject({ status: 200, body: { http: 200 } })
    expect((await stage.api(path, undefined, 'DELETE')).status).toBe(200)
    expect(stage.heard.filter(({ type }) => type !== 'message')).toMatchObject([
      { type: 'messageUpdate', text: 'second', id: body['id'] },
      { type: 'messageDelete', id: body['id'] },
    ])
    expect((await stage.api(path, { text: 'third' }, 'PATCH')).status).toBe(404)
  })

  test('in a channel the bot hears only what mentions it', async () => {
    const chats = await stage.api<{ id: string; type: string }[]>('/api/people/jonas.weber/conversations')
    const conversation = chats.body.find(({ type }) => type === 'channel')?.id
    stage.heard.length = 0
    await stage.api('/api/people/jonas.weber/messages', { text: 'just us', conversation })
    await stage.api('/api/people/jonas.weber/messages', { text: 'help', conversation, mentions: ['bot'] })
    await stage.api('/api/people/jonas.weber/forge', { activity: { type: 'event' } })
    const messages = stage.heard.filter(({ type }) => type === 'message')
    expect(messages).toMatchObject([{ text: '<at>Latchkey</at> help', conversation: { conversationType: 'channel' } }])
  })
})

describe('forged activities', () => {
  const activity = {
    type: 'message',
    text: 'hi',
    conversation: { id: 'a:other' },
    channelData: { tenant: { id: 'x' } },
  }

  test('a forged sender and tenant are stamped over, unless the body is tampered with on its way', async () => {
    stage.heard.length = 0
    const from = { id: '29:somebody', aadObjectId: 'd44cf9fa-15d8-4e36-92da-7ffed5a5f1e6' }
    await stage.api('/api/people/maya.okafor/forge', { activity: { ...activity, from } })
    expect(stage.heard[0]?.from?.aadObjectId).toBe('cef9161d-f7b3-40c3-bcef-7d1594d1e99a')
    expect(stage.heard[0]?.channelData?.tenant.id).not.toBe('x')
    const { serviceUrl } = stage.heard[0] ?? {}
    const raw = { ...activity, from, channelId: 'msteams', serviceUrl }
    const tampered = await stage.api('/api/people/maya.okafor/forge', { raw: true, activity: raw })
    expect(tampered.body).toMatchObject({ http: 200 })
    expect(stage.heard[1]?.from?.aadObjectId).toBe('d44cf9fa-15d8-4e36-92da-7ffed5a5f1e6')
  })

  test('without a token, or with a made-up one, the bot refuses', async () => {
    for (const token of [null, 'eyJhbGciOiJub25lIn0.e30.'])
      expect((await stage.api('/api/people/maya.okafor/forge', { activity, token })).body).toMatchObject({ http: 401 })
  })
})

describe('the tenant', () => {
  test('the state is read whole or by its parts', async () => {
    const whole = await stage.api('/api/tenant')
    expect(Object.keys(whole.body)).toEqual(
      expect.arrayContaining(['eligibilities', 'activations', 'requests', 'packages', 'exemptions', 'accounts']),
    )
    expect((await stage.api('/api/tenant/eligibilities')).body).toEqual(whole.body['eligibilities'])
    expect((await stage.api('/api/tenant/effects')).body).toEqual([])
    expect((await stage.api('/api/tenant/nonsense')).status).toBe(404)
  })

  test('the portal does what was asked, or says why not', async () => {
    const disabled = await stage.api('/api/tenant/portal', {
      as: 'ravi.menon',
      do: 'disableUser',
      person: 'aiko.tanaka',
    })
    expect(disabled.status).toBe(200)
    const people = await stage.api<{ id: string }[]>('/api/people')
    expect(people.body.find(({ id }) => id === 'aiko.tanaka')).toMatchObject({ reachable: false })
    expect((await stage.api('/api/tenant/portal', { as: 'ravi.menon', do: 'nonsense' })).status).toBe(400)
  })

  test('switches and faults are checked before any of them is set', async () => {
    const before = (await stage.api('/api/switches')).body
    const wrong = await stage.api('/api/switches', { clientsPerPerson: 2, noSuchSwitch: true })
    expect(wrong.status).toBe(400)
    expect((await stage.api('/api/switches')).body).toEqual(before)
    const both = await stage.api('/api/switches', { clientsPerPerson: 2, auditDelayMs: 5 })
    expect(both.body).toMatchObject({ clientsPerPerson: 2, auditDelayMs: 5 })
    expect((await stage.api('/api/faults', [{ service: 'nonsense' }])).status).toBe(400)
  })

  test('a body that is no JSON is refused with a sentence', async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${stage.origins.chat}/api/clock`, { method: 'POST', headers, body: '{' })
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.any(String) }])
  })
})

describe('what the supervisor does', () => {
  test('clock, processes and reset are relayed, and its answer comes back as it is', async () => {
    const calls = [
      ['/api/clock', { advance: 'PT1H' }, { what: 'clock', advanceMs: 3_600_000 }],
      ['/api/clock', { now: '2026-12-01T00:00:00Z' }, { what: 'clock', now: '2026-12-01T00:00:00Z' }],
      ['/api/processes/bot/0', { do: 'kill' }, { what: 'process', which: 'bot', n: 0, do: 'kill' }],
      ['/api/reset', {}, { what: 'reset' }],
    ] as const
    for (const [path, body, asked] of calls) {
      const request = stage.told('request')
      const answer = stage.api(path, body)
      const { id, ...rest } = await request
      expect(rest).toEqual({ type: 'request', ...asked })
      stage.order({ type: 'answer', id, status: 504, body: { error: 'stuck' } })
      expect(await answer).toMatchObject({ status: 504, body: { error: 'stuck' } })
    }
    expect((await stage.api('/api/clock', { advance: 'an hour' })).status).toBe(400)
  })

  test('the product clock follows the supervisor', async () => {
    const taken = stage.told('clock-taken')
    stage.order({ type: 'clock', id: 7, offsetMs: Date.parse('2027-01-01T00:00:00Z') - Date.now() })
    expect(await taken).toMatchObject({ id: 7 })
    const { body } = await stage.api('/api/clock')
    expect(String(body['now'])).toMatch(/^2027-01-01T00:00/)
  })

  test('what the connector is still handling is named as not quiet', async () => {
    await stage.api('/api/faults', [{ service: 'connector', times: 1, holdMs: 200 }])
    const sending = stage.connector('GET', '/v3/conversations/a:nowhere/members')
    const pending = async () => {
      const quiet = stage.told('quiet')
      stage.order({ type: 'quiet?', id: 1 })
      return (await quiet)['pending'] as string[]
    }
    let named: string[] = []
    while (named.length === 0) named = await pending()
    expect(named).toEqual(['connector GET /v3/conversations/a:nowhere/members'])
    await sending
    while ((await pending()).length > 0);
  })

  test('a reset empties the chats, refreshes the tenant and keeps the ports', async () => {
    await stage.api('/api/people/elif.kaya/messages', { text: 'soon forgotten' })
    const message = (await stage.api<{ sequence: number }[]>('/api/people/elif.kaya/messages')).body.at(-1)
    const waiting = stage.api(`/api/people/elif.kaya/messages?after=${message?.sequence}&wait=PT20S`)
    const done = stage.told('reset-done')
    stage.order({ type: 'reset-state', id: 3 })
    expect(await done).toMatchObject({ id: 3 })
    expect((await waiting).body).toEqual([])
    expect((await stage.api('/api/people/elif.kaya/messages')).body).toEqual([])
    expect((await stage.api('/api/switches')).body).toMatchObject({ clientsPerPerson: 1 })
    const people = await stage.api<{ id: string }[]>('/api/people')
    expect(people.body.find(({ id }) => id === 'aiko.tanaka')).toMatchObject({ reachable: true })
    const installed = stage.told('installed')
    stage.order({ type: 'install-all' })
    await installed
    await stage.api('/api/people/elif.kaya/messages', { text: 'afresh' })
    const [afresh] = (await stage.api<{ sequence: number }[]>('/api/people/elif.kaya/messages')).body
    expect(afresh?.sequence).toBeGreaterThan(message?.sequence ?? 0)
  })
})

test('outside personal chats the bot hears only what mentions it, with everybody who is mentioned, and edits of that', async () => {
  const opened = await stage.api<{ id: string }>('/api/people/noah.kim/conversations', {
    type: 'group',
    name: 'Rollout',
    members: ['lena.brandt'],
  })
  expect(opened.status).toBe(201)
  const { id: conversation } = opened.body
  const say = async (body: object) =>
    (await stage.api<{ id: string }>('/api/people/noah.kim/messages', { conversation, ...body })).body.id
  const unheard = await say({ text: 'between us' })
  stage.heard.length = 0
  await stage.api(`/api/people/noah.kim/messages/${unheard}`, { text: 'still between us' }, 'PATCH')
  const heard = Promise.withResolvers<void>()
  stage.play(async () => heard.resolve())
  const asked = await say({ text: '@Latchkey this is for @Lena Brandt', mentions: ['bot', 'lena.brandt'] })
  await heard.promise
  await stage.api(`/api/people/noah.kim/messages/${asked}`, { text: 'this is for me' }, 'PATCH')
  expect(stage.heard).toMatchObject([
    {
      type: 'message',
      text: '<at>Latchkey</at> this is for <at>Lena Brandt</at>',
      conversation: { id: conversation, conversationType: 'groupChat' },
      entities: [{ type: 'clientInfo' }, { type: 'mention' }, { type: 'mention', text: '<at>Lena Brandt</at>' }],
    },
    { type: 'messageUpdate', id: asked },
  ])
  expect(await stage.api('/api/people/lena.brandt/conversations')).toMatchObject({
    body: expect.arrayContaining([{ id: conversation, type: 'groupChat', name: 'Rollout' }]),
  })
  const nobody = { type: 'group', name: 'Rollout', members: ['nobody.at-all'] }
  expect((await stage.api('/api/people/noah.kim/conversations', nobody)).status).toBe(400)
})
