import { beforeEach, describe, expect, test } from 'vitest'
import type { TapAnswer, Tapped } from '../../src/workflow/incoming.ts'
import { showLate } from '../../src/workflow/late-answer.ts'
import type { Edges, SentCard } from '../../src/workflow/ports.ts'
import { openShell } from './shell.ts'

// "Working on it" was answered; what came of the tap has to reach whoever pressed, and nobody else's card.

const shell = openShell()
const serviceUrl = 'https://smba.example/'
const viewer = { locale: 'en-GB', zone: 'Europe/London' }
const answer: TapAnswer = { answer: 'card', view: { view: 'closed-draft', entitlement: 'A', why: 'discarded' }, viewer }
const refusal: TapAnswer = { answer: 'refused', refusal: { kind: 'draft-closed' }, viewer }

let edited: string[]
let posted: string[]
beforeEach(() => {
  edited = []
  posted = []
})
/** Stands where the network begins. */
const conversation: Edges['conversation'] = {
  edit: async ({ activity }) => {
    edited.push(activity)
    return 'edited'
  },
  post: async (to, view) => {
    posted.push(`${to.conversation}: ${view.view}`)
    return { came: 'posted', activity: 'new' }
  },
  askForToken: async () => {},
  offerSignIn: async () => {},
}

async function late(more: Partial<Tapped> = {}, shown = answer, sends = conversation): Promise<void> {
  const actor = shell.tenant.id('maya.okafor')
  const card: SentCard = {
    record: 'draft_1',
    role: 'status',
    revision: 1,
    person: actor,
    conversation: 'a:maya',
    serviceUrl,
    activity: 'hers',
    live: true,
  }
  const edges = { ...shell.edges(), conversation: sends }
  await edges.chats.remember({ person: actor, conversation: 'a:maya', serviceUrl, teamsId: '29:maya' })
  await edges.chats.recordSent(card)
  await edges.chats.recordSent({ ...card, activity: 'over', live: false })
  await edges.chats.recordSent({ ...card, activity: 'of priya', person: shell.tenant.id('priya.raman') })
  const tapped: Tapped = {
    activity: 'tap',
    verb: 'submit',
    record: 'draft_1',
    revision: 1,
    inputs: {},
    actor,
    chat: 'personal',
    conversation: 'a:maya',
    serviceUrl,
    card: 'hers',
    proof: { by: 'sso', token: 'unused', contexts: [] },
    ...more,
  }
  await showLate(edges, tapped, shown)
}

test('a late answer is an edit of the tapped card', async () => {
  await late()
  expect(edited).toEqual(['hers'])
})

describe('a late answer edits nothing', () => {
  test.each<[string, Partial<Tapped>]>([
    ['that we never sent', { card: 'somebody else’s message' }],
    ['that we sent to another person', { card: 'of priya' }],
    ['in another chat, though the card there has the same number', { conversation: 'a:priya' }],
    ['where others read along', { chat: 'group' }],
    ['that has moved on in the chat', { card: 'over' }],
  ])('%s', async (_, more) => {
    await late(more)
    await late(more, refusal)
    expect(edited).toEqual([])
    expect(posted).toEqual(['a:maya: refusal'])
  })
})

test('a late answer that the connector does not take is owed as the card of its request', async () => {
  const id = await shell.asked()
  const refusing = {
    ...conversation,
    edit: () => Promise.reject(Object.assign(new Error('503'), { failed: 'connector', lasting: false, wait: null })),
  }
  const { outbox } = shell.edges()
  const before = (await outbox.pending(shell.tenant.emulated.now())).length
  await late({ record: id, verb: 'check' }, answer, refusing)
  expect((await outbox.pending(shell.tenant.emulated.now())).map(({ id: owed }) => owed)).toContain(
    `late:tap:${shell.tenant.id('maya.okafor')}`,
  )
  expect((await outbox.pending(shell.tenant.emulated.now())).length).toBe(before + 1)
})
