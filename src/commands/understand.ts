import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { IANAZone } from 'luxon'
import { z } from 'zod'
import type { Ask, AskContext } from '../ask/ask.ts'
import { understand } from '../ask/understand.ts'
import { samplePeople } from '../demo/sample-people.ts'
import { mistakeLine } from '../entitlement/mistake.ts'
import { readCatalogue } from '../entitlement/read-catalogue.ts'
import { isoDuration } from '../time.ts'

// `npm run understand [-- --catalogue FOLDER] [--explain]`: messages as JSON lines in, what each is understood as out.
// The sample's catalogue and people, unless told otherwise; no model, no network.

const sample = resolve(import.meta.dirname, '../../sample/contoso/catalogue')

const Message = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  speaker: z.string().optional(),
  now: z.iso.datetime({ offset: true }),
  zone: z.string().refine((zone) => IANAZone.isValidZone(zone), 'no IANA time zone such as Europe/London'),
})

try {
  const options = { catalogue: { type: 'string' }, explain: { type: 'boolean' } } as const
  const { catalogue: folder = sample, explain = false } = parseArgs({ options }).values
  const read = await readCatalogue(resolve(folder))
  if (!read.ok) throw new Error(`The catalogue is not usable:\n${read.refusal.map(mistakeLine).join('\n')}`)
  const known = { catalogue: read.value, people: await samplePeople() }
  for await (const line of createInterface({ input: process.stdin }))
    if (line.trim() !== '') console.log(JSON.stringify(answer(line, known, explain)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** What one line is understood as; a line that cannot be read is answered with what is wrong with it. */
function answer(line: string, known: Pick<AskContext, 'catalogue' | 'people'>, explain: boolean): object {
  const message = Message.safeParse(parsed(line))
  if (!message.success) return { error: z.prettifyError(message.error) }
  const { id, text, speaker, now, zone } = message.data
  const ask = understand(text, { ...known, now: new Date(now), zone, ...(speaker === undefined ? {} : { speaker }) })
  return { ...(id === undefined ? {} : { id }), ...shown(ask), ...(explain ? { why: ask } : {}) }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** An understood message as one line; what is not known is left out. */
function shown(ask: Ask): object {
  const { intent, entitlements, each, duration, start, justification, ticket, beneficiary, person, details } = ask
  return {
    intent,
    ...(entitlements.length === 0 ? {} : { entitlements: entitlements.map(({ id }) => id) }),
    ...(each ? { each } : {}),
    ...(duration === undefined ? {} : { duration: isoDuration(duration) }),
    ...(start === undefined ? {} : { start: start.toISOString() }),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(beneficiary === undefined ? {} : { beneficiary }),
    ...(person === undefined ? {} : { person }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
    ...(ask.emergency ? { emergency: true } : {}),
  }
}
