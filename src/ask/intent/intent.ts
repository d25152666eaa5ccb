import { readFileSync } from 'node:fs'
import type { Intent } from '../ask.ts'
import type { Sentence } from '../language/gist.ts'
import { featuresOf } from './features.ts'
import { likelyFrom, unpacked, type Weights, weightsFrom } from './weights.ts'

const learnt: Weights = weightsFrom(unpacked(readFileSync(new URL('weights.z', import.meta.url))))

/** Whether an intent leads towards more access. */
export const isAsking = (intent: Intent): boolean => intent === 'request' || intent === 'extend'

/**
 * To take a message for one that asks for access, that must be so much likelier than anything else it may be about. Where
 * the rest is nothing for this bot at all, less will do: nobody names what can be asked for by chance.
 */
const sureEnough = 10
const sureEnoughOfNothingElse = 2

/** What a message is about, as far as its words tell. In doubt it asks for nothing. */
export function intentOf(text: string, sentences: readonly Sentence[]): Intent {
  const likely = likelyFrom(learnt, featuresOf(text, sentences))
  const asking = likely.filter(({ intent }) => isAsking(intent))
  const [other] = likely.filter(({ intent }) => !isAsking(intent))
  const sureness = asking.reduce((sum, each) => sum + each.sureness, 0)
  const least = other?.intent === 'none' ? sureEnoughOfNothingElse : sureEnough
  const chosen = other !== undefined && sureness < least * other.sureness ? other : asking[0]
  return chosen?.intent ?? 'none'
}
