import { z } from 'zod'

/**
 * Where a filed request is, whichever service has it. The service's own word is read into one of these where its answer
 * is parsed, and nowhere else.
 * `waiting` for an approver · `granting`: granted, and not in force yet · `scheduled`: granted from a later start ·
 * `granted`: in force, or it has been · `denied` · `cancelled`: taken back · `failed`: closed in any other way.
 */
export const Stands = z.enum(['waiting', 'granting', 'scheduled', 'granted', 'denied', 'cancelled', 'failed'])
export type Stands = z.infer<typeof Stands>

/** Nobody has to decide it any more: it is in force, or will be. */
export const isGranted = (stands: Stands): boolean =>
  stands === 'granting' || stands === 'scheduled' || stands === 'granted'
