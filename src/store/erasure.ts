import { z } from 'zod'

/** Body of an `Erased` event: whose words went, and with which events; how many rows elsewhere went with them. */
export const ErasedBody = z.strictObject({
  texts: z.array(z.strictObject({ stream: z.string(), version: z.int().positive() })),
  rows: z.record(z.string(), z.int().nonnegative()),
})
export type ErasedBody = z.infer<typeof ErasedBody>

/** The events whose words an `Erased` event accounts for, as `stream version`. */
export function erasedIn(body: string): readonly string[] {
  const read = ErasedBody.safeParse(JSON.parse(body))
  return read.success ? read.data.texts.map(({ stream, version }) => `${stream} ${version}`) : []
}
