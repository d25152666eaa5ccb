import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { intents } from '../../src/ask/ask.ts'
import { likelyFrom, weightsFrom, writtenWeights } from '../../src/ask/intent/weights.ts'
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
  const written = readFileSync(new URL('../../src/ask/intent/weights.txt', import.meta.url), 'utf8')
  // Compared whole, but not shown whole: a difference of thousands of lines tells nobody anything.
  expect(writtenWeights(learntFrom(examplesFrom(messages, context))) === written).toBe(true)
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
