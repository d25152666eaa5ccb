import type { Pattern } from './pattern.ts'

export type InputKind = 'text' | 'choice' | 'choices' | 'duration' | 'date' | 'ticket' | 'host' | 'address' | 'amount'

/** One thing that a form asks for. What was typed is text until it is checked, whatever its kind. */
export interface InputSpec {
  /** By which it goes on cards and in the journal: letters and digits. */
  readonly name: string
  readonly kind: InputKind
  readonly required: boolean
  /** As the tenant words it, such as a package's question; our own inputs have their sentences by name. */
  readonly label?: string
  /** All of it must fit one of these. */
  readonly patterns?: readonly Pattern[]
  /** What may be chosen. */
  readonly choices?: readonly { readonly value: string; readonly title: string }[]
  readonly limits?: {
    /** Characters of a text, of which more are not kept. */
    readonly longest?: number
    /** How many may be named: hosts, choices. */
    readonly most?: number
    /** The largest amount. */
    readonly largest?: number
  }
}

/** What stands in a form, by the names of its inputs. */
export type Inputs = Readonly<Record<string, string>>

/** The longest justification that is kept, in characters; more than that nobody reads on a card. */
export const longestJustification = 500
