import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { cpuSeconds } from './cpu-time.ts'

const Message = z.object({
  sequence: z.number(),
  from: z.string(),
  text: z.string().optional(),
  card: z.unknown().optional(),
})
export type Message = z.infer<typeof Message>

const warmUpMs = 5_000
const measuredMs = 20_000

export interface Load {
  /** Origin of the demo's API. */
  readonly chat: string
  /** The process whose time is counted. */
  readonly pid: number
  /** Each of them asks, waits for the answer and asks again. */
  readonly people: readonly string[]
  readonly text: string
  /** Refuses what is not the answer that was to be measured. */
  check(answer: Message): void
}

/** Answers per second of the process's own time, all of them asking for 20 s after 5 s of warm-up. */
export async function turnsPerCpuSecond({ pid, ...load }: Load): Promise<number> {
  let turns = 0
  const over = new AbortController()
  const asking = Promise.all(load.people.map((person) => keepAsking(load, person, over.signal, () => (turns += 1))))
  const measuring = (async () => {
    await pause(warmUpMs)
    const [turnsBefore, cpuBefore] = [turns, await cpuSeconds(pid)]
    await pause(measuredMs)
    return (turns - turnsBefore) / ((await cpuSeconds(pid)) - cpuBefore)
  })()
  try {
    // Whoever cannot go on asking ends it for all.
    return await Promise.race([measuring, asking.then(() => measuring)])
  } finally {
    over.abort()
    await asking.catch(() => undefined)
  }
}

async function keepAsking(
  { chat, text, check }: Omit<Load, 'pid'>,
  person: string,
  over: AbortSignal,
  answered: () => void,
): Promise<void> {
  const url = `${chat}/api/people/${person}/messages`
  let seen = Math.max(0, ...(await read(`${url}`)).map(({ sequence }) => sequence))
  while (!over.aborted) {
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text }) }
    const said = await fetch(url, asked)
    if (said.status !== 202) throw new Error(`${person} cannot ask: ${said.status} ${await said.text()}`)
    await said.body?.cancel()
    let answer: Message | undefined
    while (answer === undefined) {
      const news = await read(`${url}?after=${seen}&wait=PT20S`)
      if (news.length === 0) throw new Error(`${person} got no answer within 20 seconds`)
      seen = Math.max(seen, ...news.map(({ sequence }) => sequence))
      answer = news.find(({ from }) => from === 'bot')
    }
    check(answer)
    answered()
  }
}

const read = async (url: string) => z.array(Message).parse(await (await fetch(url)).json())
