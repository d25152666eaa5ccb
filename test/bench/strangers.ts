import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as pass } from 'node:timers/promises'
import { z } from 'zod'
import { botAppId } from '../emulated-tenant/bare-bot.ts'
import { type Demo, startDemo } from '../journeys/demo.ts'
import { spread } from './spread.ts'

const connections = 100
const warmUps = 30
const seconds = 62 // more than a minute, so that what is logged each minute is among it
const pause = 250 // between the messages of one person, in milliseconds

/**
 * What 100 connections of strangers cost who post without a token, or with one that they made up, well or badly, as fast
 * as they can, while two people go on talking to the bot. The strangers are a process of their own.
 */
export async function measureStrangers(tell: (line: string) => void): Promise<object> {
  await using demo = await startDemo()
  const [pid] = demo.ready.pids.bot
  const [url] = demo.ready.bot
  if (pid === undefined || url === undefined) throw new Error('the demo has no bot')
  for (let each = 0; each < warmUps; each += 1) await answered(demo, 'maya.okafor')
  const alone = await talk(demo, 20)
  const memoryBefore = await residentMb(pid)
  const logBefore = demo.logged().length

  await using strangers = startStrangers({ url, connections, audience: botAppId, kid: 'emulated-channel-1' })
  await strangers.count()
  const from = performance.now()
  const memory = watchMemory(pid)
  const taken = (await Promise.all(['maya.okafor', 'diego.fuentes'].map((who) => talkFor(demo, who)))).flat()
  const { refused, otherwise } = await strangers.count()
  const lasted = (performance.now() - from) / 1000
  tell(`${refused} refused, ${otherwise} answered otherwise in ${Math.round(lasted)} s`)
  return {
    connections,
    refusalsPerSecond: Math.round(refused / lasted),
    personMs: spread(taken),
    personAloneMs: spread(alone),
    memoryMb: Math.round((await memory.most()) - memoryBefore),
    logLines: demo.logged().length - logBefore,
  }
}

async function talkFor(demo: Demo, who: string): Promise<number[]> {
  const until = performance.now() + seconds * 1000
  const taken: number[] = []
  while (performance.now() < until) {
    taken.push(await answered(demo, who))
    await pass(pause)
  }
  return taken
}

async function talk(demo: Demo, times: number): Promise<number[]> {
  const taken: number[] = []
  for (let each = 0; each < times; each += 1) taken.push(await answered(demo, 'maya.okafor'))
  return taken
}

/** From the moment a message leaves to the one at which its answer is in the chat. */
async function answered(demo: Demo, who: string): Promise<number> {
  const before = performance.now()
  await demo.person(who).say('help')
  return performance.now() - before
}

function startStrangers(order: object) {
  const child = fork(new URL('./stranger.ts', import.meta.url), { execArgv: [] })
  child.send(order)
  return {
    async count() {
      child.send('count')
      const [told] = await once(child, 'message')
      return z.object({ refused: z.number(), otherwise: z.number() }).parse(told)
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

function watchMemory(pid: number) {
  let most = 0
  const look = async () => void (most = Math.max(most, await residentMb(pid)))
  const timer = setInterval(look, 1000)
  return {
    async most() {
      clearInterval(timer)
      await look()
      return most
    },
  }
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}
