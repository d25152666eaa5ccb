import { z } from 'zod'
import type { Reading } from '../ask/agree.ts'
import { intents } from '../ask/ask.ts'
import { days, parseDuration } from '../time.ts'
import type { ToRead } from '../workflow/ports/reading.ts'

/** An answer of POST …/chat/completions, as far as it is read. A refusal comes in a field of its own, or cut by a filter. */
export const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
})

const Said = z.strictObject({
  intent: z.enum(intents),
  entitlements: z.array(z.string()).max(20),
  each: z.boolean(),
  duration: z.string().max(60).nullable(),
  start: z.string().max(60).nullable(),
  justification: z.string().nullable(),
  ticket: z.string().nullable(),
  beneficiary: z.string().nullable(),
  person: z.string().nullable(),
})

/** Longer than a year nobody asks for, and nothing begins later. */
const longest = days(366)

/**
 * Holds an answer against what was offered and what was written. An id, or a person, that was not offered makes the
 * whole answer worthless: whoever made that up may have made up the rest. Words that do not stand in the message, and
 * times that cannot be, are left out.
 */
export function readAnswer(content: string, asked: ToRead): Reading | undefined {
  const said = Said.safeParse(parsed(content)).data
  if (said === undefined) return undefined
  const ids = asked.candidates.map(({ id }) => id)
  const entitlements = ids.filter((id) => said.entitlements.includes(id))
  if (entitlements.length < new Set(said.entitlements).size) return undefined
  const beneficiary = asked.people.find((handle) => handle === said.beneficiary)
  const person = asked.people.find((handle) => handle === said.person)
  if ((said.beneficiary ?? undefined) !== beneficiary || (said.person ?? undefined) !== person) return undefined
  return {
    intent: said.intent,
    entitlements,
    each: said.each && entitlements.length > 1,
    ...known('duration', durationIn(said.duration)),
    ...known('start', startIn(said.start, asked.now)),
    ...known('justification', wordsIn(said.justification, asked.text)),
    ...known('ticket', ticketIn(said.ticket, asked)),
    ...known('beneficiary', beneficiary),
    ...known('person', person),
  }
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

const known = <Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } =>
  // A computed key widens to an index; it is exactly this one.
  value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value })

function durationIn(said: string | null) {
  const duration = said === null ? undefined : parseDuration(said)
  return duration === undefined || duration <= 0 || duration > longest ? undefined : duration
}

function startIn(said: string | null, now: Date): Date | undefined {
  const start = z.iso.datetime({ offset: true }).safeParse(said).data
  if (start === undefined) return undefined
  const at = new Date(start)
  return at > now && at.getTime() - now.getTime() < longest ? at : undefined
}

/** The person's own words, as they wrote them: a model's are not theirs. */
function wordsIn(said: string | null, text: string): string | undefined {
  const words = said?.trim() ?? ''
  return words !== '' && folded(text).includes(folded(words)) ? words : undefined
}

function ticketIn(said: string | null, { text, tickets }: ToRead): string | undefined {
  const ticket = wordsIn(said, text)
  return ticket !== undefined && tickets.some((pattern) => pattern.fits(ticket)) ? ticket : undefined
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ')
