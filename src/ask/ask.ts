import type { Catalogue } from '../entitlement/entitlement.ts'
import type { EntitlementId, PersonHandle } from '../entitlement/entry.ts'
import type { Duration } from '../time.ts'

export const intents = [
  'request',
  'extend',
  'end',
  'cancel',
  'status',
  'mine',
  'expiring',
  'catalogue',
  'approvers',
  'pending',
  'why',
  'holders',
  'revoke',
  'delegate',
  'recap',
  'help',
  'smalltalk',
  'none',
] as const

/**
 * What a message is about. `request` asks for access, `extend` for more time, `end` gives back, `cancel` withdraws a
 * pending request, `mine` is what I hold, `pending` what waits for my decision; `none` is nothing for this bot.
 */
export type Intent = (typeof intents)[number]

/**
 * How an entitlement was found: `named` by its name, an alias, its id or what it grants on what; `misspelt` the same with a
 * typo or two; `partly` by some of its words, and by nothing else in the message.
 */
export type Sureness = 'named' | 'misspelt' | 'partly'

export interface Match {
  readonly id: EntitlementId
  readonly sure: Sureness
}

/** What a sandbox exception needs to be told. */
export interface Details {
  /** The bare host; a wildcard is kept. */
  readonly fqdn?: string
  /** Address or CIDR, as typed. */
  readonly ip?: string
  readonly amount?: number
  /** ISO 4217. */
  readonly currency?: string
  /** Thousand tokens per minute. */
  readonly capacity?: number
  /** Azure short name. */
  readonly region?: string
}

/** A message as it was understood. Input for a form that a person confirms: no right ever follows from it. */
export interface Ask {
  readonly intent: Intent
  /** One: that one. Several: the words fit each, so ask which; unless `each`, then all are meant. */
  readonly entitlements: readonly Match[]
  readonly each: boolean
  /** What the words come nearest to, best first, where `entitlements` is empty and something was asked for. */
  readonly nearest: readonly EntitlementId[]
  /** What would do as well where a task or an error was told, and opens more than what is offered: narrower ones first. */
  readonly broader?: readonly EntitlementId[]
  /** A role on the never list was named: nobody can ask for it. */
  readonly never: boolean
  readonly duration?: Duration
  /** When it is to begin; absent for now. */
  readonly start?: Date
  readonly justification?: string
  readonly ticket?: string
  /** For whom, where not for the speaker. */
  readonly beneficiary?: PersonHandle
  /** Whom else the message is about. */
  readonly person?: PersonHandle
  readonly details: Details
  /** A break-glass request. */
  readonly emergency: boolean
  /** BCP 47. */
  readonly language: string
  /** How it was read, for those who ask why. */
  readonly because?: {
    /** The message told by what its phrases do: `need thing length`. */
    readonly gist: string
    /** The words that led to what is wanted, where no name did. */
    readonly words: readonly string[]
  }
}

export interface AskContext {
  readonly now: Date
  /** The speaker's IANA time zone: their "5pm" is meant there. */
  readonly zone: string
  readonly catalogue: Catalogue
  /** Who wrote it: naming oneself makes nobody else of one. */
  readonly speaker?: PersonHandle
  /** Whom the message may name; without it, the catalogue's owners and backups. */
  readonly people?: readonly { readonly handle: PersonHandle; readonly name: string }[]
}

/** A stretch of the text, `to` exclusive. */
export interface Stretch {
  readonly from: number
  readonly to: number
}
