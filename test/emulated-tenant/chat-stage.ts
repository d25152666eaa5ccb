import { CloudAdapter } from 'botbuilder'
import type { Activity, TurnContext } from 'botbuilder'
import express from 'express'
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import tls from 'node:tls'
import { generate } from 'selfsigned'
import { authentication, botAppId, botToken, ssoAppId } from './bare-bot.ts'
import type { Origins } from './bare-bot.ts'

// A stage for the chat: the real process of the emulated tenant, driven over its IPC as a supervisor would, and a small
// bot on botbuilder that trusts it exactly as it would trust Microsoft.

type Heard = Partial<Activity>
type BotLogic = (context: TurnContext) => Promise<void>

export type Body = Record<string, unknown>
/** The tests say what they expect to find in a body, and then check it. */
type Reply<T> = { status: number; body: T; headers: Headers }

/** What the process says over IPC; other members depend on the type. */
type FromTenant = { type: string; id?: string; [member: string]: unknown }

export type Stage = AsyncDisposable & {
  origins: Origins
  botAppId: string
  botUrl: string
  secrets: Record<string, string>
  /** What the tenant trusts of a bot on `localhost`. */
  pem: { key: string; cert: string; ca: string }
  /** Every activity that reached the bot, in order. */
  heard: Heard[]
  adapter: CloudAdapter
  /** Replaces what the bot does with a turn. */
  play(logic: BotLogic): void
  order(message: object): void
  /** The next message of this type from the process. */
  told(type: string): Promise<FromTenant>
  /** A call of the demo's API; its status and JSON body. */
  api<T = Body>(path: string, body?: unknown, method?: string): Promise<Reply<T>>
  /** A call of the connector with the bot's own token, or with another. */
  connector<T = Body>(method: string, path: string, body?: unknown, token?: string | null): Promise<Reply<T>>
}

/** Opens the stage; every person's app is installed and the bot has heard of it. */
export async function openStage(): Promise<Stage> {
  const { key, cert, ca } = await certificates()
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ca])
  const secrets = { [botAppId]: randomUUID(), [ssoAppId]: randomUUID() }
  const child = fork(fileURLToPath(new URL('../../src/emulated-tenant/serve.ts', import.meta.url)), [])
  const listening = told(child, 'listening')
  child.send({
    type: 'start',
    seedFile: fileURLToPath(new URL('../../sample/contoso/tenant.yaml', import.meta.url)),
    startsAt: '2026-11-23T09:00:00Z',
    chatPorts: [0],
    tls: { key, cert, ca },
    secrets,
  })
  const origins = (await listening) as unknown as Origins // the process' promise, checked by every test that uses it
  const bot = await openBot(origins, secrets, { key, cert })
  const installed = told(child, 'installed')
  child.send({ type: 'bots', urls: [bot.url], botAppId, ssoAppId })
  child.send({ type: 'install-all' })
  await installed
  bot.heard.length = 0
  return {
    origins,
    botAppId,
    botUrl: bot.url,
    secrets,
    pem: { key, cert, ca },
    heard: bot.heard,
    adapter: bot.adapter,
    play: bot.play,
    order: (message) => void child.send(message),
    told: (type) => told(child, type),
    api: (path, body, method) => call(`${origins.chat}${path}`, method ?? (body === undefined ? 'GET' : 'POST'), body),
    connector: async (method, path, body, token = undefined) =>
      call(`${origins.connector}${path}`, method, body, token === undefined ? await bot.token() : token),
    async [Symbol.asyncDispose]() {
      bot.server.close()
      bot.server.closeAllConnections()
      child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

async function openBot(origins: Origins, secrets: Record<string, string>, pem: { key: string; cert: string }) {
  const token = botToken(origins, secrets[botAppId] ?? '')
  const heard: Heard[] = []
  let logic: BotLogic = silence
  const adapter = new CloudAdapter(authentication(origins, token))
  adapter.onTurnError = async (_, error) => {
    throw error
  }
  const app = express()
  app.post('/api/messages', express.json(), (req, res) => adapter.process(req, res, (context) => turn(context)))
  app.use((error: Error, _: express.Request, res: express.Response, __: express.NextFunction) => {
    if (!res.headersSent) res.status(500).end()
  })
  const turn = async (context: TurnContext) => {
    heard.push(JSON.parse(JSON.stringify(context.activity)))
    await logic(context)
  }
  const server = createServer(pem, app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://localhost:${(server.address() as AddressInfo).port}` // it listens on TCP
  const play = (next: BotLogic) => {
    logic = next
  }
  return { adapter, heard, play, server, token, url }
}

async function silence(): Promise<void> {}

async function certificates() {
  const ca = await generate([{ name: 'commonName', value: 'Test CA' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  return { key: leaf.private, cert: leaf.cert, ca: ca.cert }
}

function told(child: ChildProcess, type: string): Promise<FromTenant> {
  const { promise, resolve, reject } = Promise.withResolvers<FromTenant>()
  const onExit = () => reject(new Error(`The emulated tenant ended before it said '${type}'`))
  const onMessage = (message: unknown) => {
    const said = message as FromTenant // the process sends nothing else
    if (said.type !== type) return
    child.off('message', onMessage)
    child.off('exit', onExit)
    resolve(said)
  }
  child.on('message', onMessage)
  child.once('exit', onExit)
  return promise
}

async function call<T>(url: string, method: string, body?: unknown, token?: string | null): Promise<Reply<T>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token == null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
}
