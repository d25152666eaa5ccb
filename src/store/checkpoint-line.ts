import { z } from 'zod'

const Count = z.int().positive()

/**
 * The heads, at one moment, of the streams that grew since the checkpoint before: a journal that lost a tail no longer
 * has one of them. All checkpoints together name the head of every stream.
 */
export const CheckpointBody = z.strictObject({
  number: Count,
  at: z.iso.datetime(),
  /** Hash of the checkpoint before, so that one taken from the middle shows too. */
  previous: z.string(),
  /** The last position that was there. Positions are given out before they are committed, so the next one looks further back. */
  through: z.int().nonnegative(),
  heads: z.record(z.string(), z.strictObject({ version: Count, hash: z.string() })),
})
export type CheckpointBody = z.infer<typeof CheckpointBody>

/** One line of the file outside the database; `body` is the canonical JSON text that was hashed. */
export const CheckpointLine = z.strictObject({
  number: Count,
  body: z.string(),
  hash: z.string(),
  key_id: z.string(),
  signature: z.string(),
})
export type CheckpointLine = z.infer<typeof CheckpointLine>
