import type { Catalogue } from '../../entitlement/entitlement.ts'
import type { Clock } from '../../time.ts'
import type { Conversation } from './conversation.ts'
import type { Chats, Dialogue, Drafts, Journal, Looks, Outbox, Requests, SignIns, Unanswered } from './memory.ts'
import type { LanguageModel } from './reading.ts'
import type { SignInPage } from './sign-in-page.ts'
import type { Tenant } from './tenant.ts'

// What the shell needs of the edges, as types. The edges know the shell by these alone.

/** Everything the shell works with: handed to each of its functions by the composition root. */
export interface Edges {
  readonly journal: Journal
  readonly requests: Requests
  readonly looks: Looks
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly dialogue: Dialogue
  readonly chats: Chats
  readonly signIns: SignIns
  readonly unanswered: Unanswered
  readonly tenant: Tenant
  readonly signInPage: SignInPage
  readonly conversation: Conversation
  readonly catalogue: Catalogue
  /** Opens a person's own chat with the bot in Teams. */
  readonly chatLink: string
  /** A second reader of messages; absent where none is configured. */
  readonly languageModel?: LanguageModel
  /** Product clock: grants, policies, audit. */
  readonly now: Clock
  /** Real clock: leases, retries. */
  readonly realNow: Clock
  readonly log: Log
  /** Counts who was turned away without being anybody. */
  readonly strangers: { count(why: string): void }
  /** Something was appended: the outbox and the observer need not wait for the next sweep. */
  readonly wake: () => void
}

/** One line per thing worth knowing; never a token, never what a person wrote. */
export interface Log {
  info(what: Readonly<Record<string, unknown>>, message: string): void
  warn(what: Readonly<Record<string, unknown>>, message: string): void
  error(what: Readonly<Record<string, unknown>>, message: string): void
}
