import { performance } from 'node:perf_hooks'
import { putBackTexts } from '../../src/store/free-text.ts'
import { RequestEvent, type RequestId } from '../../src/request/events.ts'
import { fold } from '../../src/request/evolve.ts'
import type { AccessRequest } from '../../src/request/request.ts'
import { type Demo, startDemo } from '../journeys/demo.ts'
import { type Database, openDatabase } from './kill-database.ts'

export type Replica = 1 | 2
export const otherThan = (replica: Replica): Replica => (replica === 1 ? 2 : 1)

/** Two bots over one memory, and the means to end one of them at a chosen moment. */
export interface Stage extends AsyncDisposable {
  readonly demo: Demo
  readonly database: Database
  /** Ends a replica as a power cut would; false where it was dead already. */
  kill(replica: Replica): Promise<boolean>
  /** Answers when it is ready; false where it runs already. */
  start(replica: Replica): Promise<boolean>
  /** Ends it in good order. */
  end(replica: Replica): Promise<void>
  /** What the journal tells of a request, undefined where it has nothing. */
  request(id: RequestId): Promise<AccessRequest | undefined>
}

export async function openStage(settings: Record<string, string> = {}): Promise<Stage> {
  const demo = await startDemo({ LATCHKEY_DEMO_BOTS: '2', LOG_LEVEL: 'error', ...settings })
  const database = await openDatabase(demo.data)
  const order = async (replica: Replica, what: 'kill' | 'term' | 'start') => {
    const { status, body } = await demo.call('POST', `/api/processes/bot/${replica}`, { do: what })
    if (status !== 200 && status !== 409) throw new Error(`bot ${replica} ${what}: ${status} ${JSON.stringify(body)}`)
    return status === 200
  }
  return {
    demo,
    database,
    kill: (replica) => order(replica, 'kill'),
    start: (replica) => order(replica, 'start'),
    end: async (replica) => void (await order(replica, 'term')),
    async request(id) {
      const rows = await database.rows<{ type: string; at: Date; body: string }>(
        'select type, at, body from journal where stream = $1 order by version',
        [`request:${id}`],
      )
      return fold(
        rows.map(({ type, at, body }) => {
          const restored = putBackTexts(JSON.parse(body), new Map())
          return RequestEvent.parse({ ...(restored as object), type, at }) // an event's body is an object
        }),
      )
    },
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await demo[Symbol.asyncDispose]()
    },
  }
}

/**
 * Waits until nothing is owed any more.
 * @param since real time of the moment from which somebody was there to do it
 * @returns milliseconds from then to the last owed effect
 */
export async function recovered({ demo, database }: Stage, since: number): Promise<number> {
  await demo.settled()
  const [row] = await database.rows<{ last: Date | null }>('select max(settled_at) as last from outbox')
  return Math.max(0, (row?.last?.getTime() ?? 0) - since)
}

/** Real time, as the bots stamp what they have done. */
export const realNow = (): number => performance.timeOrigin + performance.now()

/** Between two looks at what is to come: looking without a pause would take the machine from those who are measured. */
export const glance = (): Promise<void> => new Promise((next) => setTimeout(next, 20))
