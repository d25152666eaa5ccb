import { beforeEach, describe, expect, test } from 'vitest'
import { minutes } from '../../../src/time.ts'
import { carryOut } from '../../../src/workflow/owed/carry-out.ts'
import type { TapAnswer, Tapped } from '../../../src/workflow/ports/incoming.ts'
import { showLate } from '../../../src/workflow/tap/late-answer.ts'
import type { Edges } from '../../../src/workflow/ports/ports.ts'
import type { SentCard } from '../../../src/workflow/ports/memory.ts'
import { query } from '../../fixtures/postgres.ts'
import { openShell } from '../shell.ts'

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

describe('a late answer that the connector does not take is owed as a card', () => {
  const refusing = {
    ...conversation,
    edit: () => Promise.reject(Object.assign(new Error('503'), { failed: 'connector', lasting: false, wait: null })),
  }
  const claimed = async () => {
    const rows = await shell.edges().outbox.claim(shell.tenant.emulated.now(), 100, minutes(1))
    return rows.find(({ id }) => id === 'late:a:maya|tap')?.owed
  }
  /** What the request itself made the bot owe is not what is looked for. */
  const settleAll = () => query(shell.adminUrl, `update outbox set outcome = 'superseded'`)

  test('of the request, to its requester', async () => {
    const request = await shell.asked()
    await settleAll()
    await late({ record: request, verb: 'check' }, answer, refusing)
    expect(await claimed()).toEqual({ effect: 'status-card', request, to: shell.tenant.id('maya.okafor') })
  })

  test('of the form, while it is open', async () => {
    const draft = await shell.drafted()
    await late({ record: draft }, answer, refusing)
    expect(await claimed()).toEqual({ effect: 'form', draft, to: shell.tenant.id('maya.okafor') })
  })

  test('and never of what is another’s', async () => {
    const request = await shell.asked('ai-administrator', 'lena.brandt')
    const draft = await shell.drafted('ai-administrator', 'lena.brandt')
    await settleAll()
    await late({ record: request, verb: 'check' }, answer, refusing)
    await late({ record: draft }, answer, refusing)
    expect(await claimed()).toBeUndefined()
  })
})

test('a form that is owed shows what it holds now, wherever it stands', async () => {
  const draft = await shell.drafted()
  const edges = { ...shell.edges(), conversation }
  const row = { id: 'unused', attempts: 1, triedSince: new Date() }
  const to = shell.tenant.id('maya.okafor')
  const card = { record: draft, role: 'status', revision: 0, person: to, conversation: 'a:maya', serviceUrl } as const
  await edges.chats.recordSent({ ...card, activity: 'form', live: true })
  await carryOut(edges, { ...row, owed: { effect: 'form', draft, to } })
  expect(edited).toEqual(['form'])
  await edges.drafts.close(draft, { as: 'discarded' })
  await carryOut(edges, { ...row, owed: { effect: 'form', draft, to } })
  expect(edited).toEqual(['form'])
})
