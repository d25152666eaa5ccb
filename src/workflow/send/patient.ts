import { type Duration, milliseconds } from '../../time.ts'
import type { Edges } from '../ports/ports.ts'
import type { Conversation } from '../ports/conversation.ts'
import { backOff, failureIn } from './try-again.ts'

/** Somebody looks at their chat: what was not taken within this is owed instead. Real clock. */
const longestTurn = milliseconds(8_000)
const mostTries = 4

const pause = (wait: Duration): Promise<void> => new Promise((resolve) => setTimeout(resolve, wait))

/**
 * The conversation as it serves while a person waits for the answer: what the connector does not take it is offered
 * again within the same turn, after a growing wait or the one it asks for. Offered again too where its answer was lost,
 * so a message may come twice. What is owed has its own rhythm, and must not use this.
 */
export function patiently(
  conversation: Conversation,
  realNow: Edges['realNow'],
  wait: (howLong: Duration) => Promise<void> = pause,
): Conversation {
  async function patient<Value>(call: () => Promise<Value>): Promise<Value> {
    const began = realNow().getTime()
    for (let tries = 1; ; tries += 1) {
      try {
        return await call()
      } catch (error) {
        const failure = failureIn(error)
        const next = Math.max(backOff(tries, Math.random()), failure?.wait ?? 0)
        const over = realNow().getTime() + next > began + longestTurn || tries >= mostTries
        if (failure?.failed !== 'connector' || failure.lasting || over) throw error
        await wait(milliseconds(next))
      }
    }
  }
  return {
    post: (...args) => patient(() => conversation.post(...args)),
    edit: (...args) => patient(() => conversation.edit(...args)),
    askForToken: (...args) => patient(() => conversation.askForToken(...args)),
    offerSignIn: (...args) => patient(() => conversation.offerSignIn(...args)),
  }
}
