import { z } from 'zod'
import { composeBot } from '../setup/compose.ts'
import { environment, readConfig } from '../setup/config.ts'

const Order = z.discriminatedUnion('type', [
  z.object({ type: z.literal('clock'), id: z.unknown(), offsetMs: z.number() }),
  z.object({ type: z.literal('settle'), id: z.unknown(), patienceMs: z.number() }),
])

/**
 * The demo's bot: the composition of `main.ts` with a product clock that the supervisor moves.
 * @param pages origin under which the chat page's browser reaches the bot's sign-in pages.
 */
export async function runDemoBot(realNow: () => Date, pages: string): Promise<void> {
  let offset: number | undefined
  const started = Promise.withResolvers<void>()
  const tell = (message: object): void => void process.send?.(message)
  let bot: Awaited<ReturnType<typeof composeBot>> | undefined

  process.on('message', async (message) => {
    const order = Order.parse(message)
    switch (order.type) {
      case 'clock':
        offset = order.offsetMs
        started.resolve()
        return tell({ type: 'clock-taken', id: order.id })
      case 'settle':
        return tell({ type: 'settled', id: order.id, pending: (await bot?.settled(order.patienceMs)) ?? ['starting'] })
      default:
        return order satisfies never
    }
  })
  const drain = async (): Promise<void> => {
    await bot?.[Symbol.asyncDispose]()
    process.exit(0)
  }
  process.once('SIGTERM', drain)
  // A terminal's Ctrl-C reaches every process of the group: the supervisor decides the order in which they end.
  process.on('SIGINT', () => {})
  process.once('disconnect', drain)

  // No event may be stamped with a time that the tenant has not got.
  await started.promise
  const now = () => new Date(realNow().getTime() + (offset ?? 0))
  bot = await composeBot(readConfig(environment()), { realNow, now }, pages)
  tell({ type: 'ready', port: bot.port })
}
