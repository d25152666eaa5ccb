import type { Incoming } from '../workflow/ports/incoming.ts'
import type { Clock, Duration } from '../time.ts'
import type { Allowances } from './allowance.ts'
import type { ChannelAdapter } from './adapter.ts'
import type { ChannelTokens } from './channel-token.ts'
import type { Connections } from './connections.ts'
import type { Sender } from './send.ts'
import type { ValidateSsoToken } from './sign-in.ts'
import type { UnderWay } from './in-flight.ts'

/** pino's shape. */
export interface Log {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** What everything that receives works with. */
export interface Edge {
  readonly botAppId: string
  readonly tenantId: string
  readonly serviceUrlHosts: readonly string[]
  readonly adapter: ChannelAdapter
  readonly sender: Sender
  readonly channelTokens: ChannelTokens
  readonly validateSsoToken: ValidateSsoToken
  /** Our own page, which the sign-in button opens where Teams cannot hand over a token. */
  readonly authStart: URL
  /** How long Teams is kept waiting for an invoke's answer. */
  readonly invokeBudget: Duration
  /** Of our own proxies between Teams and here. */
  readonly trustedProxies: number
  readonly connections: Connections
  readonly now: Clock
  readonly realClock: Clock
  /** What one person may ask of us: messages, taps, searches and sign-ins apart. */
  readonly perPerson: Allowances
  readonly log: Log
  /** For lines of the log that somebody outside could cause without end, each by its name. */
  readonly oncePerMinute: Allowances
  readonly underWay: UnderWay
  readonly handlers: Incoming
}
