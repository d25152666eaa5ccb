import { z } from 'zod'
import { PersonId } from '../people.ts'
import { RequestId } from './events.ts'

/** What the bot itself owes after an event, carried out from the outbox; each is harmless to repeat. */
export const Owed = z.discriminatedUnion('effect', [
  /** Bring the requester's card to what the journal says now. */
  z.object({ effect: z.literal('status-card'), request: RequestId }),
  /** Show the approver the request, or bring their card to what the journal says now. */
  z.object({ effect: z.literal('approval-card'), request: RequestId, approver: PersonId }),
  /** Edit every approver's card to what the journal says now. */
  z.object({ effect: z.literal('approval-cards'), request: RequestId }),
  /** One short new message to the requester. */
  z.object({
    effect: z.literal('notice'),
    request: RequestId,
    about: z.enum(['active', 'denied', 'lapsed', 'failed', 'ended-early']),
  }),
])
export type Owed = z.infer<typeof Owed>
