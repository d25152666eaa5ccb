import { fork } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'
import { botAppId, ssoAppId } from '../emulated-tenant/bare-bot.ts'
import { openStage } from '../emulated-tenant/chat-stage.ts'
import { startDemo, wordsOf } from '../journeys/demo.ts'
import { type Message, turnsPerCpuSecond } from './asking.ts'
import { tenth } from './spread.ts'

const role = 'AI Administrator'
const text = `I need ${role} for 2 hours to rotate the connector keys, INC-48213`
const people = Array.from({ length: 16 }, (_, index) => `board-${String(index + 1).padStart(2, '0')}`)

/**
 * How many requests the bot answers with their confirm card in a second of its processor time, against how many
 * messages a bare botbuilder bot echoes: same people, same words, same connector and token validation.
 */
export async function measureTurn(tell: (line: string) => void): Promise<object> {
  tell('16 people ask the echo bot')
  const echoed = await ofTheEchoBot()
  tell(`${tenth(echoed)} turns per second of its processor time; now they ask for ${role}`)
  const answered = await ofTheProduct()
  return {
    turnsPerCpuSecond: tenth(answered),
    echoTurnsPerCpuSecond: tenth(echoed),
    ratio: Math.round((answered / echoed) * 100) / 100,
  }
}

async function ofTheProduct(): Promise<number> {
  await using demo = await startDemo()
  for (const person of people) await demo.portal({ do: 'addEligibility', person, entitlement: role })
  const [pid] = demo.ready.pids.bot
  if (pid === undefined) throw new Error('the demo has no bot')
  const check = ({ card, text }: Message) => {
    if (!wordsOf(card).includes('Submit')) throw new Error(`no confirm card, but ${text ?? wordsOf(card)}`)
  }
  return await turnsPerCpuSecond({ chat: demo.ready.chat, pid, people, text, check })
}

async function ofTheEchoBot(): Promise<number> {
  await using stage = await openStage()
  const bot = fork(new URL('./echo-bot.ts', import.meta.url), { execArgv: [] })
  try {
    bot.send({ origins: stage.origins, secret: stage.secrets[botAppId], pem: stage.pem })
    const [listening] = await once(bot, 'message')
    const { port } = z.object({ port: z.number() }).parse(listening)
    stage.order({ type: 'bots', urls: [`https://localhost:${port}`], botAppId, ssoAppId })
    const check = (answer: Message) => {
      if (answer.text !== `You said: ${text}`) throw new Error(`no echo, but ${answer.text}`)
    }
    return await turnsPerCpuSecond({ chat: stage.origins.chat, pid: bot.pid ?? 0, people, text, check })
  } finally {
    if (bot.connected) bot.disconnect()
    if (bot.exitCode === null) await once(bot, 'exit')
  }
}
