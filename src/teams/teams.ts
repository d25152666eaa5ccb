import type { RequestListener } from 'node:http'
import { type Clock, type Duration, milliseconds, minutes } from '../time.ts'
import type { Incoming } from '../workflow/ports/incoming.ts'
import type { Conversation } from '../workflow/ports/conversation.ts'
import { type AdapterOptions, ChannelAdapter } from './adapter.ts'
import { openAllowances } from './allowance.ts'
import { type ChannelKeys, channelTokens, publicChannel } from './channel-token.ts'
import { openConnections } from './connections.ts'
import type { Log } from './context.ts'
import { listen, type Listening, type ListenOptions } from './listen.ts'
import { receiver } from './receive.ts'
import { openSender } from './send.ts'
import { teamsServiceHosts } from './service-url.ts'
import { type SsoOptions, validateSsoTokens } from './sign-in.ts'
import { openUnderWay } from './in-flight.ts'

export interface TeamsOptions {
  readonly botAppId: string
  readonly tenantId: string
  /** Only where the channel is not Microsoft's public one. */
  readonly channel?: ChannelKeys
  /** The bot's own identity at the Bot Connector. */
  readonly credential: AdapterOptions['credential']
  /** `host` or `host:port`; by default where Microsoft runs the connector for Teams. */
  readonly serviceUrlHosts?: readonly string[]
  readonly sso: Omit<SsoOptions, 'tenantId'>
  /** Our own sign-in page. */
  readonly authStart: URL
  /** How many proxies of ours stand before the bot and write whom they saw; by default none. */
  readonly trustedProxies?: number
  /** The most messages of one person in a minute, and as many taps; by default more than anybody can by hand. */
  readonly personPerMinute?: number
  /** By default 3 seconds: Teams gives an invoke about five. */
  readonly invokeBudget?: Duration
  /** The product clock, for what cards say. */
  readonly now: Clock
  /** For tokens. */
  readonly realClock: Clock
  readonly log: Log
}

export interface Teams {
  readonly conversation: Conversation
  /** What serves `POST /api/messages` and our pages, and gives what it is told to the shell. */
  receive(handlers: Incoming): RequestListener
  /** The same behind a server of its own. */
  listen(where: ListenOptions, handlers: Incoming): Promise<Listening>
  /** Waits for taps and messages that were begun and are still being worked on. */
  settled(): Promise<void>
}

/** @throws without an app id: botbuilder would then authenticate nobody, and say nothing. */
export function openTeams(options: TeamsOptions): Teams {
  const { botAppId, tenantId, channel = publicChannel, serviceUrlHosts = teamsServiceHosts, now, realClock } = options
  if (botAppId === '' || tenantId === '' || options.sso.audience === '')
    throw new Error('Teams needs the application id of the bot and of the sign-in app, and the id of the tenant')
  const { credential, personPerMinute: perMinute = 300 } = options
  const adapter = new ChannelAdapter({ botAppId, tenantId, channel, serviceUrlHosts, credential })
  const sender = openSender(adapter, now, options.authStart)
  const underWay = openUnderWay()
  const edge = {
    botAppId,
    tenantId,
    serviceUrlHosts,
    adapter,
    sender,
    underWay,
    channelTokens: channelTokens(channel, botAppId, realClock),
    validateSsoToken: validateSsoTokens({ ...options.sso, tenantId }, realClock),
    authStart: options.authStart,
    trustedProxies: options.trustedProxies ?? 0,
    connections: openConnections(),
    invokeBudget: options.invokeBudget ?? milliseconds(3000),
    now,
    realClock,
    perPerson: openAllowances({ atOnce: perMinute, oneMoreEvery: milliseconds(60_000 / perMinute) }, realClock),
    log: options.log,
    oncePerMinute: openAllowances({ atOnce: 1, oneMoreEvery: minutes(1) }, realClock),
  }
  return {
    conversation: sender,
    receive: (handlers) => receiver({ ...edge, handlers }),
    listen: (where, handlers) => listen(where, receiver({ ...edge, handlers }), edge.connections),
    settled: () => underWay.settled(),
  }
}
