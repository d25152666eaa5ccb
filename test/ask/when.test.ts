import { describe, expect, test } from 'vitest'
import { languageOf } from '../../src/ask/language/language.ts'
import { whenOf } from '../../src/ask/time/when.ts'
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
    ['an hour and a quarter', 'PT1H15M'],
    ['an hour n a half', 'PT1H30M'],
    ['1 1/2 hours', 'PT1H30M'],
    ['2h 30, please', 'PT2H30M'],
    ['1d12h', 'PT36H'],
    ['the fortnight', 'P14D'],
    ['the next two hours', 'PT2H'],
    ['these 6 days', 'P6D'],
  ])('is read from "%s"', (text, iso) => {
    expect(read(`for ${text}`)).toEqual([iso, undefined])
  })

  test.each([
    ['2h, no, 3', 'PT3H'],
    ['2h no make it 3h', 'PT3H'],
    ['10.5h?? no sorry: 8 hours', 'PT8H'],
    ['two days, hmm no, one day is enough', 'P1D'],
    ['20 min... make that 30', 'PT30M'],
    ['2 days more. no, 3', 'P3D'],
    ['not three hours but two', 'PT2H'],
    ["I'd have said 8 hours, but 5 will do", 'PT5H'],
    ['24 hours would be too long, six are fine', 'PT6H'],
    ['half a day, i.e. 4 hours', 'PT4H'],
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
    '0.2M tokens',
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
    ['till midnite', 'PT14H'],
    ['until 2:20', 'PT4H20M'],
    ['until 1530', 'PT5H30M'],
    ['till EOD tomorrow 5 pm', 'PT31H'],
    ['till 4 (or rather half past 4)', 'PT6H30M'],
    ['until this time tomorrow', 'P1D'],
    ['through Friday', 'PT110H'],
    ['until the end of the month', 'PT182H'],
    ['let it run to 6pm', 'PT8H'],
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
    ['4 to 8 January inclusive', 'P5D', '2027-01-04T00:00:00.000Z'],
    ['Jan 5-9', 'P5D', '2027-01-05T00:00:00.000Z'],
    ['1 and 2 December, both days', 'P2D', '2026-12-01T00:00:00.000Z'],
    ['vom 1. bis einschließlich 3. Dezember', 'P3D', '2026-12-01T00:00:00.000Z'],
    ['the whole of December', 'P31D', '2026-12-01T00:00:00.000Z'],
    ['Friday 4 December 18:00 until Monday 7 December 08:00', 'PT62H', '2026-12-04T18:00:00.000Z'],
    ['Monday the 30th, 9 am, for 2h', 'PT2H', '2026-11-30T09:00:00.000Z'],
    ['sat 5 dec all day', 'P1D', '2026-12-05T00:00:00.000Z'],
    ['tue 0900-1130', 'PT2H30M', '2026-11-24T09:00:00.000Z'],
    ['6-7am tomorrow', 'PT1H', '2026-11-24T06:00:00.000Z'],
    ['noon-1pm tomorrow', 'PT1H', '2026-11-24T12:00:00.000Z'],
    ['3:30p–5:15p', 'PT1H45M', '2026-11-23T15:30:00.000Z'],
    ['between 11 and 11:45 today', 'PT45M', '2026-11-23T11:00:00.000Z'],
    ['tomorrow from 10 to noon', 'PT2H', '2026-11-24T10:00:00.000Z'],
    ['tomorrow between nine and half past eleven', 'PT2H30M', '2026-11-24T09:00:00.000Z'],
    ['from 8 tomorrow to 8 the day after', 'P1D', '2026-11-24T08:00:00.000Z'],
    ['the day after tomorrow, 10:00 to 12:30', 'PT2H30M', '2026-11-25T10:00:00.000Z'],
    ['tonight 20:00 until 02:00', 'PT6H', '2026-11-23T20:00:00.000Z'],
    ['from 1:00 to 4:00 tonight', 'PT3H', '2026-11-24T01:00:00.000Z'],
    ['Thursday, 17:00, until 19:00 at the latest', 'PT2H', '2026-11-26T17:00:00.000Z'],
    ['the demo is on Friday, so 9:00 to 11:00 that day', 'PT2H', '2026-11-27T09:00:00.000Z'],
    ['2026-12-01T14:00 to 2026-12-01T15:00Z', 'PT1H', '2026-12-01T14:00:00.000Z'],
    ['from 1 December, ten days', 'P10D', '2026-12-01T00:00:00.000Z'],
    ['2 weeks from Monday', 'P14D', '2026-11-30T00:00:00.000Z'],
    ['tomorrow, 4h', 'PT4H', '2026-11-24T00:00:00.000Z'],
    ['at quarter to five for half an hour', 'PT30M', '2026-11-23T16:45:00.000Z'],
    ['not before 15:00, then one hour', 'PT1H', '2026-11-23T15:00:00.000Z'],
  ])('is read from "%s"', (text, iso, start) => {
    expect(read(text)).toEqual([iso, start])
  })

  test.each([
    ['2h, the certificate expires in 20 minutes', 'PT2H'],
    ['15 min, the certificate dies at 01:00', 'PT15M'],
    ['2h to see what broke on Saturday', 'PT2H'],
    ['2h, on Saturday we migrate', 'PT2H'],
    ["for Friday's release, 2h", 'PT2H'],
    ['Had lunch with Tom. 2h please', 'PT2H'],
    ["it's 2 am, 1 hour", 'PT1H'],
    ['Monday greetings from Berlin, 3 hours', 'PT3H'],
    ["don't delete it on Friday, 5 more days", 'P5D'],
    ['the traces from 18 November, 2h', 'PT2H'],
    ['the prompts of 3 to 9 November, 2h', 'PT2H'],
    ['3 days from now on', 'P3D'],
    ['an app for us, hour and a half', 'PT1H30M'],
  ])('is none in "%s"', (text, iso) => {
    expect(read(text)).toEqual([iso, undefined])
  })

  test('is not joined across lines', () => {
    expect(read('- half past eight tomorrow morning\n- 2h')).toEqual(['PT2H', '2026-11-24T08:30:00.000Z'])
  })
})

describe('in other languages', () => {
  test.each([
    ['demain à 14h il me faut log retention pendant une heure', 'PT1H', '2026-11-24T14:00:00.000Z'],
    ['amanhã às 14h quero log retention por uma hora', 'PT1H', '2026-11-24T14:00:00.000Z'],
    ['mañana a las 14h necesito log retention durante una hora', 'PT1H', '2026-11-24T14:00:00.000Z'],
    ['quero log retention por 14h', 'PT14H', undefined],
    ["autorise mon adresse 203.0.113.58 jusqu'à 18h", 'PT8H', undefined],
  ])('"%s" tells an hour of the day from a length, and no day that only English knows', (text, iso, start) => {
    expect(read(text)).toEqual([iso, start])
  })
})
