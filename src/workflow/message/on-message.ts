import { randomUUID } from 'node:crypto'
import type { Ask } from '../../ask/ask.ts'
import { attemptsIn } from '../../ask/attempts.ts'
import { approvers } from '../answer/answer-approvers.ts'
import { catalogue } from '../answer/answer-catalogue.ts'
import { examplesFor, help } from '../answer/answer-help.ts'
import { holders } from '../answer/answer-holders.ts'
import { expiring, mine } from '../answer/answer-mine.ts'
import { delegate, moreTime, takeAway } from '../answer/not-offered-yet.ts'
import { toOwnCard } from '../answer/answer-own-card.ts'
import { recap } from '../answer/answer-recap.ts'
import { status } from '../answer/answer-status.ts'
import { meet } from './on-installed.ts'
import { onEdited } from './on-edit.ts'
import { onPublicMessage } from './on-public-message.ts'
import { onFollowUp } from './on-follow-up.ts'
import { onRequest, whichOfThese } from './on-request.ts'
import { entriesOf } from '../record/visible.ts'
import type { Heard, Proof } from '../ports/incoming.ts'
import { ownRequests } from '../record/own-requests.ts'
import { pending } from '../answer/pending.ts'
import type { Edges } from '../ports/ports.ts'
import { readMessage } from './read-message.ts'
import { readOnce } from '../record/read-once.ts'
import { reply, say } from '../send/reply.ts'
import { askForToken } from '../sign-in/sign-in.ts'
import { failureIn } from '../send/try-again.ts'
import type { View } from '../ports/views.ts'
import { visibleTo } from '../record/visible.ts'
import { why } from '../answer/why.ts'

/**
 * A message becomes a form to confirm, or an answer. Words fill in the form and decide nothing.
 * @param proof the speaker's own token, where they have just given it for this message.
 */
export async function onMessage(edges: Edges, message: Heard, proof?: Proof): Promise<void> {
  if (message.chat !== 'personal') return onPublicMessage(edges, message, heard)
  const viewer = await meet(edges, message.speaker)
  return heard(readOnce(edges, message.speaker.id, viewer), message, proof, proof === undefined)
}

/** What was said before, in its new wording. */
export const edited = (edges: Edges, message: Heard): Promise<void> => onEdited(edges, message, heard)

/** @param answering whether it may answer what was asked last: a message of another chat, or edited, answers nothing */
async function heard(edges: Edges, message: Heard, proof?: Proof, answering = false): Promise<void> {
  try {
    if (answering && (await onFollowUp(edges, message))) return
    await answer(edges, message, proof)
  } catch (error) {
    const failed = failureIn(error)?.failed
    // Nothing else said now would arrive either: the answer is owed.
    if (failed === 'connector' || failed === 'memory') throw error
    const reference = randomUUID().slice(0, 8)
    edges.log.error({ reference, activity: message.activity, error: String(error) }, 'a message could not be answered')
    if (failed === 'record') return reply(edges, message, say({ kind: 'record-refused' }))
    await reply(edges, message, say({ kind: failed === 'tenant' ? 'tenant-silent' : 'own-fault', reference }))
  }
}

async function answer(edges: Edges, message: Heard, proof: Proof | undefined): Promise<void> {
  const agreed = await readMessage(edges, message)
  if (agreed.as === 'unsure') return whichOfThese(edges, message, agreed.candidates)
  const { ask } = agreed
  if (ask.never) return reply(edges, message, say({ kind: 'never' }))
  const view = await viewFor(edges, message, ask, proof)
  if (view !== 'answered') return reply(edges, message, view)
}

/** @returns `answered` where the answer is more than one view: a form, cards that move, or a sign-in. */
async function viewFor(edges: Edges, message: Heard, ask: Ask, proof: Proof | undefined): Promise<View | 'answered'> {
  const { id } = message.speaker
  switch (ask.intent) {
    case 'request':
      return answered(onRequest(edges, message, ask))
    case 'extend':
      return (await moreTime(edges, id, ask)) ?? answered(onRequest(edges, message, ask))
    case 'cancel':
    case 'end':
      return answered(toOwnCard(edges, message, ask))
    case 'mine':
      return mine(edges, id)
    case 'expiring':
      return expiring(edges, id)
    case 'status':
      return status(edges, id, ask)
    case 'catalogue':
      return catalogue(edges, message, ask)
    case 'approvers':
      return approvers(edges, id, ask)
    case 'why':
      return onWhy(edges, message, ask)
    case 'holders':
      return holders(edges, id, ask)
    // What waits is known here; what stands in Entra only their own token shows.
    case 'pending':
      return proof === undefined ? answered(askForToken(edges, message)) : pending(edges, id, proof)
    case 'recap':
      return recap(edges, id, ask)
    case 'revoke':
      return takeAway(edges, id, ask)
    case 'delegate':
      return delegate(edges, ask)
    case 'help':
      return help(edges, id)
    case 'smalltalk':
      return say({ kind: 'smalltalk' })
    case 'none':
      return attemptsIn(message.text).length > 0
        ? say({ kind: 'no-way-round' })
        : say({ kind: 'not-understood', examples: await examplesFor(edges, id) })
    default:
      return ask.intent satisfies never
  }
}

async function answered(done: Promise<void>): Promise<'answered'> {
  await done
  return 'answered'
}

/** Why they may or may not have it, and who decides; else of their last request that the words can be about. */
async function onWhy(edges: Edges, message: Heard, ask: Ask): Promise<View> {
  const { id } = message.speaker
  const [about] = await visibleTo(edges, id, entriesOf(edges, ask))
  const subject = about ?? (await ownRequests(edges, id, ask))[0]?.id
  const explained = subject === undefined ? undefined : await why(edges, id, subject)
  return say(explained === undefined ? { kind: 'name-it', examples: [] } : { kind: 'why', why: explained })
}
