import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import type { Config } from './config.ts'
import type { Catalogue } from '../entitlement/entitlement.ts'
import { mistakeLine } from '../entitlement/mistake.ts'
import { readCatalogue } from '../entitlement/read-catalogue.ts'
import { botCredential, graphOptionsOf } from './graph-options.ts'
import { openLanguageModel } from '../language-model/language-model.ts'
import { languageModelOptionsOf } from './language-model-options.ts'
import { graphScopes, openTenant } from '../microsoft/tenant.ts'
import { holdTokens } from '../microsoft/sign-in/token-cache.ts'
import { signInPage } from '../microsoft/sign-in/sign-in-page.ts'
import { stopInOrder } from '../stop-in-order.ts'
import { readJournalKeys } from '../store/journal-keys.ts'
import { openStore } from '../store/store.ts'
import type { ListenOptions } from '../teams/listen.ts'
import { openTeams } from '../teams/teams.ts'
import { type Clock, minutes, seconds } from '../time.ts'
import { keepRefusedTap, left } from '../workflow/message/on-installed.ts'
import type { Heard, Incoming, Proof } from '../workflow/ports/incoming.ts'
import { answerOrOwe } from '../workflow/owed/owed-answer.ts'
import { patiently } from '../workflow/send/patient.ts'
import type { Edges } from '../workflow/ports/ports.ts'
import type { RefusedStream, ToAnswer } from '../workflow/ports/memory.ts'
import { onRefusedStream } from '../workflow/send/tell-security.ts'
import { openWatchdog, type Watchdog } from '../workflow/loops/watchdog.ts'
import { search } from '../workflow/answer/search.ts'
import { showTapped } from '../workflow/tap/show-tapped.ts'
import * as signIn from '../workflow/sign-in/sign-in.ts'
import { countStrangers } from '../workflow/loops/strangers.ts'
import { tapOrSignIn } from '../workflow/tap/step-up.ts'
import { tap } from '../workflow/tap/tap.ts'
import { keepTurning, type Turning } from '../workflow/loops/tick.ts'
import { fillAsked } from '../workflow/record/fill-asked.ts'

/** What is cut off the journal after its last checkpoint cannot be seen: so long at most. Real clock. */
const checkpointEvery = minutes(10) // what is kept too long is deleted with it

/** An orchestrator kills what has not ended after half a minute. Real clock. */
const lastMoments = seconds(22)

/**
 * A bot that listens. Disposing drains it: taps under way are finished, nothing new is taken. It never throws: what
 * could not be finished is said in one line of the log.
 */
export interface Bot extends AsyncDisposable {
  readonly port: number
  /** Turns until nothing due remains; otherwise names what still is owed after so many ms of real time. */
  settled(patience: number): Promise<readonly string[]>
}

/** Which clock grants, reminders and audit follow. Everywhere but in the demo both are the machine's. */
export interface Clocks {
  readonly now: Clock
  readonly realNow: Clock
}

/**
 * The one place where the edges meet the core. Real and demo bots are made here alike.
 * @param pages origin of our sign-in pages where browsers do not reach them at `PUBLIC_URL`. No setting leads here: the
 *   demo's are on plain http, and production's never may be.
 */
export async function composeBot(config: Config, clocks: Clocks, pages = config.PUBLIC_URL): Promise<Bot> {
  const log = pino({ level: config.LOG_LEVEL })
  const catalogue = await openCatalogue(config)
  const knowing = Promise.withResolvers<Edges>()
  const told = async (stream: RefusedStream): Promise<void> => {
    const all = await knowing.promise
    await onRefusedStream(all, stream).catch((error: unknown) => {
      log.error({ ...stream, error: String(error) }, 'security could not be told of a stream that is refused')
    })
  }
  const store = await openStore({
    databaseUrl: config.DATABASE_URL,
    ...(await readJournalKeys(config.LATCHKEY_JOURNAL_KEY, config.LATCHKEY_JOURNAL_FORMER_KEYS)),
    realClock: clocks.realNow,
    defaultZone: catalogue.timeZone,
    refused: (stream) => void told(stream),
    trouble: (error) => log.warn({ error: String(error) }, 'wake-ups are late; sweeps do their work meanwhile'),
    ...(config.LATCHKEY_CHECKPOINTS === undefined ? {} : { checkpointFile: config.LATCHKEY_CHECKPOINTS }),
  })

  const options = graphOptionsOf(config, pages)
  const graph = { ...options, credential: holdTokens(() => botCredential(config), clocks.realNow) }
  const tenant = openTenant(graph)
  const model = await languageModelOptionsOf(config, graph.credential)
  const teams = openTeams({
    botAppId: config.BOT_APP_ID,
    tenantId: config.TENANT_ID,
    channel: { openIdMetadataUrl: config.CHANNEL_METADATA, issuer: 'https://api.botframework.com' },
    credential: graph.credential,
    serviceUrlHosts: config.SERVICE_URL_HOSTS,
    sso: {
      audience: config.SSO_APP_ID,
      issuer: `${config.AUTHORITY}/${config.TENANT_ID}/v2.0`,
      jwksUrl: `${config.AUTHORITY}/${config.TENANT_ID}/discovery/v2.0/keys`,
    },
    authStart: new URL('/auth-start', pages),
    trustedProxies: config.TRUSTED_PROXIES,
    personPerMinute: config.PERSON_PER_MINUTE,
    now: clocks.now,
    realClock: clocks.realNow,
    log,
  })

  const watchdog = openWatchdog(log)
  const strangers = countStrangers({ journal: store.journal, log, now: clocks.now })
  let turning: Turning | undefined
  const edges: Edges = {
    ...store,
    tenant,
    signInPage: signInPage(graph, graphScopes([...catalogue.entitlements.values()].map(({ kind }) => kind))),
    conversation: teams.conversation,
    catalogue,
    chatLink: `https://teams.microsoft.com/l/chat/0/0?users=28:${config.BOT_APP_ID}`,
    ...(model === undefined ? {} : { languageModel: openLanguageModel({ ...model, realNow: clocks.realNow, log }) }),
    ...clocks,
    log,
    strangers,
    wake: () => turning?.wake(),
  }
  knowing.resolve(edges)
  // With the first one the file is there: from now on a missing file is a finding.
  await store.checkpoint()
  const door = await teams.listen(
    await placeOf(config),
    incoming(edges, watchdog, () => store.answers()),
  )
  turning = keepTurning(edges, watchdog)
  const { wake, ...turns } = turning
  const wakeUps = await store.listenForWakeUps(wake)
  const fill = (): void => {
    fillAsked(edges).catch((error: unknown) =>
      log.error({ error: String(error) }, 'who is asked could not be filled in'),
    )
  }
  fill()
  const checkpoints = setInterval(() => {
    fill()
    store
      .tidy(clocks.now())
      .catch((error: unknown) => log.error({ error: String(error) }, 'what is kept too long could not be deleted'))
    store.checkpoint().catch((error: unknown) => log.error({ error: String(error) }, 'no checkpoint could be written'))
  }, checkpointEvery)

  return {
    port: door.port,
    settled: async (patience) => {
      await teams.settled()
      return turns.settled(patience)
    },
    async [Symbol.asyncDispose]() {
      clearInterval(checkpoints)
      const ends = (what: string, thing: AsyncDisposable) => ({ what, end: () => thing[Symbol.asyncDispose]() })
      const undone = await stopInOrder(
        [
          ends('answers under way', door),
          ends('wake-ups', wakeUps),
          { what: 'taps and messages under way', end: () => teams.settled() },
          ends('looks and sends under way', turns),
          ends('how many strangers came', strangers),
          { what: 'the last checkpoint', end: () => store.checkpoint() },
          ends('the database', store),
        ],
        lastMoments,
      )
      if (Object.keys(undone).length > 0)
        log.warn({ undone }, 'stopped; what could not be finished is taken up by whoever runs next')
    },
  }
}

function incoming(all: Edges, watchdog: Watchdog, memoryAnswers: () => Promise<void>): Incoming {
  const edges: Edges = { ...all, conversation: patiently(all.conversation, all.realNow) }
  const answer = (how: ToAnswer['how'], message: Heard, proof?: Proof) =>
    watchdog.over('an answer', answerOrOwe(edges, { how, message }, proof))
  const after: signIn.AfterSignIn = {
    // Late from the start: the card is edited, wherever the person is looking.
    act: (tapped) => tap(edges, tapped, AbortSignal.abort()),
    show: (tapped, refused) => showTapped(edges, tapped, refused),
    resume: (message, proof) => answer('heard', message, proof),
  }
  return {
    hear: (message) => answer('heard', message),
    edited: (message) => answer('edited', message),
    deleted: (message) => answer('deleted', message),
    tap: (tapped, late) => watchdog.over('a tap', tapOrSignIn(edges, tapped, late)),
    search: (asked) => search(edges, asked),
    openSignIn: (transaction, browser) => signIn.openSignIn(edges, transaction, browser),
    endSignIn: (back, browser) => signIn.endSignIn(edges, back, browser, after),
    settledSignIn: (transaction, person) => signIn.settledSignIn(edges, transaction, person, after),
    tokenExchanged: (exchange, person, proof) => signIn.tokenExchanged(edges, exchange, person, proof, after),
    messageSignedIn: (transaction, person) => signIn.messageSignedIn(edges, transaction, person),
    installed: (speaker) => answer('installed', { activity: 'installed', text: '', speaker, chat: 'personal' }),
    removed: (person) => left(edges, person),
    refusedTap: (refused) => keepRefusedTap(edges, refused),
    checks: async () => ({
      database: await memoryAnswers().then(
        () => 'ok',
        (error: unknown) => {
          // Anybody may ask: where our database is, and as whom we come, is for our own log.
          edges.log.warn({ error: String(error) }, 'not ready: the database')
          return 'unusable'
        },
      ),
      turns: watchdog.stuck().length === 0 ? 'ok' : `${watchdog.stuck().length} do not end`,
    }),
    stranger: (why) => edges.strangers.count(why),
  }
}

/** A catalogue with a mistake in it grants nothing: the start stops, naming each by file and line. */
async function openCatalogue(config: Config): Promise<Catalogue> {
  const read = await readCatalogue(config.LATCHKEY_CATALOGUE)
  if (!read.ok) throw new Error(`The catalogue is not usable:\n${read.refusal.map(mistakeLine).join('\n')}`)
  if (read.value.tenant.id !== config.TENANT_ID) {
    throw new Error(`The catalogue is of the tenant ${read.value.tenant.id}, and TENANT_ID is ${config.TENANT_ID}`)
  }
  return read.value
}

async function placeOf(config: Config): Promise<ListenOptions> {
  const { PORT: port, LISTEN_ADDRESS: address, TLS_CERTIFICATE: cert, TLS_KEY: key } = config
  if (cert === undefined || key === undefined) return { port, address }
  return { port, address, tls: { cert: await readFile(cert), key: await readFile(key) } }
}
