import type { Owed } from '../../request/effects.ts'
import { isApproverVerb, type TapAnswer, type Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { SentCard } from '../ports/memory.ts'
import { loadRequest } from '../record/record.ts'
import { requestNamed } from '../record/record-id.ts'

/**
 * The invoke was answered with "working on it": only an edit of the tapped card, or a new message, still reaches them.
 * Which card was tapped is the client's word: the one edited is of this person, in their own chat, and was sent by us.
 */
export async function showLate(edges: Edges, tapped: Tapped, answer: TapAnswer): Promise<void> {
  try {
    if (!(await reached(edges, tapped, answer))) await oweCard(edges, tapped)
  } catch (error) {
    edges.log.warn({ record: tapped.record, error: String(error) }, 'a late answer was not taken, and its card is owed')
    await oweCard(edges, tapped).catch((error: unknown) => {
      edges.log.error({ record: tapped.record, error: String(error) }, 'nor could the card be owed')
    })
  }
}

async function reached(edges: Edges, tapped: Tapped, answer: TapAnswer): Promise<boolean> {
  const card = await ownCard(edges, tapped)
  if (answer.view !== undefined && card !== undefined) {
    if ((await edges.conversation.edit(card, answer.view, answer.viewer)) === 'edited') return true
  }
  if (answer.answer !== 'refused') return false
  const to = await edges.chats.reference(tapped.actor)
  if (to === undefined) return true
  const { refusal, names } = answer
  await edges.conversation.post(to, { view: 'refusal', refusal, names: names ?? new Map() }, answer.viewer)
  return true
}

async function ownCard({ chats }: Edges, { chat, conversation, card, actor }: Tapped): Promise<SentCard | undefined> {
  if (chat !== 'personal') return undefined
  const sent = await chats.cardAt(conversation, card)
  return sent?.person === actor && sent.live ? sent : undefined
}

/** Shown again by what journal or form say then; lists are asked for again by themselves. */
async function oweCard(edges: Edges, tapped: Tapped): Promise<void> {
  const owed = await cardOf(edges, tapped)
  if (owed === undefined) return
  await edges.outbox.owe(`late:${tapped.conversation}|${tapped.activity}`, owed, edges.now())
  edges.wake()
}

/** Undefined for what is not theirs. */
async function cardOf(edges: Edges, { record, actor: to, verb }: Tapped): Promise<Owed | undefined> {
  const request = requestNamed(record)
  if (request === undefined) {
    return (await edges.drafts.load(record))?.speaker === to ? { effect: 'form', draft: record, to } : undefined
  }
  if (isApproverVerb(verb)) return { effect: 'approval-card', request, to }
  const requester = (await loadRequest(edges, request))?.submission.requester
  return requester === to ? { effect: 'status-card', request, to } : undefined
}
