import { describe, expect, test } from 'vitest'
import type { TraceStep } from '../../src/request/events.ts'
import { judge } from '../../src/request/assess.ts'
import { renderRefusal, render } from '../../src/teams/cards.ts'
import { hours } from '../../src/time.ts'
import { said } from '../../src/words/said/said.ts'
import { notADecider, refusalSentence } from '../../src/words/refusals.ts'
import { readerOf } from '../../src/words/reader.ts'
import { traceLine } from '../../src/words/explain/trace.ts'
import type { View } from '../../src/workflow/ports/views.ts'
import { answers } from '../cards/answer-situations.ts'
import { schemaOf } from '../cards/adaptive-card-schema.ts'
import { berlin, london, now, situations, stageView } from '../cards/situations.ts'
import { situation } from '../request/situation.ts'
import { names, refusals, says, unrequestables } from './everything.ts'

const contracts = process.env['LATCHKEY_CONTRACTS']
const holds = contracts === undefined ? undefined : schemaOf(contracts)

const inside = { ...berlin, zone: london.zone }
const german = readerOf(inside, now)
const english = readerOf(london, now)

/** Everything that a person reads or hears of it, each text once. */
function textsOf(view: View, viewer: typeof london): ReadonlySet<string> {
  const { card, text, summary } = render(view, viewer, { now })
  return new Set([summary, ...readable({ card, text })])
}
const shown = ['text', 'title', 'label', 'errorMessage', 'placeholder', 'value', 'speak', 'fallbackText', 'tooltip']
function readable(node: unknown, key = ''): string[] {
  if (typeof node === 'string') return shown.includes(key) && /\p{L}/u.test(node) ? [node] : []
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, child]) => readable(child, Array.isArray(node) ? key : name))
}

/** What people, the directory and the catalogue wrote, which stands in every language as it is. */
function foreignIn(node: unknown): string[] {
  if (typeof node === 'string') return [node]
  if (node instanceof Map) return [...node.values()].flatMap(foreignIn)
  if (typeof node !== 'object' || node === null || node instanceof Date) return []
  return Object.values(node).flatMap(foreignIn)
}
const products = ['Latchkey', 'Entra', 'Microsoft', 'Teams', 'Azure', 'Portal', 'Ticket', 'PIM', 'GMT', 'INC-48213']
const alike = /^(PT\w+|P\d+D|https?:.*|[·:,.()\d\s–-]*)$/

/** Our own words of a text: without what others wrote, and without names of products. */
function ownWords(text: string, foreign: readonly string[]): string {
  const plain = text
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll(/\]\([^)]*\)/g, ']')
    // What was cut ends in the midst of a foreign sentence.
    .replace(/^.*…(?= \()/, '')
  return [...foreign, ...foreign.flatMap(sentencesOf), ...products]
    .filter((each) => each.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, each) => rest.replaceAll(each, ''), plain)
    .trim()
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.?!:])\s+|\n+/)
/** Little words that no German sentence has. */
const englishWords =
  /(?<![\p{L}-])(the|you|your|and|nothing|with|this|that|it|its|not|of|by|has|have|is|are|to|for)(?![\p{L}-])/iu

function expectGerman(texts: ReadonlySet<string>, inEnglish: ReadonlySet<string>, foreign: readonly string[]): void {
  const known = new Set([...inEnglish].flatMap(sentencesOf))
  for (const text of texts) {
    expect(text).not.toMatch(/undefined|null|\[object|\$\{/)
    for (const sentence of sentencesOf(text)) {
      const own = ownWords(sentence, foreign)
      if (!/\p{L}{2}/u.test(own) || alike.test(own)) continue
      expect(known.has(sentence), `also in English: ${sentence}`).toBe(false)
      expect(own).not.toMatch(englishWords)
    }
  }
}

const everywhere: readonly (readonly [string, View])[] = [
  ...situations,
  ...answers,
  ...Object.values(says).map((what) => [`say: ${what.kind}`, { view: 'say', what }] as const),
  ...Object.values(refusals).map(
    (refusal) => [`refusal: ${refusal.kind}`, { view: 'refusal', refusal, names }] as const,
  ),
]

describe('every view', () => {
  test.for(everywhere)('%s: has not one sentence in common with English', ([, view]) => {
    expectGerman(textsOf(view, inside), textsOf(view, london), foreignIn(view))
  })

  test.for(everywhere)('%s: is whole and small, and fits a lock screen', ([, view]) => {
    const { card, summary } = render(view, berlin, { now })
    expect(summary).toMatch(/\p{L}/u)
    expect(summary.length).toBeLessThanOrEqual(80)
    if (card === undefined) return
    const json = JSON.stringify(card)
    expect(json).not.toMatch(/\$\{|null/)
    expect(Buffer.byteLength(json)).toBeLessThan(25 * 1024)
    expect(card).toMatchObject({ lang: 'de' })
    expect(holds?.(card) ?? []).toEqual([])
  })
})

test('what stands below a card is German too', () => {
  for (const refusal of Object.values(refusals))
    expect(renderRefusal(refusal, inside, { now, names })).not.toBe(renderRefusal(refusal, london, { now, names }))
})

test('why nobody decides and why somebody may not are told in German', () => {
  for (const why of Object.values(unrequestables)) {
    const refusal = { kind: 'not-requestable', why } as const
    expectGerman(
      new Set([refusalSentence(german, refusal, names)]),
      new Set([refusalSentence(english, refusal, names)]),
      foreignIn([why, names]),
    )
  }
  for (const kind of ['requester', 'guest', 'disabled', 'not-in-stage', 'needed-later', 'not-asked-yet'] as const)
    for (const who of ['you', 'they'] as const)
      expect(notADecider(german, { kind }, who)).not.toBe(notADecider(english, { kind }, who))
})

test('every step that a judgement can write down reads in German', () => {
  const steps: readonly TraceStep[] = [
    judge(situation()),
    judge(situation({ eligible: false })),
    judge(situation({ alreadyOpen: true })),
    judge(situation({ entra: { asks: 'nobody' } })),
    judge(situation({ elsewhere: { until: null } })),
    judge(situation({ requester: { ...situation().requester, enabled: false } })),
    judge(situation({ requester: { ...situation().requester, guest: true } })),
  ].flatMap(({ trace }) => trace)
  expect(steps.length).toBeGreaterThan(10)
  for (const step of steps) {
    if (step.rule === 'ticket') continue
    const line = traceLine(german, step)
    expect(line).not.toContain(`${step.rule}:`)
    expect(ownWords(line, [])).not.toMatch(englishWords)
  }
})

test('what another version wrote down stands as it was written', () => {
  expect(traceLine(german, { rule: 'phase of the moon', outcome: 'full' })).toBe('phase of the moon: full')
})

const textOf = (name: string, view: View | undefined = situations.get(name)): string => {
  if (view === undefined) throw new Error(`no situation is called ${name}`)
  return [...textsOf(view, berlin)].join('\n')
}

test.for([
  ['status: filed', 'Wartet auf Genehmigung durch Priya Raman oder Hannah Vogt'],
  ['status: filed', 'Entra schließt die Anforderung am Di., 24. Nov., 11:00 MEZ, wenn niemand antwortet.'],
  ['status: active', 'Aktiv bis 13:20 MEZ'],
  ['status: cut short', 'Gekürzt auf 1 Stunde statt 2 Stunden durch Priya Raman um 11:20 MEZ.'],
  ['status: last of three stages', 'Antwortet bis 15:00 MEZ niemand, wird auch Hannah Vogt gefragt.'],
  ['confirm: three stages', 'Stufe 2: Zwei dieser Personen entscheiden im Chat: Jonas Weber, Mei Lin und Elif Kaya.'],
  ['approval: open', 'Maya Okafor fordert AI Administrator an'],
  ['approval: questions', '1 frühere Frage nicht gezeigt.'],
  ['pending', '3 Anforderungen warten auf dich'],
  ['status: filing in doubt', 'AI Administrator: Ungewiss: wurde sie gesendet?'],
] as const)('%s says "%s"', ([name, words]) => {
  expect(textOf(name).split('\n')).toContain(words)
})

test('one and several, people and times, are inflected', () => {
  const confirm = (stages: readonly ReturnType<typeof stageView>[]) => {
    const view = situations.get('confirm: complete')
    if (view?.view !== 'confirm') throw new Error('there is no form')
    return textOf('', { ...view, stages })
  }
  const people = (...names: string[]) => names.map((name) => ({ name, reachable: true }))
  expect(confirm([stageView({ by: 'chat', need: 2, asked: people('Mei Lin') })])).toContain(
    'Gefragt ist Mei Lin, und zwei müssen im Chat zustimmen.',
  )
  expect(confirm([stageView({ by: 'chat', need: 2, asked: people('Mei Lin', 'Elif Kaya') })])).toContain(
    'Mei Lin und Elif Kaya entscheiden im Chat, und alle müssen zustimmen.',
  )
  expect(
    textOf('', { view: 'nudge', requester: 'Lena Brandt', entitlement: 'AI Administrator', since: now }),
  ).toContain('Lena Brandt wartet seit 11:42 MEZ auf deine Antwort zu AI Administrator.')
  expect(refusalSentence(german, { kind: 'being-decided', by: refusals['being-decided'].by }, new Map())).toMatch(
    /^Eine namentlich nicht bekannte Person entscheidet gerade darüber/,
  )
  expect(refusalSentence(german, { kind: 'not-shorter', asked: hours(48), shortest: hours(1) }, names)).toContain(
    'kürzere Dauer als angefordert (2 Tage) und mindestens 1 Stunde',
  )
})

test('why is told whole: what came of it, the terms, who decides, what was looked at', () => {
  const text = said(german, {
    kind: 'why',
    why: {
      ...says.why.why,
      trace: [{ rule: 'longest', outcome: 'PT4H, the stricter of catalogue PT8H, Entra PT4H' }],
      asked: { duration: hours(8), given: hours(4) },
      terms: {
        usual: hours(2),
        longest: hours(4),
        shortest: hours(1),
        justification: 'required',
        ticket: 'required',
        stepUp: { request: 'c1' },
        multiFactor: true,
      },
      stages: [{ by: 'entra', from: 'owner', need: 1, people: [] }],
    },
  })
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'Maya Okafor und AI Administrator, wie es um 10:42 GMT+0 steht.',
      'Es lässt sich jetzt anfordern.',
      'Für 4 Stunden: 8 Stunden wären zu lang, erlaubt sind höchstens 4 Stunden.',
      'Nötig: eine Begründung, ein Ticket, eine Anmeldung mit zweitem Faktor und eine neue Anmeldung (c1) beim Anfordern.',
      '- Die einzige Stufe, die Zuständigen des Eintrags, in Entra entschieden, eine Zustimmung nötig: zurzeit niemand',
      '- Höchstdauer: PT4H, das Strengere von Katalog PT8H und Entra PT4H',
    ]),
  )
})
