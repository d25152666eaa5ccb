import type { Entitlement } from '../../entitlement/entitlement.ts'
import type { Tier } from '../../entitlement/entry.ts'
import type { Kind } from '../../entitlement/kinds/kinds.ts'
import type { AccessRequest } from '../../request/request.ts'
import type { Duration } from '../../time.ts'
import type { NamedDecider } from './stage-view.ts'

// What questions are answered with, beside the request's own cards: lists to look at, and what is said in words.

/** What a tap on a row brings to the end of the chat: a request's card, or a form. Opaque to the card. */
export interface Opens {
  readonly record: string
  readonly revision: number
}

/** Something that a person holds or could switch on, as Entra lists it. */
export interface HeldRow {
  readonly name: string
  readonly as: 'activated' | 'assigned' | 'eligible'
  /** Name of the group that it comes through. */
  readonly through: string | null
  readonly from: Date | null
  readonly until: Date | null
  /** Known to Entra and not to the catalogue: only the portal handles it. */
  readonly elsewhere: boolean
  readonly opens?: Opens
}

export interface RequestRow {
  readonly name: string
  readonly status: string
  readonly inDoubt: boolean
  readonly submittedAt: Date
  readonly opens: Opens
}

/** What the reader holds now, could switch on, and has asked for. */
export interface MineView {
  readonly view: 'mine'
  readonly active: readonly HeldRow[]
  readonly eligible: readonly HeldRow[]
  readonly requests: readonly RequestRow[]
  /** Kinds of which it could not be read just now what the reader holds. */
  readonly unread: readonly Kind[]
  readonly observedAt: Date
  readonly portal: string
}

/** What of the reader's runs out, soonest first. */
export interface ExpiringView {
  readonly view: 'expiring'
  readonly rows: readonly HeldRow[]
  /** How many have no end. */
  readonly endless: number
  /** Kinds of which it could not be read just now what the reader holds. */
  readonly unread: readonly Kind[]
  readonly observedAt: Date
  readonly portal: string
}

/** Where one's own requests stand. */
export interface RequestsView {
  readonly view: 'requests'
  readonly rows: readonly RequestRow[]
  /** Older ones that are not listed. */
  readonly more: number
}

/** One entry of the catalogue. */
export interface EntryRow {
  readonly name: string
  readonly grants: string
  readonly kind: Entitlement['kind']
  readonly tier: Tier
  readonly longest: Duration
  /** Names; empty where a list is too long to look them all up. */
  readonly owners: readonly string[]
  /** A tap makes the form; without it and without a portal this reader only owns or decides it. */
  readonly opens?: Opens
  /** Where it is asked for instead. */
  readonly portal?: string
}

/** Entries of the catalogue, and why they are shown. */
export interface EntriesView {
  readonly view: 'entries'
  readonly about:
    | { readonly kind: 'catalogue' }
    /** What fits a task, in the order in which it was understood. */
    | { readonly kind: 'task' }
    | { readonly kind: 'which' }
    /** All of them were asked for: a form each. */
    | { readonly kind: 'each' }
    | { readonly kind: 'nearest' }
    /** Of kinds without a form yet. */
    | { readonly kind: 'portal' }
    /** To begin later, which cannot be planned yet. */
    | { readonly kind: 'later'; readonly at: Date }
  readonly rows: readonly EntryRow[]
  readonly more: number
  /** Brings the card that searches all of it. */
  readonly search?: Opens
}

export interface HolderRow {
  readonly name: string
  readonly through: string | null
  readonly until: Date | null
  readonly as: HeldRow['as']
}

/** Who holds or could switch on one entitlement: for its owners, its backups and security. */
export interface HoldersView {
  readonly view: 'holders'
  readonly entitlement: string
  readonly active: readonly HolderRow[]
  readonly eligible: readonly HolderRow[]
  readonly observedAt: Date
  readonly portal: string
}

/** What the journal knows of one elevation of the reader's. */
export interface RecapView {
  readonly view: 'recap'
  readonly request: AccessRequest
  readonly entitlement: string
  readonly names: ReadonlyMap<string, string>
  readonly portal: string
}

export type AnswerView = MineView | ExpiringView | RequestsView | EntriesView | HoldersView | RecapView

/** Who decides one thing, stage by stage, before anybody has asked. */
export interface ApproverStage {
  readonly by: 'entra' | 'chat' | 'advisory' | 'portal'
  readonly need: number
  /** Where the people cannot be named: the asker's manager, or a set of the catalogue. */
  readonly from?: 'manager' | { readonly set: string }
  readonly people: readonly NamedDecider[]
  readonly standIn: readonly NamedDecider[]
}

/** Answers that are a few sentences. */
export type AnswerSaid =
  | {
      readonly kind: 'can-help'
      readonly owns: readonly string[]
      readonly decides: boolean
      readonly examples: readonly string[]
    }
  | { readonly kind: 'no-way-round' }
  | { readonly kind: 'nothing-held'; readonly portal: string }
  | { readonly kind: 'nothing-expires'; readonly endless: number }
  | { readonly kind: 'no-requests' }
  | { readonly kind: 'nothing-to-cancel' }
  /** `outside`: active by another way than through us. */
  | {
      readonly kind: 'nothing-to-end'
      readonly outside: readonly { readonly name: string; readonly until: Date | null }[]
      readonly portal: string
    }
  | { readonly kind: 'brought-down'; readonly what: 'card' | 'form' }
  | { readonly kind: 'only-your-own' }
  | { readonly kind: 'nothing-listed' }
  | { readonly kind: 'name-it'; readonly examples: readonly string[] }
  | {
      readonly kind: 'approvers'
      readonly entitlement: string
      readonly stages: readonly ApproverStage[]
      readonly owners: readonly string[]
      readonly portal?: string
    }
  | { readonly kind: 'holders-not-told'; readonly entitlement: string; readonly owners: readonly string[] }
  | { readonly kind: 'holders-unread'; readonly entitlement: string; readonly portal?: string }
  | {
      readonly kind: 'holds-it'
      readonly person: string
      readonly entitlement: string
      readonly rows: readonly HolderRow[]
      readonly observedAt: Date
    }
  | { readonly kind: 'nothing-to-recap' }
  | {
      readonly kind: 'cannot-extend'
      readonly active: readonly { readonly name: string; readonly until: Date | null }[]
    }
  | {
      readonly kind: 'cannot-revoke'
      readonly entitlement?: string
      readonly owners: readonly string[]
      readonly portal: string
    }
  | { readonly kind: 'cannot-delegate'; readonly to?: string }
  | {
      readonly kind: 'cannot-for-others'
      readonly person: string
      readonly entitlement?: string
      readonly duration?: Duration
    }
