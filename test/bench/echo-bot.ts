import { CloudAdapter } from 'botbuilder'
import express from 'express'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { z } from 'zod'
import { authentication, botToken } from '../emulated-tenant/bare-bot.ts'

// The least that a bot on botbuilder can be, as a process of its own: it answers every message with its text. What the
// product's turn costs is told against this.

const Start = z.object({
  origins: z.object({
    chat: z.string(),
    entra: z.string(),
    graph: z.string(),
    arm: z.string(),
    connector: z.string(),
  }),
  secret: z.string(),
  pem: z.object({ key: z.string(), cert: z.string(), ca: z.string() }),
})

process.once('message', (message) => void listen(Start.parse(message)))
process.once('disconnect', () => process.exit(0))

async function listen({ origins, secret, pem }: z.infer<typeof Start>): Promise<void> {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem.ca])
  const adapter = new CloudAdapter(authentication(origins, botToken(origins, secret)))
  const app = express()
  app.post('/api/messages', express.json(), (req, res) =>
    adapter.process(req, res, async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(`You said: ${context.activity.text}`)
    }),
  )
  const server = createServer(pem, app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.send?.({ port: (server.address() as AddressInfo).port }) // it listens on TCP
}
