import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { entryCard, neutralCard } from '../../src/teams/card-find.ts'
import { render } from '../../src/teams/cards.ts'
import { readerOf } from '../../src/words/reader.ts'
import { london, now } from './situations.ts'

const contracts = process.env['LATCHKEY_CONTRACTS']
const entry = { record: 'entry_ai-administrator', name: 'AI Administrator', grants: 'Manages AI services.' }
const cards = [
  ['find', render({ view: 'find' }, london, { now }).card],
  ['found', entryCard(readerOf(london, now), entry)],
  ['neutral', neutralCard(readerOf(london, now), '11111111-1111-4111-8111-111111111111')],
] as const

test('the card that searches asks for its choices as one types, and sends back the choice alone', () => {
  expect(cards[0][1]).toMatchObject({
    body: [
      { type: 'TextBlock' },
      {
        type: 'Input.ChoiceSet',
        id: 'entitlement',
        style: 'filtered',
        label: expect.stringMatching(/\w/),
        isRequired: true,
        choices: [],
        'choices.data': { type: 'Data.Query', dataset: 'catalogue' },
      },
    ],
    actions: [{ type: 'Action.Execute', verb: 'open', data: { id: 'find', revision: 1 } }],
  })
})

test.for(cards)('%s: is whole and small', ([, card]) => {
  const json = JSON.stringify(card)
  expect(json).not.toMatch(/\$\{|null/)
  expect(Buffer.byteLength(json)).toBeLessThan(25 * 1024)
  expect(card).toMatchObject({ lang: 'en', speak: expect.stringMatching(/\w/) })
})

// Teams takes `Data.Query` on cards of 1.5; the schema knows it from 1.6 on.
test.skipIf(contracts === undefined).for(cards)(
  '%s: is a valid Adaptive Card (needs LATCHKEY_CONTRACTS)',
  ([, card]) => {
    const schema = readFileSync(join(contracts ?? '', 'schemas/adaptive-card-1.6.0.schema.json'), 'utf8')
    // As published it says `required: false` of two properties, which is no JSON Schema.
    const mended = (key: string, value: unknown) => (key === 'required' && value === false ? undefined : value)
    const { $schema: _draft, id: _id, ...rules } = JSON.parse(schema, mended)
    const ajv = new Ajv({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const holds = ajv.compile(rules)
    holds(card)
    expect(holds.errors ?? []).toEqual([])
  },
)
