import type { Pattern } from '../../entitlement/pattern.ts'
import type { Reading } from '../../ask/agree.ts'
import type { EntitlementId, PersonHandle } from '../../entitlement/entry.ts'
import type { PersonId } from '../../people.ts'

// What the shell needs of a language model, where one is configured. What it answers is input, and never authority.

/** Something that this person may ask for, and so may be named to a model on their behalf. */
export interface Candidate {
  readonly id: EntitlementId
  readonly name: string
  readonly aliases: readonly string[]
  readonly grants: string
}

export interface ToRead {
  readonly text: string
  readonly speaker: PersonId
  readonly now: Date
  /** IANA. */
  readonly zone: string
  readonly candidates: readonly Candidate[]
  readonly people: readonly PersonHandle[]
  /** What a ticket looks like, whole. */
  readonly tickets: readonly Pattern[]
}

/** Why there is no second reading; the rules' own is used then. */
export type Unread = 'refused' | 'unusable' | 'too-slow' | 'budget' | 'resting' | 'trouble'

export interface LanguageModel {
  read(message: ToRead): Promise<{ readonly came: 'read'; readonly reading: Reading } | { readonly came: Unread }>
}
