import { fork } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'
import { botAppId, ssoAppId } from '../emulated-tenant/bare-bot.ts'
import { openStage } from '../emulated-tenant/chat-stage.ts'
import { startDemo, wordsOf } from '../journeys/demo.ts'
import { ask, type Asked, type Load, type Message } from './asking.ts'
import { tenth } from './spread.ts'

const role = 'AI Administrator'
const text = `I need ${role} for 2 hours to rotate the connector keys, INC-48213`
const people = Array.from({ length: 16 }, (_, index) => `board-${String(index + 1).padStart(2, '0')}`)
const warmUp = 5_000
const slices = 4
const slice = 5_000

/**
 * How many requests the bot answers with their confirm card in a second of its processor time, against how many
 * messages a bare botbuilder bot echoes: same people, same words, same connector and token validation. They take turns
 * of 5 s, 20 s each, so that what else the machine does falls on both.
 */
export async function measureTurn(tell: (line: string) => void): Promise<object> {
  await using echo = await echoBot()
  // What is measured is what a turn costs, at a pace that nobody has by hand.
  await using demo = await startDemo({ PERSON_PER_MINUTE: '1000000' })
  for (const person of people) await demo.portal({ do: 'addEligibility', person, entitlement: role })
  const [pid] = demo.ready.pids.bot
  if (pid === undefined) throw new Error('the demo has no bot')
  const product: Load = { chat: demo.ready.chat, pid, people, text, check: isConfirmCard }

  tell('warming up')
  await ask(echo.load, warmUp)
  await ask(product, warmUp)
  const [echoed, answered]: [Asked[], Asked[]] = [[], []]
  for (let each = 1; each <= slices; each += 1) {
    echoed.push(await ask(echo.load, slice))
    answered.push(await ask(product, slice))
    tell(`${each} of ${slices}`)
  }
  const [own, theirs] = [perCpuSecond(answered), perCpuSecond(echoed)]
  return {
    turnsPerCpuSecond: tenth(own),
    echoTurnsPerCpuSecond: tenth(theirs),
    ratio: Math.round((own / theirs) * 100) / 100,
  }
}

const perCpuSecond = (asked: readonly Asked[]): number =>
  asked.reduce((sum, { turns }) => sum + turns, 0) / asked.reduce((sum, each) => sum + each.cpuSeconds, 0)

function isConfirmCard(answer: Message): void {
  if (!wordsOf(answer.card).includes('Submit'))
    throw new Error(`no confirm card, but ${answer.text ?? wordsOf(answer.card)}`)
}

function isEcho(answer: Message): void {
  if (answer.text !== `You said: ${text}`) throw new Error(`no echo, but ${answer.text}`)
}

/** The bare bot with an emulated tenant of its own. */
async function echoBot(): Promise<{ readonly load: Load } & AsyncDisposable> {
  await using owned = new AsyncDisposableStack()
  const stage = owned.use(await openStage())
  const bot = fork(new URL('./echo-bot.ts', import.meta.url), { execArgv: [] })
  owned.defer(async () => {
    if (bot.connected) bot.disconnect()
    if (bot.exitCode === null) await once(bot, 'exit')
  })
  bot.send({ origins: stage.origins, secret: stage.secrets[botAppId], pem: stage.pem })
  const [listening] = await once(bot, 'message')
  const { port } = z.object({ port: z.number() }).parse(listening)
  stage.order({ type: 'bots', urls: [`https://localhost:${port}`], botAppId, ssoAppId })
  const { pid } = bot
  if (pid === undefined) throw new Error('the echo bot could not be started')
  const load = { chat: stage.origins.chat, pid, people, text, check: isEcho }
  const all = owned.move()
  return { load, [Symbol.asyncDispose]: () => all.disposeAsync() }
}
