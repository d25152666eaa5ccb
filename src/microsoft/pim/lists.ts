import type { z } from 'zod'
import type { Target } from '../../entitlement/kinds/kinds.ts'
import type { PersonId } from '../../people.ts'

// What Graph's two services of PIM list alike: who could activate something, and who has it.

/** One item of such a list. */
export interface Listed<Own extends Target> {
  readonly id: string
  readonly principal: string
  /** Undefined for what no request here could be about. */
  readonly target: Own | undefined
  readonly from: Date | null
  readonly until: Date | null
  /** Null of an eligibility. */
  readonly held: 'assigned' | 'activated' | null
  /** The schedule that an instance is of. */
  readonly schedule: string | null
  /** With `$expand=principal`; null for one that has left the directory. */
  readonly holder: { readonly type: string | null; readonly name: string | null } | null
}

/** Where one of the services lists, and how it writes what it lists. */
export interface Lists<Own extends Target> {
  /** Instances, which are what is in force now. */
  readonly eligible: string
  readonly active: string
  /** One schedule of an assignment: `createdUsing` is the request that it came from. */
  readonly schedule: (id: string) => string
  readonly item: z.ZodType<Listed<Own>>
  /** @throws {TypeError} for a target of another kind: nobody here knows what to ask about it. */
  readonly own: (target: Target) => Own
  /** What lists are narrowed by beside a person: a role, a group. */
  readonly thing: (target: Own) => string
  readonly filter: (by: { readonly person?: PersonId; readonly thing?: string }) => string
}

/** One person and the thing they could hold. */
export interface WantedOwn<Own extends Target> {
  readonly person: PersonId
  readonly target: Own
}
