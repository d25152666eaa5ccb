import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { z } from 'zod'

// The demo as its users start it, driven through its HTTP API alone.

const Ready = z.object({
  chat: z.string(),
  bot: z.array(z.string()),
  entra: z.string(),
  graph: z.string(),
  ca: z.string(),
  pids: z.object({ tenant: z.number(), bot: z.array(z.number()), postgres: z.number() }),
})

export const Message = z.object({
  id: z.string(),
  sequence: z.number(),
  conversation: z.string(),
  from: z.string(),
  text: z.string().optional(),
  card: z.record(z.string(), z.unknown()).optional(),
  alert: z.boolean(),
  editedAt: z.string().optional(),
})
export type Message = z.infer<typeof Message>

export const Answer = z.object({
  http: z.number(),
  status: z.number().nullable(),
  type: z.string().nullable(),
  value: z.unknown(),
  error: z.string().optional(),
  /** The sign-in page, where the bot wants more of one than Teams' own token. */
  signIn: z.string().optional(),
})
export type Answer = z.infer<typeof Answer>

const Effect = z.object({ at: z.string(), who: z.string(), byToken: z.string(), operation: z.string() })

const Call = z.object({ service: z.string(), method: z.string(), path: z.string(), who: z.string().nullable() })

export interface Demo extends AsyncDisposable {
  readonly ready: z.infer<typeof Ready>
  readonly data: string
  call(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>
  person(id: string): Teammate
  advance(iso: string): Promise<void>
  /** Waits until nothing due remains and every send is answered, without moving the clock. */
  settled(): Promise<void>
  portal(order: Record<string, unknown>): Promise<void>
  faults(faults: readonly Record<string, unknown>[]): Promise<void>
  bot(order: 'kill' | 'term' | 'start'): Promise<void>
  reset(): Promise<void>
  /** Sets the switch again as this demo was started with; a reset forgets it. */
  setStepUp(): Promise<void>
  /** What the tenant's own log says was changed, by which operation, oldest first. */
  effects(operation?: string): Promise<readonly z.infer<typeof Effect>[]>
  /** Waits until the tenant's log shows the change, whoever still waits for its answer. */
  effectShown(operation: string): Promise<void>
  tenant(part: string): Promise<readonly Record<string, unknown>[]>
  /** Calls that reached Graph with this person's own token. */
  graphCallsBy(person: string): Promise<readonly z.infer<typeof Call>[]>
  /** Refusals that the journal keeps about a person, oldest first: what was pressed, and why nothing came of it. */
  refusalsKept(type?: string): Promise<readonly { readonly person: string; readonly why: string }[]>
  /** Waits until the journal has an event of this type. */
  written(type: string): Promise<void>
  /** Reads the database as its administrator could. */
  query(statement: string): Promise<readonly unknown[]>
  /** What its processes logged, a line of JSON each. */
  logged(): readonly string[]
  /** `npm run verify-journal` of this demo. */
  verifyJournal(): Promise<{ readonly exit: number | null; readonly said: string }>
}

export interface Teammate {
  messages(after?: number): Promise<readonly Message[]>
  /** Says something to the bot and waits for its answer. */
  say(text: string): Promise<Message>
  /** Says something in any conversation, mentioning these people or `bot`, and waits for nothing. @returns its id */
  write(text: string, where?: { conversation?: string; mentions?: readonly string[] }): Promise<string>
  /** Edits a message of one's own, or takes it back. */
  edit(message: string, text: string): Promise<void>
  remove(message: string): Promise<void>
  /** Everything new since then, waiting for at least one that satisfies. */
  until(wants: (message: Message) => boolean, after?: number): Promise<Message>
  /** The newest card in the chat. */
  card(): Promise<Message>
  tap(card: Message, title: string, inputs?: Record<string, string>): Promise<Answer>
  /** Any tap at all, made-up ones included; a client's own refusal is a status without an answer of the bot. */
  press(on: Message, body: Record<string, unknown>): Promise<Answer>
  forge(body: Record<string, unknown>): Promise<Answer>
  /** Goes through a sign-in page, as oneself unless said otherwise. */
  signIn(url: string, how?: { as?: string; mfa?: boolean }): Promise<Answer>
}

/**
 * Starts `npm start`'s own command in a folder of its own.
 * @param stepUp whether roles ask for the authentication context that they name: journeys about something else spare
 *   themselves the sign-in page.
 */
export async function startDemo(settings: Record<string, string> = {}, stepUp = false): Promise<Demo> {
  const data = await mkdtemp(join(tmpdir(), 'latchkey-journey-'))
  // As root the database server runs as another user, who has to get in.
  await chmod(data, 0o755)
  const root = resolve(import.meta.dirname, '../..')
  const child = spawn(process.execPath, ['src/demo.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      PORT: '0',
      LATCHKEY_DATA: data,
      LATCHKEY_DEMO_NOW: '2026-11-23T10:00:00Z',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const logged: string[] = []
  const ready = Ready.parse(JSON.parse(await readyLine(child, logged)))
  const demo = demoAt(ready, data, child, stepUp, logged)
  await demo.setStepUp()
  return demo
}

async function readyLine(child: ChildProcess, logged: string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const said: string[] = []
  if (child.stdout === null || child.stderr === null) throw new Error('the demo was started without pipes')
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line)
    if (line.startsWith('ready ')) resolve(line.slice('ready '.length))
  })
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    if (line.startsWith('{')) logged.push(line)
  })
  child.once('exit', (code) => reject(new Error(`the demo ended (${code}) before it was ready:\n${said.join('\n')}`)))
  return promise
}

function demoAt(
  ready: z.infer<typeof Ready>,
  data: string,
  child: ChildProcess,
  stepUp: boolean,
  logged: string[],
): Demo {
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${ready.chat}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await answer.text()
    const parsed: unknown = text === '' ? null : JSON.parse(text)
    return { status: answer.status, body: parsed }
  }
  const must = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await call(method, path, body)
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const setStepUp = async () => void (await must('POST', '/api/switches', { authenticationContexts: stepUp }))
  return {
    ready,
    data,
    call,
    person: (id) => teammate(id, must),
    advance: async (iso) => void (await must('POST', '/api/clock', { advance: iso })),
    settled: async () => void (await must('POST', '/api/clock', { advance: 'PT0S' })),
    portal: async (order) => void (await must('POST', '/api/tenant/portal', order)),
    faults: async (faults) => void (await must('POST', '/api/faults', faults)),
    bot: async (order) => void (await must('POST', '/api/processes/bot/1', { do: order })),
    reset: async () => {
      await must('POST', '/api/reset')
      await setStepUp()
    },
    setStepUp,
    effects: async (operation) => {
      const effects = z.array(Effect).parse(await must('GET', '/api/tenant/effects'))
      return operation === undefined ? effects : effects.filter((effect) => effect.operation === operation)
    },
    effectShown: async (operation) => {
      const deadline = performance.now() + 15_000
      for (;;) {
        const effects = z.array(Effect).parse(await must('GET', '/api/tenant/effects'))
        if (effects.some((effect) => effect.operation === operation)) return
        if (performance.now() > deadline) throw new Error(`the tenant never showed ${operation}`)
      }
    },
    tenant: async (part) => z.array(z.record(z.string(), z.unknown())).parse(await must('GET', `/api/tenant/${part}`)),
    graphCallsBy: async (who) =>
      z
        .array(Call)
        .parse(await must('GET', '/api/tenant/calls'))
        .filter((each) => each.service === 'graph' && each.who === who),
    refusalsKept: async (type = 'TapRefused') =>
      (await eventsOf(data, type)).map(({ actor, body }) => ({
        person: actor,
        ...z.object({ why: z.string() }).parse(JSON.parse(body)),
      })),
    written: async (type) => {
      const deadline = performance.now() + 15_000
      while ((await eventsOf(data, type)).length === 0)
        if (performance.now() > deadline) throw new Error(`the journal never had a ${type}`)
    },
    logged: () => logged,
    verifyJournal: () => verifyJournal(data),
    query: (statement) => rowsOf(data, statement),
    async [Symbol.asyncDispose]() {
      const ended = new Promise((done) => child.once('exit', done))
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await ended
      }
      await rm(data, { recursive: true, force: true })
    },
  }
}

function teammate(id: string, must: (method: string, path: string, body?: unknown) => Promise<unknown>): Teammate {
  const base = `/api/people/${id}/messages`
  const messages = async (after = 0) => z.array(Message).parse(await must('GET', `${base}?after=${after}`))
  const write: Teammate['write'] = async (text, where = {}) =>
    z.object({ id: z.string() }).parse(await must('POST', base, { text, ...where })).id
  const last = async () => Math.max(0, ...(await messages()).map((message) => message.sequence))
  const until = async (wants: (message: Message) => boolean, after = 0): Promise<Message> => {
    let seen = after
    for (let round = 0; round < 20; round += 1) {
      const news = z.array(Message).parse(await must('GET', `${base}?after=${seen}&wait=PT10S`))
      const found = news.find(wants)
      if (found !== undefined) return found
      seen = Math.max(seen, ...news.map((message) => message.sequence))
    }
    throw new Error(`${id} waited in vain`)
  }
  return {
    messages,
    until,
    async say(text) {
      const before = await last()
      const own = await write(text)
      return until((message) => message.id !== own, before)
    },
    write,
    edit: async (message, text) => void (await must('PATCH', `${base}/${message}`, { text })),
    remove: async (message) => void (await must('DELETE', `${base}/${message}`)),
    async card() {
      const found = (await messages()).findLast((message) => message.card !== undefined)
      if (found === undefined) throw new Error(`${id} has no card`)
      return found
    },
    tap: async (card, title, inputs) =>
      Answer.parse(
        await must('POST', `${base}/${card.id}/actions`, { title, ...(inputs === undefined ? {} : { inputs }) }),
      ),
    press: async (on, body) => Answer.parse(await must('POST', `${base}/${on.id}/actions`, body)),
    signIn: async (url, how = {}) => Answer.parse(await must('POST', `/api/people/${id}/sign-in`, { url, ...how })),
    forge: async (body) => Answer.parse(await must('POST', `/api/people/${id}/forge`, body)),
  }
}

/** Reads the journal as its administrator would: the bot offers no page of it yet. */
async function eventsOf(data: string, type: string) {
  const rows = await rowsOf(data, 'select actor, body from journal where type = $1 order by position', [type])
  return z.array(z.object({ actor: z.string(), body: z.string() })).parse(rows)
}

async function rowsOf(data: string, statement: string, values: readonly string[] = []): Promise<readonly unknown[]> {
  const passwords = z
    .object({ postgres: z.string() })
    .parse(JSON.parse(await readFile(join(data, 'postgres-passwords.json'), 'utf8')))
  const [, , , port] = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  const client = new Client({
    host: '127.0.0.1',
    port: Number(port),
    user: 'postgres',
    password: passwords.postgres,
    database: 'latchkey',
  })
  await client.connect()
  try {
    return (await client.query(statement, [...values])).rows
  } finally {
    await client.end()
  }
}

async function verifyJournal(data: string) {
  const child = spawn(process.execPath, ['src/commands/verify-journal.ts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LATCHKEY_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const exit = await new Promise<number | null>((done) => child.once('close', done))
  return { exit, said: said.join('') }
}

/** What a button of the card carries back, such as the request's id and revision. */
export function dataOf(card: unknown, verb: string): Record<string, unknown> {
  if (card === null || typeof card !== 'object') return {}
  if ('verb' in card && card.verb === verb && 'data' in card) return z.record(z.string(), z.unknown()).parse(card.data)
  for (const child of Object.values(card)) {
    const found = dataOf(child, verb)
    if (Object.keys(found).length > 0) return found
  }
  return {}
}

/** Every word a card or an answer shows, one line each. */
export function wordsOf(shown: unknown): string {
  if (typeof shown === 'string') return shown
  if (Array.isArray(shown)) return shown.map(wordsOf).filter(Boolean).join('\n')
  if (shown === null || typeof shown !== 'object') return ''
  return Object.entries(shown)
    .filter(([key]) => !['id', 'type', 'verb', 'data', '$schema', 'speak', 'fallbackText', 'lang'].includes(key))
    .map(([, value]) => wordsOf(value))
    .filter(Boolean)
    .join('\n')
}

/** What the message shows now, edits included. */
export const shownTo = async (person: Teammate, message: Message): Promise<string> => {
  const now = (await person.messages()).find((each) => each.id === message.id)
  return now?.text ?? wordsOf(now?.card)
}
