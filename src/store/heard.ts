import { z } from 'zod'
import { PersonId } from '../people.ts'

// What people said, as rows keep it.

export const Chat = z.enum(['personal', 'group', 'channel'])
export const Speaker = z.object({
  id: PersonId,
  teamsId: z.string(),
  locale: z.string().exactOptional(),
  zone: z.string().exactOptional(),
  serviceUrl: z.string(),
  conversation: z.string(),
})
