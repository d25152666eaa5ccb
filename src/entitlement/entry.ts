import { z } from 'zod'
import type { Duration } from '../time.ts'

/** The stable id of a catalogue entry, such as `ai-administrator`: requests and the journal name it for ever. */
export const EntitlementId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .brand<'EntitlementId'>()
export type EntitlementId = z.infer<typeof EntitlementId>

/** A person as the catalogue names them, `priya.raman`; looked up whole as `priya.raman@<domain>`, never by prefix. */
export type PersonHandle = string

/** A group as the catalogue names it: its exact display name. */
export type GroupName = string

export type Tier = 'low' | 'medium' | 'high' | 'severe'

/** Whose decision a stage wants: the requester's manager, the entry's owners, or a named set of the catalogue. */
export type StageSource = 'manager' | 'owner' | { readonly set: string }

/** One stage as the catalogue writes it. The three waits count from the moment the stage opens. */
export interface StageRule {
  readonly from: StageSource
  /** How many different people must say yes. */
  readonly need: number
  readonly remindAfter: Duration
  readonly escalateAfter: Duration
  readonly lapseAfter: Duration
}

/** What every entry of the catalogue has, whatever its kind. */
export interface Entry {
  readonly id: EntitlementId
  readonly name: string
  /** One plain sentence: what it lets a person do. */
  readonly grants: string
  readonly tier: Tier
  readonly owners: readonly PersonHandle[]
  readonly backup: readonly PersonHandle[]
  readonly aliases: readonly string[]
  readonly stages: readonly StageRule[]
  /** What is prefilled and the most the catalogue allows; the tenant may allow less. */
  readonly duration: { readonly usual: Duration; readonly longest: Duration }
  readonly justification: 'required' | 'optional'
  readonly ticket: 'required' | 'optional'
  /** The authentication context that a sign-in must carry, such as `c1`. */
  readonly stepUp: { readonly request?: string; readonly approve?: string }
  readonly guests: 'deny' | 'allow' | 'only'
  readonly requesters?: readonly GroupName[]
  /** Until when, and why, it is accepted that Entra asks no approval here. */
  readonly advisory?: { readonly until: string; readonly reason: string }
  readonly breakGlass: boolean
  readonly signals: readonly string[]
  readonly source: { readonly file: string; readonly line: number }
}
