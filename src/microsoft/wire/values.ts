import { z } from 'zod'

// Values as Microsoft's services write them.

export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
/** Ids come in either case. */
export const id = z.string().toLowerCase()
