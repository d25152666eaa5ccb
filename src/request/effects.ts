import { z } from 'zod'
import { PersonId } from '../people.ts'
import { RequestId } from './events.ts'
import type { EntitlementId } from '../entitlement/entry.ts'

const when = { due: z.coerce.date().exactOptional() }
/** `to`: in whose chat it ends; absent where that is several people's, or not known yet. */
const request = { request: RequestId, to: PersonId.exactOptional(), ...when }
/** One person's part of what was owed to several. */
const toOne = { request: RequestId, to: PersonId, ...when }

/**
 * What the bot itself owes after an event, carried out from the outbox; each is harmless to repeat. `due` is product
 * time, at once where absent. A name is never given another meaning: two releases may work on the same outbox.
 */
export const Owed = z.discriminatedUnion('effect', [
  /** Bring the requester's card to what the journal says now; `ifInDoubt`: only where a call's outcome still is unknown. */
  z.object({ effect: z.literal('status-card'), ...request, ifInDoubt: z.boolean().exactOptional() }),
  /** Owe an approval card to whoever may decide now, and to everybody who has one. */
  z.object({ effect: z.literal('approval-cards'), ...request }),
  /** Show the request to this approver where they are asked, and bring their cards to what the journal says now. */
  z.object({ effect: z.literal('approval-card'), ...toOne }),
  /** A new card to the requester for each open question, and every such card brought to what the journal says now. */
  z.object({ effect: z.literal('question-cards'), ...request }),
  /** One short new message to whoever asked the question: it is answered. */
  z.object({ effect: z.literal('answer-notice'), ...request, question: z.int().nonnegative() }),
  /** Owe a nudge to everybody who is asked and has not answered; where one of them is looking at it, to them alone. */
  z.object({ effect: z.literal('nudge'), ...request }),
  /** A new message to this approver: somebody still waits for them. */
  z.object({ effect: z.literal('approver-nudge'), ...toOne }),
  /** A new card to the holder: it ends soon, end it now or let it end. */
  z.object({ effect: z.literal('ending-card'), ...request }),
  /** Owe a message to each of the catalogue's security people: the record of a request is not what was written. */
  z.object({ effect: z.literal('record-refused'), ...request }),
  /** That message, to this one of them. */
  z.object({ effect: z.literal('record-refused-notice'), ...toOne }),
  /** Owe a message to each of the catalogue's security people: Entra holds what was not approved. */
  z.object({ effect: z.literal('security-notice'), ...request }),
  /** That message, to this one of them. */
  z.object({ effect: z.literal('deviation-notice'), ...toOne }),
  /** One short new message to the requester. */
  z.object({
    effect: z.literal('notice'),
    ...request,
    about: z.enum(['ready', 'active', 'denied', 'lapsed', 'failed', 'ended-early', 'asked-anew']),
  }),
  /** Bring about what time alone brings about: a reminder, a lapse. `due` is when the first of it comes. */
  z.object({ effect: z.literal('clock'), request: RequestId, due: z.coerce.date() }),
  /** Bring a form that is still open to what it holds now, on every card of it. */
  z.object({ effect: z.literal('form'), to: PersonId, draft: z.string(), ...when }),
  /** The answer to what a person wrote, which could not be given at once. What they wrote is kept apart, by occasion. */
  z.object({ effect: z.literal('answer'), to: PersonId, occasion: z.string(), ...when }),
])
export type Owed = z.infer<typeof Owed>

/** What an effect is about, so that more than requests can be owed something. */
export type Subject =
  | { readonly about: 'request'; readonly request: RequestId }
  | { readonly about: 'person'; readonly person: PersonId }
  | { readonly about: 'entitlement'; readonly entitlement: EntitlementId }
  | { readonly about: 'exception'; readonly request: RequestId }
  | { readonly about: 'tenant' }

/** Each effect names its own subject: a request, or somebody whose form or words it answers. */
export const subjectOf = (owed: Owed): Subject =>
  'request' in owed ? { about: 'request', request: owed.request } : { about: 'person', person: owed.to }

/** Those that this version can carry out; others stay for a version that can. */
export const knownEffects: readonly Owed['effect'][] = Owed.options.map(({ shape }) => shape.effect.value)
export type NoticeAbout = Extract<Owed, { effect: 'notice' }>['about']
