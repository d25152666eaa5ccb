import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { intents } from '../../src/ask/ask.ts'
import { likelyFrom, packed, unpacked, weightsFrom, writtenWeights } from '../../src/ask/intent/weights.ts'
import { samplePeople } from '../../src/demo/sample-people.ts'
import { examplesFrom, readMessages } from '../../src/learning/examples.ts'
import { learntFrom } from '../../src/learning/regression.ts'
import { catalogue, unseen } from '../ask/sample.ts'

const messages = await readMessages()
const context = {
  catalogue,
  people: await samplePeople(),
  now: new Date('2026-11-24T10:00:00Z'),
  zone: 'Europe/London',
}
const folded = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ')

test('the weights are what the messages teach: whoever changed either runs `npm run learn`', () => {
  const stored = readFileSync(new URL('../../src/ask/intent/weights.z', import.meta.url))
  // Compared whole, but not shown whole: a difference of thousands of lines tells nobody anything.
  const written = writtenWeights(learntFrom(examplesFrom(messages, context)))
  expect(written === unpacked(stored)).toBe(true)
  // The same messages give the same file, byte for byte.
  expect(packed(written).equals(stored)).toBe(true)
})

describe('the messages that are learnt from', () => {
  test('are of every intent, at least two hundred each', () => {
    const few = intents.filter((intent) => messages.filter((each) => each.intent === intent).length < 200)
    expect(few).toEqual([])
  })

  test('stand there once, under one intent', () => {
    const texts = messages.map(({ text }) => folded(text))
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
  })

  test('are none of those that the learning is judged by', () => {
    const judged = new Set(unseen.map(({ text }) => folded(text)))
    expect(messages.filter(({ text }) => judged.has(folded(text)))).toEqual([])
  })
})

test('every feature is found by its whole name, and none that nothing was learnt of', () => {
  const written = unpacked(readFileSync(new URL('../../src/ask/intent/weights.z', import.meta.url)))
  const weights = weightsFrom(written)
  const names = written
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, line.lastIndexOf('\t')))
  expect(names.length).toBeGreaterThan(20_000)
  expect(names.filter((name) => weights.of(name) === undefined)).toEqual([])
  for (const name of ['', '!', 'w', 'zzz', '\u{10ffff}', names[0]?.slice(0, -1) ?? '', `${names.at(-1)}x`])
    if (!names.includes(name)) expect(weights.of(name)).toBeUndefined()
})

test('learnt weights are read as they were written', () => {
  const examples = [
    { intent: 'help', features: ['w how', 'w help'] },
    { intent: 'help', features: ['w help'] },
    { intent: 'help', features: ['w help', 'w what'] },
    { intent: 'mine', features: ['w mine'] },
    { intent: 'mine', features: ['w mine', 'w have'] },
    { intent: 'mine', features: ['w mine', 'w how'] },
  ] as const
  const learnt = learntFrom(examples)
  const again = weightsFrom(writtenWeights(learnt))
  expect([...learnt.rows.keys()].toSorted()).toEqual(['w help', 'w mine'])
  expect(again.of('w how')).toBe(undefined)
  for (const word of ['help', 'mine'] as const) {
    const [best] = likelyFrom(again, [`w ${word}`])
    expect(best?.intent).toBe(word)
    expect(best?.sureness).toBeCloseTo(
      likelyFrom({ bias: learnt.bias, of: (feature) => learnt.rows.get(feature) }, [`w ${word}`])[0]?.sureness ?? 0,
      1,
    )
  }
  expect(likelyFrom(again, []).reduce((sum, { sureness }) => sum + sureness, 0)).toBeCloseTo(1)
})
