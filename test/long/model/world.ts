import { z } from 'zod'
import { type Answer, dataOf, type Demo, type Message } from '../../journeys/demo.ts'

// The running product, as its users, its tenant's administrators and its database's see it; remembers how far it read.

const Effect = z.object({
  at: z.iso.datetime().transform((text) => new Date(text).getTime()),
  who: z.string(),
  byToken: z.enum(['app', 'delegated', 'portal', 'clock']),
  operation: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type Effect = z.infer<typeof Effect>

const Written = z.object({
  position: z.number(),
  stream: z.string(),
  type: z.string(),
  at: z.iso.datetime({ offset: true }).transform((at) => Date.parse(at)),
  actor: z.string(),
  body: z.string().transform((text): unknown => JSON.parse(text)),
})
export type Written = z.infer<typeof Written>

const Summary = z.object({ id: z.string(), status: z.string(), in_doubt: z.boolean() })

const Row = z.object({
  written: z
    .array(Written)
    .nullable()
    .transform((rows) => rows ?? []),
  stands: z
    .array(Summary)
    .nullable()
    .transform((rows) => rows ?? []),
})
/** One row of two lists: each question to the database is a connection of its own. */
const standing = (position: number) => `select
  (select json_agg(event order by position) from
    (select position, stream, type, at, actor, body from journal where position > ${position}) event) as written,
  (select json_agg(summary) from (select id, status, in_doubt from request_summary) summary) as stands`

const Active = z.object({ person: z.string(), entitlement: z.string(), end: z.string().nullable() })

/** What is new since the last look, and what stands. */
export interface Seen {
  /** Product time, in milliseconds. */
  readonly now: number
  readonly effects: readonly Effect[]
  readonly written: readonly Written[]
  /** Of each request by its id, as the journal has it. */
  readonly stands: ReadonlyMap<string, { readonly status: string; readonly inDoubt: boolean }>
  /** `person|role` of everything that PIM has switched on. */
  readonly active: ReadonlySet<string>
}

export interface World {
  readonly demo: Demo
  /** Everything this person sees in their chat, by id. */
  chat(person: string): Promise<ReadonlyMap<string, Message>>
  say(person: string, text: string): Promise<void>
  /** Presses, and goes through the sign-in page where one is wanted. */
  press(person: string, message: string, body: Record<string, unknown>): Promise<Answer | undefined>
  /** @returns whether the portal took it. */
  portal(order: Record<string, unknown>): Promise<boolean>
  look(): Promise<Seen>
  /** Waits until nothing is owed. @throws naming what is stuck. */
  settle(): Promise<void>
  /** Forgets what was read: everything begins anew. */
  reset(): Promise<void>
}

export function worldOf(demo: Demo): World {
  const chats = new Map<string, { last: number; readonly messages: Map<string, Message> }>()
  let effectsRead = 0
  let position = 0

  return {
    demo,
    async chat(person) {
      const known = chats.get(person) ?? { last: 0, messages: new Map<string, Message>() }
      chats.set(person, known)
      for (const message of await demo.person(person).messages(known.last)) {
        // Made-up taps are made on the welcome, and what comes back to them is no card that the bot knows of.
        const { card: _, ...welcome } = message
        known.messages.set(message.id, message.id === elsewhere(known.messages) ? welcome : message)
        known.last = Math.max(known.last, message.sequence)
      }
      return known.messages
    },
    async say(person, text) {
      await demo.call('POST', `/api/people/${person}/messages`, { text })
    },
    async press(person, message, body) {
      const { status, body: came } = await demo.call('POST', `/api/people/${person}/messages/${message}/actions`, body)
      // What the client itself refuses never reached the bot.
      if (status >= 400) return undefined
      const answer = came as Answer // parsed where journeys read it; here only shown
      return answer.signIn === undefined ? answer : demo.person(person).signIn(answer.signIn)
    },
    async portal(order) {
      return (await demo.call('POST', '/api/tenant/portal', order)).status < 300
    },
    async look() {
      const [effects, active, clock, [row]] = await Promise.all([
        demo.call('GET', '/api/tenant/effects'),
        demo.tenant('activations'),
        demo.call('GET', '/api/clock'),
        demo.query(standing(position)),
      ])
      const all = z.array(Effect).parse(effects.body)
      const { written: fresh, stands } = Row.parse(row)
      const news = all.slice(effectsRead)
      effectsRead = all.length
      position = fresh.at(-1)?.position ?? position
      return {
        now: new Date(z.object({ now: z.string() }).parse(clock.body).now).getTime(),
        effects: news,
        written: fresh.filter(({ stream }) => stream.startsWith('request:')),
        stands: new Map(stands.map(({ id, status, in_doubt }) => [id, { status, inDoubt: in_doubt }])),
        active: new Set(
          z
            .array(Active)
            .parse(active)
            .map(({ person, entitlement }) => `${person}|${entitlement}`),
        ),
      }
    },
    settle: () => demo.settled(),
    async reset() {
      await demo.reset()
      chats.clear()
      effectsRead = 0
      position = 0
    },
  }
}

/** How an event came to be known, as its body says. */
export const sourceOf = (body: unknown): string | undefined =>
  z.object({ source: z.string().optional() }).parse(body).source

/** The welcome: the first message of everybody's chat. What comes back to a tap on it takes no card's place. */
export const elsewhere = (messages: ReadonlyMap<string, Message>): string | undefined => [...messages.keys()][0]

/** The newest card of a chat that offers this verb, of this record where one is named. */
export const offering = (messages: ReadonlyMap<string, Message>, verb: string, record?: string): Message | undefined =>
  [...messages.values()].findLast(({ card }) => {
    const { id } = dataOf(card, verb)
    return id !== undefined && (record === undefined || id === record)
  })
