import { milliseconds } from '../../time.ts'
import { carryOut } from '../owed/carry-out.ts'
import type { Edges } from '../ports/ports.ts'
import type { OwedRow } from '../ports/memory.ts'
import { readForSeveral } from '../record/read-once.ts'
import type { Watchdog } from './watchdog.ts'

/** Real clock: longer than the calls of any one row with their time-outs. A death is noticed sooner than this. */
const lease = milliseconds(60_000)

/** As many chats may be slow at once before anybody else waits for them; each has one place at most. */
const places = 32

export interface Sending {
  /** Something may be due: look now. */
  wake(): void
  /** Resolves when nothing is in hand and a claim has found nothing due. */
  idle(): Promise<void>
  /** Takes nothing new, and waits for what is in hand. */
  stop(): Promise<void>
}

/**
 * Carries out what is owed, each on its own: a place that is free again is given away at once, whatever the others wait
 * for. A claim that fails is logged, and made again with the next wake.
 */
export function keepSending(edges: Edges, watchdog: Watchdog): Sending {
  const inHand = new Set<Promise<void>>()
  let asked = false
  let stopping = false
  let claiming: Promise<void> | undefined

  const begin = (reading: Edges, row: OwedRow): void => {
    const work = watchdog
      .over(`sending ${row.id}`, carryOut(reading, row))
      .catch((error: unknown) => {
        // Its lease runs out, and it is claimed again.
        edges.log.error({ owed: row.id, error: String(error) }, 'what became of an owed message could not be stored')
      })
      .finally(() => {
        inHand.delete(work)
        wake()
      })
    inHand.add(work)
  }
  const wanted = () => asked && !stopping && inHand.size < places
  const busy = () => claiming !== undefined || inHand.size > 0
  const claim = async (): Promise<void> => {
    while (wanted()) {
      asked = false
      const claimed = edges.outbox.claim(edges.now(), places - inHand.size, lease)
      const rows = await watchdog.over('a claim of what is owed', claimed)
      const reading = readForSeveral(edges)
      for (const row of rows) begin(reading, row)
    }
  }
  function wake(): void {
    asked = true
    claiming ??= claim()
      .catch((error: unknown) => {
        edges.log.error({ error: String(error) }, 'what is owed could not be claimed; the next sweep tries again')
      })
      .finally(() => {
        claiming = undefined
        // Asked for after the last look at it, and before this.
        if (wanted()) wake()
      })
  }
  const idle = async (): Promise<void> => {
    while (busy()) await Promise.allSettled([claiming, ...inHand])
  }
  return {
    wake,
    idle,
    async stop() {
      stopping = true
      await idle()
    },
  }
}
