import type { Edges } from '../ports/ports.ts'

/** Real clock: how old the figures in the database may be, which is also what a crash may lose of them. */
const writtenEvery = 5_000
const toldEvery = 60_000

export interface Strangers extends AsyncDisposable {
  /** Somebody who is not authenticated was turned away; `why` is one of few fixed words. Costs nothing and never fails. */
  count(why: string): void
}

/**
 * Counts strangers in memory: the database hears of them in one statement every few seconds, and the log in one line a
 * minute, however many there are.
 */
export function countStrangers({ journal, log, now }: Pick<Edges, 'journal' | 'log' | 'now'>): Strangers {
  let unwritten = new Map<string, number>()
  let untold = new Map<string, number>()

  const write = async (): Promise<void> => {
    if (unwritten.size === 0) return
    const counts = unwritten
    unwritten = new Map()
    try {
      await journal.countStrangers(counts, now())
    } catch (error) {
      for (const [why, count] of counts) add(unwritten, why, count)
      throw error
    }
  }
  const tell = (): void => {
    if (untold.size === 0) return
    log.warn({ turnedAway: Object.fromEntries(untold) }, 'strangers were turned away in the last minute')
    untold = new Map()
  }

  let writing: Promise<unknown> = Promise.resolve()
  const timers = [
    // What could not be written is written with the next; that the database is away is told by those who need it.
    setInterval(() => (writing = writing.then(write).catch(() => {})), writtenEvery),
    setInterval(tell, toldEvery),
  ]
  return {
    count(why) {
      add(unwritten, why, 1)
      add(untold, why, 1)
    },
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer)
      await writing
      tell()
      await write()
    },
  }
}

const add = (counts: Map<string, number>, why: string, more: number): void =>
  void counts.set(why, (counts.get(why) ?? 0) + more)
