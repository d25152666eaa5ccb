import { dataOf } from '../journeys/demo.ts'
import { judge, together, type Verdict } from './kill-judge.ts'
import { cardsOf, type Life, press } from './kill-life.ts'
import { countMessages, type MessageCount } from './kill-messages.ts'
import type { Stage } from './kill-stage.ts'
import type { Waiting } from './kill-waiting.ts'

/** What came of a number of kills. */
export interface Tally extends Verdict {
  readonly kills: number
  /** Milliseconds from when somebody was there to the last owed effect. */
  readonly recoveries: readonly number[]
  readonly requests: number
  readonly messages: MessageCount
}

/** A journal that does not verify has lost something. */
export async function verified({ demo }: Stage, tally: Tally): Promise<Tally> {
  const { exit, said } = await demo.verifyJournal()
  return exit === 0 ? tally : { ...tally, lost: [...tally.lost, `verify-journal: ${said}`] }
}

/** Of runs on stages of their own. */
export const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce((one, other) => ({
    ...together(one, other),
    kills: one.kills + other.kills,
    recoveries: [...one.recoveries, ...other.recoveries],
    requests: one.requests + other.requests,
    messages: {
      missed: one.messages.missed + other.messages.missed,
      duplicated: one.messages.duplicated + other.messages.duplicated,
      unknown: one.messages.unknown + other.messages.unknown,
    },
  }))

/** Lets every request come to an end, and holds all of them against the tenant and the chats. */
export async function endAll(stage: Stage, lives: readonly Life[], waiting: Waiting, before: Verdict) {
  const stuck = await finishAll(stage, lives, waiting)
  await stage.demo.advance('PT25S')
  const messages = await countMessages(stage, lives)
  const standing = await judge(stage, lives)
  const asking = await pressWhatAsksStill(stage, lives)
  const { twice } = await judge(stage, [])
  const last = { lost: standing.lost, twice, leftBehind: [...stuck, ...standing.leftBehind, ...asking] }
  return { requests: lives.length, messages, ...together(before, last) }
}

/** What was never submitted has nothing to come to an end. */
async function finishAll(stage: Stage, lives: readonly Life[], waiting: Waiting): Promise<readonly string[]> {
  for (const life of lives) if ((await stage.request(life.id)) !== undefined) await waiting.end(life)
  return waiting.done()
}

/** A card that came twice may still look open. Pressed, it does nothing, and says that it is over. */
async function pressWhatAsksStill(stage: Stage, lives: readonly Life[]): Promise<readonly string[]> {
  const asking: string[] = []
  for (const life of lives) {
    for (const decider of life.asking.deciders) {
      const open = async () =>
        (await cardsOf(stage, decider, life)).filter(({ card }) => Object.keys(dataOf(card, 'approve')).length > 0)
      for (const card of await open()) await press(stage, decider, card, 'Approve')
      if ((await open()).length > 0) asking.push(`${life.ticket}: ${decider} has a card that stays open`)
    }
  }
  return asking
}
