import type { Catalogue } from '../../entitlement/entitlement.ts'
import type { Match, Stretch } from '../ask.ts'
import type { Clause } from '../language/clauses.ts'
import type { Language } from '../language/language.ts'
import type { Mention } from './names.ts'
import type { Hints } from './retrieve.ts'

/** What a message wants, and the stretches that said only that: a name inside a reason is left to the reason. */
export interface Wanted {
  readonly matches: readonly Match[]
  readonly each: boolean
  readonly never: boolean
  readonly said: readonly Stretch[]
  /** Every place where the text names what is wanted. */
  readonly about: readonly Stretch[]
  /** The words that led to it, where it was not named. */
  readonly by: readonly string[]
  /** Which of several is described best: what a question is about. */
  readonly clearest?: Match['id']
  /** What goes as well with a task that was told, and opens more. */
  readonly broader?: readonly Match['id'][]
}

/** A message as what is wanted is looked for in it. */
export interface Asked {
  /** What has been understood otherwise is blank in it. */
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly clauses: readonly Clause[]
  readonly hints: Hints
  readonly details: readonly (Stretch & { readonly kind: string })[]
  readonly catalogue: Catalogue
  readonly language: Language
}

/** More than this fits everything and helps nobody. */
export const mostCandidates = 6

/** Told by some of its words only. */
export const partly = (id: Match['id']): Match => ({ id, sure: 'partly' })
