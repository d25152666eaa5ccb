import { z } from 'zod'
import { type Demo, startDemo } from '../journeys/demo.ts'
import { spread } from './spread.ts'

// From the decision to the requester's phone: the approver's tap reaches the bot, and some time later the connector is
// given a new message for the requester. Both moments are read off one clock, that of the emulated tenant.

const warmUps = 10
const runs = 60

/** A stretch of the tenant's own clock, in milliseconds. */
interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}
const Call = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  service: z.string(),
  method: z.string(),
  path: z.string(),
})
type Call = z.infer<typeof Call>

/**
 * `wallMs`: everything in between. `ownMs`: without the stretches in which the matter was in the tenant's hands, that is
 * while it had a call of the bot to answer, or between the tap's two deliveries, when Teams fetches the person's token.
 * Ways there and back, and waiting for a busy core, count as the bot's own.
 */
export async function measureNotice(tell: (line: string) => void): Promise<object> {
  await using demo = await startDemo()
  const taken: { readonly wall: number; readonly own: number }[] = []
  for (let run = 0; run < warmUps + runs; run += 1) {
    const one = await decide(demo)
    if (run >= warmUps) taken.push(one)
    if (run % 10 === 9) tell(`${run + 1} of ${warmUps + runs}`)
  }
  return { runs, wallMs: spread(taken.map(({ wall }) => wall)), ownMs: spread(taken.map(({ own }) => own)) }
}

/** One request of one's own, decided; afterwards the clock moves past its end, so that the next one may be asked for. */
async function decide(demo: Demo) {
  const [maya, priya] = [demo.person('maya.okafor'), demo.person('priya.raman')]
  const form = await maya.say('I need AI Administrator for 1 hour to rotate the connector keys, INC-48213')
  await maya.tap(form, 'Submit')
  await demo.settled()
  const before = Math.max(...(await maya.messages()).map(({ sequence }) => sequence))
  const callsBefore = (await demo.tenant('calls')).length
  await priya.tap(await priya.card(), 'Approve')
  await maya.until(({ text }) => text?.includes('is active until') === true, before)
  await demo.settled()
  const calls = z.array(Call).parse((await demo.tenant('calls')).slice(callsBefore))
  await demo.advance('PT2H')
  return timesOf(calls, await chatOf(demo, 'maya.okafor'))
}

async function chatOf(demo: Demo, person: string): Promise<string> {
  const { body } = await demo.call('GET', `/api/people/${person}/conversations`)
  const chats = z.array(z.object({ id: z.string(), type: z.string() })).parse(body)
  const personal = chats.find(({ type }) => type === 'personal')
  if (personal === undefined) throw new Error(`${person} has no chat with the bot`)
  return personal.id
}

function timesOf(calls: readonly Call[], chat: string) {
  const deliveries = inOrder(calls.filter(({ service }) => service === 'bot'))
  const ofTheBot = inOrder(calls.filter(({ service }) => service !== 'bot'))
  const tapped = deliveries[0]
  const message = ofTheBot.find(
    ({ service, method, path }) =>
      service === 'connector' && method === 'POST' && decodeURIComponent(path).includes(`/${chat}/activities`),
  )
  if (tapped === undefined || message === undefined) throw new Error('the tap or the message is not among the calls')
  const window = { fromMs: tapped.fromMs, toMs: message.fromMs }
  const between = deliveries.slice(1).map((next, index): Stretch => {
    const last = deliveries[index] ?? next
    return { fromMs: last.toMs, toMs: next.fromMs }
  })
  const wall = window.toMs - window.fromMs
  return { wall, own: wall - covered(window, inOrder([...ofTheBot, ...between])) }
}

const inOrder = <Each extends Stretch>(stretches: readonly Each[]): readonly Each[] =>
  stretches.toSorted((one, other) => one.fromMs - other.fromMs)

/** How much of the window the stretches cover, in order of their beginnings; what two cover at once counts once. */
function covered(window: Stretch, stretches: readonly Stretch[]): number {
  let sum = 0
  let reached = window.fromMs
  for (const { fromMs, toMs } of stretches) {
    const from = Math.max(fromMs, reached)
    const to = Math.min(toMs, window.toMs)
    if (to > from) sum += to - from
    reached = Math.max(reached, to)
  }
  return sum
}
