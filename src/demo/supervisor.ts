import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { DemoConfig, Environment } from '../setup/config.ts'
import { migrate } from '../store/migrate.ts'
import { CannotStart } from './cannot-start.ts'
import { makeCertificates } from './certificates.ts'
import { claimFolder } from './claim.ts'
import { type Child, startChild, type Told } from './child.ts'
import { leaveDemoFile, removeDemoFile } from './demo-file.ts'
import { journalKey, startPostgres } from './postgres.ts'

const sample = resolve(import.meta.dirname, '../../sample/contoso')
const patienceMs = 30_000

/** Where the chat page is looked for: the same at each start where nothing else is there, else one of the next, else any. */
const usualPorts = [...Array.from({ length: 10 }, (_, next) => 4180 + next), 0]

const Listening = z.object({
  chat: z.string(),
  entra: z.string(),
  graph: z.string(),
  arm: z.string(),
  connector: z.string(),
})
const Request = z.discriminatedUnion('what', [
  z.object({ what: z.literal('clock'), advanceMs: z.number().optional(), now: z.string().optional() }),
  z.object({ what: z.literal('process'), which: z.string(), n: z.number(), do: z.enum(['kill', 'term', 'start']) }),
  z.object({ what: z.literal('reset') }),
])
const Apps = z.object({
  organisation: z.object({ tenantId: z.string() }),
  applications: z.array(z.object({ name: z.string(), appId: z.string() })),
})
const Pending = z.object({ pending: z.array(z.string()) })

export interface Demo {
  /** The line that tells scripts where everything is. */
  readonly ready: string
  readonly chat: string
  stop(): Promise<void>
}

/**
 * Starts the demo's processes, each on its own so that ending one proves something: PostgreSQL, the emulated tenant
 * with connector and chat page, and the bots. Owns the clock, the processes and reset; the chat page asks over IPC.
 * @param onAccident a process ended that nobody had ended.
 */
export async function startDemo(
  config: DemoConfig,
  env: Environment,
  realNow: () => Date,
  log: (line: string) => void,
  onAccident: (what: string) => void,
): Promise<Demo> {
  await using owned = new AsyncDisposableStack()
  const data = resolve(config.LATCHKEY_DATA)
  await mkdir(data, { recursive: true })
  const seedFile = join(sample, 'tenant.yaml')
  const apps = Apps.parse(parse(await readFile(seedFile, 'utf8')))
  const appId = (name: string): string => {
    const app = apps.applications.find((each) => each.name === name)
    if (app === undefined) throw new Error(`${seedFile} has no application ${name}`)
    return app.appId
  }
  const botAppId = appId('Latchkey bot')
  const ssoAppId = appId('Latchkey sign-in')
  const secrets = {
    [botAppId]: randomBytes(24).toString('base64url'),
    [ssoAppId]: randomBytes(24).toString('base64url'),
  }
  const startsAt = config.LATCHKEY_DEMO_NOW ?? realNow()
  let offsetMs = startsAt.getTime() - realNow().getTime()

  // Before anything is written, its certificates first: they may be those of a demo that runs.
  owned.use(await claimFolder(data))
  const [certificates, key] = await Promise.all([makeCertificates(data), journalKey(data)])
  const openPostgres = async () => {
    const server = await startPostgres({ dataFolder: data, log })
    owned.defer(() => server.stop())
    return server
  }
  let stopping = false
  const accident =
    (what: string) =>
    (how: string): void => {
      if (!stopping) onAccident(`${what} ended by itself: ${how}`)
    }
  const inherited = Object.fromEntries(
    ['PATH', 'HOME', 'TZ', 'LANG'].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name] as string]])),
  )

  log('starting the emulated tenant')
  const tenant = startChild({
    module: new URL('../emulated-tenant/serve.ts', import.meta.url),
    env: { ...inherited, NODE_EXTRA_CA_CERTS: certificates.ca },
    onMessage: (told) => {
      if (told.type === 'request') void answer(told)
    },
    onAccident: accident('the emulated tenant'),
  })
  owned.defer(() => {
    stopping = true
    return tenant.end('SIGTERM')
  })
  const listens = tenant.next('listening')
  const taken = tenant.next('listening-nowhere').then(() => {
    throw new CannotStart(
      `Port ${config.PORT} is taken, or reserved: end what listens there, or set PORT to another one (PORT=0 takes any that is free).`,
    )
  })
  tenant.send({
    type: 'start',
    seedFile,
    startsAt: startsAt.toISOString(),
    chatPorts: config.PORT === undefined ? usualPorts : [config.PORT],
    tls: certificates.pem,
    secrets,
  })
  // A server that starts while the other start fails has to be known, or nobody would stop it.
  const [opened, heard] = await Promise.allSettled([openPostgres(), Promise.race([listens, taken])])
  const postgres = valueOf(opened)
  const origins = Listening.parse(valueOf(heard))
  if (config.PORT === undefined && !origins.chat.endsWith(`:${usualPorts[0]}`)) {
    log(`port ${usualPorts[0]} is taken, so the chat page is at ${origins.chat}`)
  }
  await tenant.ask({ type: 'clock', offsetMs })
  if (!(await postgres.claim())) {
    throw new CannotStart(
      `Another demo has the database of the data folder ${data}: end it, or set LATCHKEY_DATA to another folder.`,
    )
  }
  // The tenant lives in memory and begins anew, so what the journal knew of the last one would be about nobody.
  const freshDatabase = async (): Promise<void> => {
    await postgres.dropAndCreate('latchkey')
    await migrate(postgres.adminUrl, postgres.passwords)
  }
  await freshDatabase()

  const botEnv = {
    ...inherited,
    NODE_EXTRA_CA_CERTS: certificates.ca,
    TENANT_ID: apps.organisation.tenantId,
    BOT_APP_ID: botAppId,
    SSO_APP_ID: ssoAppId,
    BOT_IDENTITY: 'secret',
    BOT_SECRET: secrets[botAppId] ?? '',
    SSO_IDENTITY: 'secret',
    SSO_SECRET: secrets[ssoAppId] ?? '',
    ALLOW_SECRETS: 'yes',
    PUBLIC_URL: origins.connector,
    DATABASE_URL: postgres.url,
    LATCHKEY_JOURNAL_KEY: key,
    LATCHKEY_CHECKPOINTS: join(data, 'checkpoints.jsonl'),
    LATCHKEY_CATALOGUE: resolve(config.LATCHKEY_CATALOGUE ?? join(sample, 'catalogue')),
    PORT: '0',
    LISTEN_ADDRESS: '127.0.0.1',
    TLS_CERTIFICATE: certificates.certificate,
    TLS_KEY: certificates.key,
    AUTHORITY: origins.entra,
    GRAPH: origins.graph,
    ARM: origins.arm,
    CHANNEL_METADATA: `${origins.connector}/v1/.well-known/openidconfiguration`,
    SERVICE_URL_HOSTS: new URL(origins.connector).host,
    ...(config.PERSON_PER_MINUTE === undefined ? {} : { PERSON_PER_MINUTE: config.PERSON_PER_MINUTE }),
    LOG_LEVEL: config.LOG_LEVEL,
  }

  // A dead bot keeps its place and its address: Teams' load balancer meets a closed door there, and takes the next.
  const bots: { readonly child: Child; readonly url: string }[] = []
  const live = (): readonly Child[] => bots.map(({ child }) => child).filter((child) => child.alive())
  /** Whoever is killed before it answers has nothing to say any more. */
  const askBots = async (message: object): Promise<readonly Told[]> => {
    const answers = live().map((child) =>
      child.ask(message).catch((error: unknown) => {
        if (child.alive()) throw error
      }),
    )
    return (await Promise.all(answers)).filter((told) => told !== undefined)
  }
  const endBots = () => Promise.all(live().map((child) => child.end('SIGTERM')))
  owned.defer(async () => {
    stopping = true
    await endBots()
  })
  /** The process alone: it loads, and waits for its clock before it touches anything. */
  const spawnBot = (place: number): Child =>
    startChild({
      module: new URL('../demo.ts', import.meta.url),
      args: ['bot', origins.chat],
      env: botEnv,
      onMessage: () => {},
      onAccident: accident(`bot ${place + 1}`),
    })
  const bringUp = async (child: Child, place: number): Promise<Child> => {
    const [ready] = await Promise.all([child.next('ready'), child.ask({ type: 'clock', offsetMs })])
    const { port } = z.object({ port: z.number() }).parse(ready)
    bots[place] = { child, url: `https://localhost:${port}` }
    return child
  }
  const spawnBots = (): readonly Child[] =>
    Array.from({ length: config.LATCHKEY_DEMO_BOTS }, (_, place) => spawnBot(place))
  const tellBots = () => tenant.send({ type: 'bots', urls: bots.map(({ url }) => url), botAppId, ssoAppId })
  const bringUpAll = async (children: readonly Child[]): Promise<void> => {
    await Promise.all(children.map((child, place) => bringUp(child, place)))
    tellBots()
  }

  const installAll = async (): Promise<void> => {
    const installed = tenant.next('installed')
    tenant.send({ type: 'install-all' })
    await installed
  }

  /**
   * Waits until in one round no bot has anything due and every send is answered.
   * @returns what is stuck after half a minute.
   */
  const settle = async (): Promise<readonly string[]> => {
    const until = performance.now() + patienceMs
    for (;;) {
      const left = Math.max(0, until - performance.now())
      const told = await askBots({ type: 'settle', patienceMs: left })
      // They share one memory, so two of them name the same things.
      const owed = [...new Set(told.flatMap((each) => Pending.parse(each).pending))]
      const sending = Pending.parse(await tenant.ask({ type: 'quiet?' })).pending
      if ((owed.length === 0 && sending.length === 0) || left === 0) return [...owed, ...sending]
      await new Promise((next) => setTimeout(next, 20))
    }
  }

  const moveClock = async (offset: number) => {
    offsetMs = offset
    await tenant.ask({ type: 'clock', offsetMs })
    await askBots({ type: 'clock', offsetMs })
    const stuck = await settle()
    return stuck.length === 0
      ? { status: 200, body: { now: new Date(realNow().getTime() + offsetMs).toISOString() } }
      : {
          status: 504,
          body: { error: 'The clock was moved, but not everything due was done within 30 seconds.', stuck },
        }
  }

  const onProcess = async (which: string, n: number, order: 'kill' | 'term' | 'start') => {
    const bot = which === 'bot' ? bots[n - 1] : undefined
    if (bot === undefined) return { status: 404, body: { error: `There is no ${which} ${n} in this demo.` } }
    const alive = bot.child.alive()
    if (order === 'start') {
      if (alive) return { status: 409, body: { error: `Bot ${n} is running.`, pid: bot.child.pid } }
      const { pid } = await bringUp(spawnBot(n - 1), n - 1)
      tellBots()
      return { status: 200, body: { pid } }
    }
    if (!alive) return { status: 409, body: { error: `Bot ${n} is not running.` } }
    await bot.child.end(order === 'kill' ? 'SIGKILL' : 'SIGTERM')
    return { status: 200, body: {} }
  }

  const reset = async () => {
    await endBots()
    // They load while the database is made anew.
    const children = spawnBots()
    await freshDatabase()
    await tenant.ask({ type: 'reset-state' })
    offsetMs = startsAt.getTime() - realNow().getTime()
    await tenant.ask({ type: 'clock', offsetMs })
    await bringUpAll(children)
    await installAll()
    await settle()
    return { status: 200, body: {} }
  }

  // One order at a time: a reset in the middle of a clock move would answer for a tenant that is gone.
  let orders: Promise<unknown> = Promise.resolve()
  const carryOut = (request: z.infer<typeof Request>) => {
    switch (request.what) {
      case 'clock':
        return moveClock(
          request.now === undefined
            ? offsetMs + (request.advanceMs ?? 0)
            : new Date(request.now).getTime() - realNow().getTime(),
        )
      case 'process':
        return onProcess(request.which, request.n, request.do)
      case 'reset':
        return reset()
      default:
        return request satisfies never
    }
  }
  async function answer(told: Told): Promise<void> {
    const request = Request.parse(told)
    // A death waits for nothing: what becomes of a clock move in whose midst it comes is worth seeing.
    const atOnce = request.what === 'process' && request.do === 'kill'
    const done = atOnce ? carryOut(request) : orders.then(() => carryOut(request))
    if (!atOnce) orders = done.catch(() => undefined)
    const { status, body } = await done.catch((error: unknown) => ({ status: 500, body: { error: String(error) } }))
    tenant.send({ type: 'answer', id: told.id, status, body })
  }

  log(config.LATCHKEY_DEMO_BOTS === 1 ? 'starting the bot' : `starting ${config.LATCHKEY_DEMO_BOTS} bots`)
  await bringUpAll(spawnBots())
  log('installing the app for everybody in the sample tenant')
  await installAll()
  await settle()

  const { chat, entra, graph, arm } = origins
  owned.defer(() => removeDemoFile(data))
  await leaveDemoFile(data, { chat, environment: botEnv })
  const pids = { tenant: tenant.pid, bot: bots.map(({ child }) => child.pid), postgres: postgres.pid }
  const all = owned.move()
  return {
    ready: `ready ${JSON.stringify({ chat, bot: bots.map(({ url }) => url), entra, graph, arm, ca: certificates.ca, pids })}`,
    chat,
    stop: () => all.disposeAsync(),
  }
}

function valueOf<Value>(outcome: PromiseSettledResult<Value>): Value {
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}
