import { describe, expect, test } from 'vitest'
import { languageOf } from '../../src/ask/language.ts'
import { whenOf } from '../../src/ask/when.ts'
import { isoDuration } from '../../src/time.ts'

const read = (text: string, now = '2026-11-23T10:00:00Z', zone = 'Europe/London') => {
  const { duration, start } = whenOf(text, new Date(now), zone, languageOf(text).time)
  return [duration === undefined ? undefined : isoDuration(duration), start?.toISOString()]
}

describe('a length of time', () => {
  test.each([
    ['2h', 'PT2H'],
    ['2 hours', 'PT2H'],
    ['two hours', 'PT2H'],
    ['half an hour', 'PT30M'],
    ['90 min', 'PT1H30M'],
    ['1h30', 'PT1H30M'],
    ['1h 15m', 'PT1H15M'],
    ['1.5h', 'PT1H30M'],
    ['an hour', 'PT1H'],
    ['an hour and a half', 'PT1H30M'],
    ['two and a half hours', 'PT2H30M'],
    ['a quarter of an hour', 'PT15M'],
    ['a couple of hours', 'PT2H'],
    ['sixty minutes', 'PT1H'],
    ['three days', 'P3D'],
    ['a fortnight', 'P14D'],
    ['a month', 'P30D'],
    ['PT4H', 'PT4H'],
  ])('is read from "%s"', (text, iso) => {
    expect(read(`for ${text}`)).toEqual([iso, undefined])
  })

  test.each([
    ['2h, no, 3', 'PT3H'],
    ['2h no make it 3h', 'PT3H'],
    ['10.5h?? no sorry: 8 hours', 'PT8H'],
    ['two days, hmm no, one day is enough', 'P1D'],
  ])('is the corrected one in "%s"', (text, iso) => {
    expect(read(text)).toEqual([iso, undefined])
  })

  test.each([
    'the last 3 days of 429s',
    'prompts kept only 14 days',
    'im in 6 standups a day',
    'AI admin and app admin',
    '429s since gpt-4o',
    'release v12',
  ])('is not found in "%s"', (text) => {
    expect(read(text)).toEqual([undefined, undefined])
  })
})

describe('"until"', () => {
  test.each([
    ['until 5pm', 'PT7H'],
    ['till 17:30', 'PT7H30M'],
    ['until noon', 'PT2H'],
    ['until midnight', 'PT14H'],
    ['until 6', 'PT8H'],
    ['until tomorrow noon', 'PT26H'],
    ['until Thursday 18:00', 'P3DT8H'],
  ])('counts from now: "%s"', (text, iso) => {
    const [duration] = read(text)
    expect(duration).toBe(iso === 'P3DT8H' ? 'PT80H' : iso)
  })

  test("means the speaker's own clock", () => {
    expect(read('until 5pm', '2026-11-23T10:00:00Z', 'Asia/Seoul')).toEqual([undefined, undefined])
    expect(read('until 9pm', '2026-11-23T10:00:00Z', 'Asia/Seoul')).toEqual(['PT2H', undefined])
  })

  test('counts the hour that is lived twice when the clocks go back', () => {
    expect(read('until 9am', '2026-10-24T22:00:00Z')).toEqual(['PT11H', undefined])
  })

  test('leaves out the hour that is skipped when the clocks go forward', () => {
    expect(read('until 9am', '2026-03-28T23:00:00Z')).toEqual(['PT9H', undefined])
  })
})

describe('a beginning', () => {
  test.each([
    ['tomorrow 9 to 11', 'PT2H', '2026-11-24T09:00:00.000Z'],
    ['from Monday to Wednesday', 'P3D', '2026-11-30T00:00:00.000Z'],
    ['tomorrow from 10 to 16', 'PT6H', '2026-11-24T10:00:00.000Z'],
    ['Friday from 14:30, three hours', 'PT3H', '2026-11-27T14:30:00.000Z'],
    ['at 15:00 for one hour', 'PT1H', '2026-11-23T15:00:00.000Z'],
    ['in 20 minutes for an hour', 'PT1H', '2026-11-23T10:20:00.000Z'],
    ['from 22:00 tonight to half past midnight', 'PT2H30M', '2026-11-23T22:00:00.000Z'],
    ['from Dec 7 to Dec 11', 'P5D', '2026-12-07T00:00:00.000Z'],
  ])('is read from "%s"', (text, iso, start) => {
    expect(read(text)).toEqual([iso, start])
  })
})
