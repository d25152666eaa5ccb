import { CardFactory } from 'botbuilder'
import type { TurnContext } from 'botbuilder'
import { decodeJwt } from 'jose'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ssoAppId, tenantId } from '../bare-bot.ts'
import { openStage } from '../chat-stage.ts'
import type { Body, Stage } from '../chat-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())
beforeEach(() => stage.play(async () => {}))

const messageType = 'application/vnd.microsoft.activity.message'
const cardType = 'application/vnd.microsoft.card.adaptive'
const loginType = 'application/vnd.microsoft.activity.loginRequest'
const oauthCard = {
  text: 'Sign in',
  connectionName: 'sso',
  tokenExchangeResource: { id: 'exchange-1' },
  buttons: [{ type: 'signin', title: 'Sign in', value: 'https://example.org/auth-start' }],
}

function form(revision: number) {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'Input.Text', id: 'justification', value: 'rotate keys' },
      { type: 'ColumnSet', columns: [{ items: [{ type: 'Input.ChoiceSet', id: 'duration', value: 'PT2H' }] }] },
      { type: 'Input.Toggle', id: 'notify', title: 'Tell me' },
    ],
    actions: [
      { type: 'Action.Execute', id: 'go', title: 'Submit', verb: 'submit', data: { draft: 'd1', revision } },
      {
        type: 'Action.ShowCard',
        title: 'Deny',
        card: {
          type: 'AdaptiveCard',
          body: [{ type: 'Input.Text', id: 'comment' }],
          actions: [{ type: 'Action.Execute', title: 'Deny', verb: 'deny', data: { draft: 'd1' } }],
        },
      },
      { type: 'Action.OpenUrl', title: 'Portal', url: 'https://example.org' },
    ],
  }
}

/** Puts a card into a person's chat, as the bot; its id. */
async function post(person: string, card: object): Promise<{ id: string; path: string }> {
  const chats = await stage.api<{ id: string }[]>(`/api/people/${person}/conversations`)
  const path = `/v3/conversations/${chats.body[0]?.id}/activities`
  const activity = { type: 'message', attachments: [CardFactory.adaptiveCard(card)] }
  const { body } = await stage.connector<{ id: string }>('POST', path, activity)
  return { id: body.id, path }
}

const press = (person: string, id: string, body: object) =>
  stage.api(`/api/people/${person}/messages/${id}/actions`, body)

async function personalMessages(person: string): Promise<Body[]> {
  const { body } = await stage.api<Body[]>(`/api/people/${person}/messages`)
  return body.filter(({ conversation }) => String(conversation).startsWith('a:'))
}

function answer(context: TurnContext, statusCode: number, type: string, value: unknown) {
  return context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: { statusCode, type, value } } })
}

/** The bot's turn that answers every tap with this, and remembers what was tapped. */
function answering(statusCode: number, type: string, value: unknown): Body[] {
  const taps: Body[] = []
  stage.play(async (context) => {
    taps.push(structuredClone(context.activity.value))
    await answer(context, statusCode, type, value)
  })
  return taps
}

/** Asks for a sign-in once, as a bot does that needs the person's token. */
function signInFirst(): Body[] {
  const taps: Body[] = []
  stage.play(async (context) => {
    taps.push(structuredClone(context.activity.value))
    const value: Body = context.activity.value
    if (value['authentication'] === undefined) await answer(context, 401, loginType, oauthCard)
    else await answer(context, 200, messageType, 'Welcome')
  })
  return taps
}

const refreshing = (userIds: string[]) => ({
  ...form(1),
  refresh: { action: { type: 'Action.Execute', verb: 'view', data: { request: 'r1' } }, userIds },
})

describe('pressing a button', () => {
  test('sends the verb with the card’s data and the values of its inputs', async () => {
    const taps = answering(200, messageType, 'Done')
    const { id } = await post('maya.okafor', form(1))
    const { body } = await press('maya.okafor', id, { title: 'Submit', inputs: { justification: 'mine' } })
    expect(body).toMatchObject({ http: 200, status: 200, type: messageType, value: 'Done' })
    const data = { draft: 'd1', revision: 1, justification: 'mine', duration: 'PT2H', notify: 'false' }
    const action = { type: 'Action.Execute', id: 'go', title: 'Submit', verb: 'submit', data }
    expect(taps).toEqual([{ action, trigger: 'manual' }])
  })

  test('a title inside a ShowCard means the button that executes, with the inputs around it', async () => {
    const taps = answering(200, messageType, 'Denied')
    const { id } = await post('maya.okafor', form(1))
    await press('maya.okafor', id, { title: 'Deny', inputs: { comment: 'no' } })
    expect(taps).toMatchObject([{ action: { verb: 'deny', data: { comment: 'no', duration: 'PT2H' } } }])
  })

  test('a button may be named by its verb, whatever language stands on it', async () => {
    const taps = answering(200, messageType, 'Fertig')
    const card = form(1)
    const { id } = await post('maya.okafor', {
      ...card,
      actions: card.actions.map((action) => (action.title === 'Submit' ? { ...action, title: 'Absenden' } : action)),
    })
    await press('maya.okafor', id, { title: 'Submit' })
    expect(taps).toMatchObject([{ action: { title: 'Absenden', verb: 'submit', data: { draft: 'd1' } } }])
  })

  test('after an edit the old revision can still be pressed, as on a screen that lags behind', async () => {
    const taps = answering(200, messageType, 'Done')
    const { id, path } = await post('maya.okafor', form(1))
    expect((await press('maya.okafor', id, { id: 'go', revision: 'old' })).status).toBe(409)
    await stage.connector('PUT', `${path}/${id}`, { type: 'message', attachments: [CardFactory.adaptiveCard(form(2))] })
    await press('maya.okafor', id, { id: 'go' })
    await press('maya.okafor', id, { id: 'go', revision: 'old' })
    expect(taps).toMatchObject([{ action: { data: { revision: 2 } } }, { action: { data: { revision: 1 } } }])
  })

  test('crafted data is sent as it is, even with a verb that the card does not have', async () => {
    const taps = answering(400, 'application/vnd.microsoft.error', { code: 'no', message: 'Not yours' })
    const { id } = await post('maya.okafor', form(1))
    const crafted = await press('maya.okafor', id, { verb: 'approve', data: { request: 'req_other' } })
    expect(crafted.body).toMatchObject({ http: 200, status: 400, value: { message: 'Not yours' } })
    expect(taps).toMatchObject([{ action: { verb: 'approve', data: { request: 'req_other' } } }])
  })

  test('what is no button of the card, or opens a page, sends nothing', async () => {
    const taps = answering(200, messageType, 'Done')
    const { id } = await post('maya.okafor', form(1))
    const unknown = await press('maya.okafor', id, { title: 'Explode' })
    expect(unknown).toMatchObject({ status: 409, body: { error: expect.stringContaining('Submit, Deny, Portal') } })
    expect((await press('maya.okafor', id, { title: 'Portal' })).status).toBe(409)
    expect((await press('priya.raman', id, { title: 'Submit' })).status).toBe(404)
    expect(taps).toEqual([])
  })

  test('a bot that fails is shown as Teams shows it', async () => {
    stage.play(async () => {
      throw new Error('broken')
    })
    const { id } = await post('maya.okafor', form(1))
    const { body } = await press('maya.okafor', id, { title: 'Submit' })
    expect(body).toMatchObject({ http: 500, error: 'Something went wrong. Please try again.' })
  })
})

describe('a card in answer to a button', () => {
  test('replaces the card for the person who pressed, and for nobody else', async () => {
    const people = ['jonas.weber', 'mei.lin']
    const chats = await stage.api<{ id: string; type: string }[]>('/api/people/mei.lin/conversations')
    const channel = chats.body.find(({ type }) => type === 'channel')?.id
    const attachments = [CardFactory.adaptiveCard(form(1))]
    const sent = await stage.connector<{ id: string }>('POST', `/v3/conversations/${channel}/activities`, {
      type: 'message',
      attachments,
    })
    answering(200, cardType, { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Yours' }] })
    await press('mei.lin', sent.body.id, { title: 'Submit' })
    const seen = people.map(async (person) => {
      const { body } = await stage.api<{ id: string; card?: Body }[]>(`/api/people/${person}/messages`)
      return body.find(({ id }) => id === sent.body.id)?.card
    })
    expect(await Promise.all(seen)).toMatchObject([form(1), { body: [{ text: 'Yours' }] }])
  })
})

describe('signing in', () => {
  test('a login request is answered with the person’s own SSO token, and the tap repeated', async () => {
    const taps = signInFirst()
    const { id } = await post('priya.raman', form(1))
    const { body } = await press('priya.raman', id, { title: 'Submit' })
    expect(body).toMatchObject({ status: 200, value: 'Welcome' })
    const [first, second] = taps
    expect(second).toMatchObject({
      action: first?.['action'],
      authentication: { id: 'exchange-1', connectionName: 'sso' },
    })
    const { token } = (second?.['authentication'] ?? {}) as { token?: string } // matched above
    expect(decodeJwt(token ?? '')).toMatchObject({
      aud: ssoAppId,
      tid: tenantId,
      oid: 'd44cf9fa-15d8-4e36-92da-7ffed5a5f1e6',
    })
  })

  test('who signed out of Teams, or taps in a channel, gets the sign-in page instead', async () => {
    signInFirst()
    const { id } = await post('hannah.vogt', form(1))
    await stage.api('/api/people/hannah.vogt/sign-out', {})
    const { body } = await press('hannah.vogt', id, { title: 'Submit' })
    expect(body).toMatchObject({ status: 401, type: loginType, signIn: oauthCard.buttons[0]?.value })
  })

  test('an OAuth card stays out of sight where the bot takes the token of each of the person’s clients', async () => {
    await stage.api('/api/switches', { clientsPerPerson: 2 })
    const exchanged = Promise.withResolvers<void>()
    const names: unknown[] = []
    stage.play(async (context) => {
      names.push(context.activity.name)
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200 } })
      if (names.length === 2) exchanged.resolve()
    })
    const [first] = (await stage.api<{ id: string }[]>('/api/people/chen.li/conversations')).body
    await stage.connector('POST', `/v3/conversations/${first?.id}/activities`, {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content: oauthCard }],
    })
    await exchanged.promise
    expect(names).toEqual(['signin/tokenExchange', 'signin/tokenExchange'])
    expect(await personalMessages('chen.li')).toEqual([])
  })

  test('an OAuth card shows its button where the bot does not take the token', async () => {
    stage.play(async (context) => {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 412 } })
    })
    const before = await stage.api<{ sequence: number }[]>('/api/people/noah.kim/messages')
    const after = before.body.at(-1)?.sequence ?? 0
    const [first] = (await stage.api<{ id: string }[]>('/api/people/noah.kim/conversations')).body
    await stage.connector('POST', `/v3/conversations/${first?.id}/activities`, {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content: oauthCard }],
    })
    await stage.api(`/api/people/noah.kim/messages?after=${after}&wait=PT20S`)
    const shown = { text: 'Sign in', signIn: 'https://example.org/auth-start', alert: true }
    expect(await personalMessages('noah.kim')).toMatchObject([shown])
  })
})

describe('a card that comes into view', () => {
  test('is refreshed for the people it names, at most once a minute of the product clock', async () => {
    await stage.api('/api/people/lena.brandt/forge', { activity: { type: 'message', text: 'hi' } })
    const lena = stage.heard.at(-1)?.from?.id ?? ''
    const taps = answering(200, cardType, { type: 'AdaptiveCard', version: '1.5', body: [] })
    const { id } = await post('lena.brandt', refreshing([lena]))
    const view = () => stage.api(`/api/people/lena.brandt/messages/${id}/view`, {})
    expect(await view()).toMatchObject({ status: 200, body: { http: 200, status: 200 } })
    expect(taps).toMatchObject([{ trigger: 'automatic', action: { verb: 'view', data: { request: 'r1' } } }])
    expect((await view()).status).toBe(204)
  })

  test('is left alone for everybody else', async () => {
    const taps = answering(200, messageType, 'x')
    const { id } = await post('lena.brandt', refreshing(['29:somebody']))
    expect((await stage.api(`/api/people/lena.brandt/messages/${id}/view`, {})).status).toBe(204)
    expect(taps).toEqual([])
  })
})

describe('bots that come and go', () => {
  test('a refused connection goes to the next bot, and none left is said', async () => {
    const { id } = await post('maya.okafor', form(1))
    const taps = answering(200, messageType, 'Done')
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const nowhere = `https://localhost:${(closed.address() as AddressInfo).port}` // it listens on TCP
    closed.close()
    await once(closed, 'close')
    stage.order({ type: 'bots', urls: [nowhere, stage.botUrl], botAppId: stage.botAppId, ssoAppId })
    for (let i = 0; i < 2; i++)
      expect((await press('maya.okafor', id, { title: 'Submit' })).body).toMatchObject({ http: 200 })
    expect(taps).toHaveLength(2)
    stage.order({ type: 'bots', urls: [nowhere], botAppId: stage.botAppId, ssoAppId })
    const { body } = await press('maya.okafor', id, { title: 'Submit' })
    expect(body).toMatchObject({ http: 0, status: null, error: 'Something went wrong. Please try again.' })
  })
})
