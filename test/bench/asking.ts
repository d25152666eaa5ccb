import { z } from 'zod'
import { cpuSeconds } from './cpu-time.ts'

const Message = z.object({
  sequence: z.number(),
  from: z.string(),
  text: z.string().optional(),
  card: z.unknown().optional(),
})
export type Message = z.infer<typeof Message>

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

export interface Asked {
  readonly turns: number
  /** Of the process's own time. */
  readonly cpuSeconds: number
}

/** Lets all of them ask for so long, and ends when the last answer is there: no turn is counted in part. */
export async function ask({ pid, ...load }: Load, milliseconds: number): Promise<Asked> {
  const seen = await Promise.all(load.people.map((person) => lastOf(load.chat, person)))
  const before = await cpuSeconds(pid)
  const until = performance.now() + milliseconds
  const turns = await Promise.all(load.people.map((person, index) => keepAsking(load, person, seen[index] ?? 0, until)))
  return { turns: turns.reduce((sum, each) => sum + each, 0), cpuSeconds: (await cpuSeconds(pid)) - before }
}

/** @returns how often they asked and were answered. */
async function keepAsking(
  { chat, text, check }: Omit<Load, 'pid'>,
  person: string,
  after: number,
  until: number,
): Promise<number> {
  const url = `${chat}/api/people/${person}/messages`
  let seen = after
  let turns = 0
  while (performance.now() < until) {
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
    turns += 1
  }
  return turns
}

const lastOf = async (chat: string, person: string): Promise<number> =>
  Math.max(0, ...(await read(`${chat}/api/people/${person}/messages`)).map(({ sequence }) => sequence))

const read = async (url: string) => z.array(Message).parse(await (await fetch(url)).json())
