import { createHash } from 'node:crypto'
import type { Owed } from '../../request/effects.ts'
import { addTime, milliseconds } from '../../time.ts'
import { onInstalled } from '../message/on-installed.ts'
import { onDeleted } from '../message/on-edit.ts'
import { edited, onMessage } from '../message/on-message.ts'
import type { Proof } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { ToAnswer } from '../ports/memory.ts'
import type { Posted } from '../send/post.ts'
import { occasionOf, say } from '../send/reply.ts'
import { backOff, failureIn } from '../send/try-again.ts'

/**
 * Answers, and owes the answer where the connector does not take it. What is owed is to onMessage the words again: they are
 * answered with what holds then, and what they have changed already is not changed twice.
 * @param proof never kept: without it, what needs one asks for it again
 */
export async function answerOrOwe(edges: Edges, toAnswer: ToAnswer, proof?: Proof): Promise<void> {
  try {
    await answer(edges, toAnswer, proof)
  } catch (error) {
    const failure = failureIn(error)
    if (failure?.failed === 'memory') return tellSilence(edges, toAnswer, error)
    // A message of ours that the connector will never take is a fault of ours, which the person is told.
    if (failure?.failed !== 'connector' || failure.lasting) throw error
    const { how, message } = toAnswer
    const occasion = occasionToAnswer(toAnswer)
    edges.log.warn({ how, activity: message.activity, error: String(error) }, 'an answer was not taken, and is owed')
    const wait = milliseconds(Math.max(backOff(3, Math.random()), failure.wait ?? 0))
    await edges.unanswered.keep(toAnswer, occasion, edges.now(), addTime(edges.realNow(), wait))
    edges.wake()
  }
}

/** Nothing can be remembered or looked up: who said it, in which language and where comes with the message. */
async function tellSilence(edges: Edges, { how, message }: ToAnswer, error: unknown): Promise<void> {
  const { id: person, locale = 'en-GB', zone = 'UTC', ...to } = message.speaker
  edges.log.error({ how, activity: message.activity, error: String(error) }, 'a message met a database that is silent')
  // A new app, or a message that is gone, asks for no answer.
  if (how === 'heard' || how === 'edited') {
    await edges.conversation.post({ person, ...to }, say({ kind: 'memory-silent' }), { locale, zone })
  }
}

/** Hears again what was not answered; nothing is left to do where it was answered meanwhile, or erased. */
export async function answerOwed(edges: Edges, { occasion }: Extract<Owed, { effect: 'answer' }>): Promise<Posted> {
  const kept = await edges.unanswered.load(occasion)
  if (kept === undefined) return 'superseded'
  const { how, message, since } = kept
  await answer(edges, { how, message: { ...message, since } })
  await edges.unanswered.forget(occasion)
  return 'sent'
}

function answer(edges: Edges, { how, message }: ToAnswer, proof?: Proof): Promise<void> {
  switch (how) {
    case 'heard':
      return onMessage(edges, message, proof)
    case 'edited':
      return edited(edges, message)
    case 'deleted':
      return onDeleted(edges, message)
    case 'installed':
      return onInstalled(edges, message.speaker)
    default:
      return how satisfies never
  }
}

/** Each wording of a message is one of its own; the digest keeps the words out of what is kept for long. */
const occasionToAnswer = ({ how, message }: ToAnswer): string =>
  [how, occasionOf(message), createHash('sha256').update(message.text).digest('base64url').slice(0, 16)].join('|')
