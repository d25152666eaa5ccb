import { isApproverVerb, type TapAnswer, type Tapped } from './incoming.ts'
import type { Edges, SentCard } from './ports.ts'
import { loadRequest } from './record.ts'
import { requestNamed } from './record-id.ts'

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

/** Shown by what the journal says, where it is about a request; forms and lists are asked for again by themselves. */
async function oweCard(edges: Edges, { record, actor: to, verb, activity }: Tapped): Promise<void> {
  const request = requestNamed(record)
  const submission = request && (await loadRequest(edges, request))?.submission
  if (request === undefined || submission === undefined) return
  if (!isApproverVerb(verb) && submission.requester !== to) return
  const effect = isApproverVerb(verb) ? 'approval-card' : 'status-card'
  await edges.outbox.owe(`late:${activity}:${to}`, { effect, request, to }, edges.now())
  edges.wake()
}
