import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Router } from 'express'
import type { Edge } from './context.ts'
import { milliseconds } from '../time.ts'
import { within } from './in-flight.ts'

/** A look is good for so long: whoever asks more often costs nothing. Real clock. */
const goodFor = milliseconds(1_000)
/** An orchestrator gives up sooner or later; what does not answer by then is not ready. */
const patience = milliseconds(3_000)

/** Each thing that people's work needs, and `ok` or what is wrong with it. */
export type Checks = Readonly<Record<string, string>>

/**
 * For an orchestrator. `/healthz`: the process lives and its event loop turns; where it does not answer, start it again.
 * `/readyz`: what people's work needs is there; where it answers 503, send nothing here and leave it alone.
 */
export function health(edge: Edge): Router {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const ready = remembered(edge, async () => ({
    ...(await edge.handlers.checks()),
    channelKeys: okIf(await edge.channelTokens.keysKnown()),
    entraKeys: okIf(await edge.validateSsoToken.keysKnown()),
  }))
  const router = Router()
  router.get('/healthz', (_, response) => {
    const eventLoopDelayMs = { p50: inMs(delay.percentile(50)), p99: inMs(delay.percentile(99)), max: inMs(delay.max) }
    response.json({ alive: true, eventLoopDelayMs, memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20) })
  })
  router.get('/readyz', async (_, response) => {
    const checks = await ready()
    const all = Object.values(checks).every((check) => check === 'ok')
    response.status(all ? 200 : 503).json({ ready: all, checks })
  })
  return router
}

const okIf = (known: boolean): string => (known ? 'ok' : 'unreadable')
const inMs = (nanoseconds: number): number => Math.round(nanoseconds / 10_000) / 100

/** One look at a time, and none while the last one is fresh. */
function remembered({ realClock }: Edge, look: () => Promise<Checks>): () => Promise<Checks> {
  let last: { readonly at: number; readonly checks: Promise<Checks> } | undefined
  return () => {
    const at = realClock().getTime()
    if (last !== undefined && at - last.at < goodFor) return last.checks
    const checks = within(patience, look()).then(
      (seen) => (seen === 'late' ? { look: 'it took too long' } : seen),
      (error: unknown) => ({ look: error instanceof Error ? error.name : 'it failed' }),
    )
    last = { at, checks }
    return checks
  }
}
