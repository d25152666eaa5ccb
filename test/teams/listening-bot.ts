import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openTeams } from '../../src/teams/teams.ts'
import type { Teams } from '../../src/teams/teams.ts'
import { refuse } from '../../src/result.ts'
import { type Duration, milliseconds } from '../../src/time.ts'
import type { Heard, Incoming, RefusedTap, Search, Speaker, Tapped } from '../../src/workflow/ports/incoming.ts'
import { botAppId, channelIssuer, entraIssuer, ssoAppId, tenantId } from './stub-microsoft.ts'
import type { StubMicrosoft } from './stub-microsoft.ts'

export const maya = '3c1f5a52-6a8e-4a19-9b64-0d2a7f7b1c01'
export const priya = '3c1f5a52-6a8e-4a19-9b64-0d2a7f7b1c02'
export const viewer = { locale: 'en-GB', zone: 'Europe/London' }
const noon = new Date('2026-11-23T12:00:00Z')

export type Json = Record<string, unknown>
type Answer = {
  http: number
  body: { statusCode: number; type: string; value: unknown } | undefined
  text: string
}

export type ListeningBot = AsyncDisposable & {
  teams: Teams
  url: string
  heard: Heard[]
  /** Messages in a new wording, and those taken back. */
  edited: Heard[]
  deleted: Heard[]
  searched: Search[]
  taps: { tap: Tapped; late: AbortSignal }[]
  installed: Speaker[]
  removed: string[]
  refused: RefusedTap[]
  strangers: string[]
  readonly origin: string
  /** What the shell says of itself. */
  checks: Record<string, string>
  logged: { level: string; details: object; message: string }[]
  /** What the shell does with a tap or a message from now on. */
  onTap(tap: Incoming['tap']): void
  onSearch(search: Incoming['search']): void
  onHear(hear: Incoming['hear']): void
  onSignIn(signIns: Partial<SignIns>): void
  activity(content: Json): Json
  message(text: string): Json
  tap(content?: { action?: Json; value?: Json }): Json
  /** Posts as the channel would; another token than the channel's, or none with null. */
  post(body: unknown, token?: string | null, headers?: Record<string, string>): Promise<Answer>
  /** The reference in the log's one error, which the person was given too. */
  reference(): string
  /** Everything that was let in. */
  moved(): unknown[]
}

type SignIns = Pick<Incoming, 'openSignIn' | 'endSignIn' | 'settledSignIn' | 'tokenExchanged' | 'messageSignedIn'>
type Shell = SignIns & { search: Incoming['search']; hear: Incoming['hear']; tap: Incoming['tap'] }

/** The conversation edge over real HTTP, with a shell that only writes down what it is given. */
/** Another token once one was refused; the first one again after that, so that each test begins alike. */
function refusable() {
  let refused = false
  return {
    async getToken(scope: string | string[]) {
      const token = `${refused ? 'another ' : ''}for ${String(scope)}`
      refused = false
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 }
    },
    refused: () => void (refused = true),
  }
}

export async function openListeningBot(
  microsoft: StubMicrosoft,
  options: { invokeBudget?: Duration; entraKeys?: string; channelMetadata?: string; personPerMinute?: number } = {},
): Promise<ListeningBot> {
  const logged: ListeningBot['logged'] = []
  const log = (level: string) => (details: object, message: string) => void logged.push({ level, details, message })
  const teams = openTeams({
    botAppId,
    tenantId,
    channel: {
      openIdMetadataUrl: options.channelMetadata ?? `${microsoft.origin}/v1/.well-known/openidconfiguration`,
      issuer: channelIssuer,
    },
    credential: refusable(),
    serviceUrlHosts: [microsoft.host],
    sso: { audience: ssoAppId, issuer: entraIssuer, jwksUrl: options.entraKeys ?? `${microsoft.origin}/entra/keys` },
    authStart: new URL('https://latchkey.example/auth-start'),
    invokeBudget: options.invokeBudget ?? milliseconds(20_000),
    ...(options.personPerMinute === undefined ? {} : { personPerMinute: options.personPerMinute }),
    now: () => noon,
    realClock: () => new Date(),
    log: { warn: log('warn'), error: log('error') },
  })
  const heard: Heard[] = []
  const edited: Heard[] = []
  const deleted: Heard[] = []
  const taps: ListeningBot['taps'] = []
  const searched: Search[] = []
  const installed: Speaker[] = []
  const removed: string[] = []
  const refused: RefusedTap[] = []
  const strangers: string[] = []
  const checks: Record<string, string> = { database: 'ok' }
  const shell: Shell = {
    hear: () => Promise.resolve(),
    tap: () => Promise.resolve({ answer: 'refused', refusal: { kind: 'old-card' }, viewer }),
    search: () => Promise.resolve({ entries: [], ownChat: true, viewer }),
    openSignIn: async () => refuse({ why: 'unknown' }),
    endSignIn: async () => ({ end: 'not-signed-in', because: { why: 'unknown' } }),
    settledSignIn: async () => undefined,
    tokenExchanged: async () => false,
    messageSignedIn: async () => false,
  }
  const app = teams.receive({
    hear: (message) => {
      heard.push(message)
      return shell.hear(message)
    },
    edited: async (message) => void edited.push(message),
    deleted: async (message) => void deleted.push(message),
    tap: (tap, late) => {
      taps.push({ tap, late })
      return shell.tap(tap, late)
    },
    installed: async (speaker) => void installed.push(speaker),
    removed: async (person) => void removed.push(person),
    refusedTap: async (tap) => void refused.push(tap),
    checks: async () => checks,
    stranger: (why) => void strangers.push(why),
    search: (search) => {
      searched.push(search)
      return shell.search(search)
    },
    openSignIn: (transaction, browser) => shell.openSignIn(transaction, browser),
    endSignIn: (back, browser) => shell.endSignIn(back, browser),
    settledSignIn: (transaction, person) => shell.settledSignIn(transaction, person),
    tokenExchanged: (exchange, person, proof) => shell.tokenExchanged(exchange, person, proof),
    messageSignedIn: (transaction, person) => shell.messageSignedIn(transaction, person),
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages` // it listens on TCP
  const activity = (content: Json): Json => ({
    id: `f:${randomUUID()}`,
    channelId: 'msteams',
    serviceUrl: `${microsoft.origin}/`,
    timestamp: '2026-11-23T12:00:00.000Z',
    locale: 'en-GB',
    localTimezone: 'Europe/London',
    from: { id: '29:maya', name: 'Maya Okafor', aadObjectId: maya },
    recipient: { id: `28:${botAppId}`, name: 'Latchkey' },
    conversation: { id: 'a:maya', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    ...content,
  })
  return {
    teams,
    edited,
    deleted,
    url,
    logged,
    heard,
    searched,
    taps,
    installed,
    removed,
    refused,
    strangers,
    checks,
    origin: new URL(url).origin,
    onTap: (tap) => void (shell.tap = tap),
    onSearch: (search) => void (shell.search = search),
    onHear: (hear) => void (shell.hear = hear),
    onSignIn: (signIns) => void Object.assign(shell, signIns),
    activity,
    message: (text) => activity({ type: 'message', text }),
    tap({ action, value } = {}) {
      const data = { id: 'req_1', revision: 3 }
      return activity({
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: '1:card',
        value: { action: { type: 'Action.Execute', verb: 'approve', data, ...action }, trigger: 'manual', ...value },
      })
    },
    async post(body, token, headers = {}) {
      const bearer = token === undefined ? await microsoft.channelToken() : token
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const text = await response.text()
      return { http: response.status, body: text.startsWith('{') ? JSON.parse(text) : undefined, text }
    },
    reference() {
      const [only] = logged.filter(({ level }) => level === 'error')
      if (only === undefined || !('reference' in only.details)) throw new Error('No error with a reference was logged')
      return String(only.details.reference)
    },
    moved: () => [...heard, ...taps, ...installed, ...removed, ...refused],
    async [Symbol.asyncDispose]() {
      await teams.settled()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
