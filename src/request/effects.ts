import { z } from 'zod'
import { RequestId } from './events.ts'

const request = { request: RequestId, due: z.coerce.date().exactOptional() }

/**
 * What the bot itself owes after an event, carried out from the outbox; each is harmless to repeat. `due` is product
 * time, at once where absent.
 */
export const Owed = z.discriminatedUnion('effect', [
  /** Bring the requester's card to what the journal says now; `ifInDoubt`: only where a call's outcome still is unknown. */
  z.object({ effect: z.literal('status-card'), ...request, ifInDoubt: z.boolean().exactOptional() }),
  /** Show the request to whoever may decide it now, and bring every approver's card to what the journal says now. */
  z.object({ effect: z.literal('approval-cards'), ...request }),
  /** A new card to the requester for each open question, and every such card brought to what the journal says now. */
  z.object({ effect: z.literal('question-cards'), ...request }),
  /** One short new message to whoever asked the question: it is answered. */
  z.object({ effect: z.literal('answer-notice'), ...request, question: z.int().nonnegative() }),
  /** A new message to everybody who is asked and has not answered; where one of them is looking at it, to them alone. */
  z.object({ effect: z.literal('nudge'), ...request }),
  /** A new card to the holder: it ends soon, end it now or let it end. */
  z.object({ effect: z.literal('ending-card'), ...request }),
  /** One short new message to the requester. */
  z.object({
    effect: z.literal('notice'),
    ...request,
    about: z.enum(['ready', 'active', 'denied', 'lapsed', 'failed', 'ended-early', 'asked-anew']),
  }),
])
export type Owed = z.infer<typeof Owed>
export type NoticeAbout = Extract<Owed, { effect: 'notice' }>['about']
