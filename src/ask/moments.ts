import { DateTime } from 'luxon'
import type { Stretch } from './ask.ts'

/** A date, a time of day or both, as the words give them; what they leave out is undefined. */
export interface Moment extends Stretch {
  readonly day?: DateTime
  readonly time?: { readonly hour: number; readonly minute: number; readonly half: boolean }
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
/** Short forms are words of their own, or of another language: only behind "on", "next" or "this" are they days. */
const weekday =
  '(?:(?:next |this |on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:next |this |on )(?:mon|tues?|wed|thu|thurs?|fri|sat|sun))'

const day = String.raw`(?:the )?(?:day after tomorrow|today|tonight|this (?:morning|afternoon|evening)|tomorrow(?: (?:morning|afternoon|evening))?|tmrw|tmr|${weekday}|\d{1,2}(?:st|nd|rd|th)? (?:of )?${monthName}|${monthName} \d{1,2}(?:st|nd|rd|th)?|\d{4}-\d{2}-\d{2})`
const clock = String.raw`(?:\d{1,2}[:.]\d{2} ?(?:am|pm)?|\d{1,2} ?(?:am|pm|h|o'clock)|half past (?:noon|midnight|\w{1,6})|noon|midday|midnight|eod|end of (?:the )?day|cob)`
const edge = String.raw`(?![\p{L}\p{N}])`

/** A moment's pattern without flags; `bare` allows an hour without minutes, which is one only in a place for a time. */
export const momentPattern = (bare: boolean): string => {
  const time = bare ? String.raw`(?:${clock}|\d{1,2})` : clock
  return String.raw`(?:(?:${day})(?:[ ,]{0,2}(?:at |from )?${time})?|${time}(?:h)?(?: (?:on )?(?:${day}))?)${edge}`
}

/** Reads what {@link momentPattern} matched. */
export function readMoment(text: string, from: number, now: DateTime): Moment {
  const dayText = new RegExp(`(?<![\\p{L}\\p{N}])${day}${edge}`, 'iu').exec(text)
  const rest = dayText === null ? text : text.replace(dayText[0], ' ')
  const time = readTime(rest, dayText?.[0] ?? '')
  const read = dayText === null ? undefined : readDay(dayText[0].toLowerCase(), now)
  return {
    from,
    to: from + text.length,
    ...(read === undefined ? {} : { day: read }),
    ...(time === undefined ? {} : { time }),
  }
}

function readDay(text: string, now: DateTime): DateTime | undefined {
  const today = now.startOf('day')
  if (/day after tomorrow/.test(text)) return today.plus({ days: 2 })
  if (/tomorrow|tmrw|tmr/.test(text)) return today.plus({ days: 1 })
  if (/today|tonight|this (?:morning|afternoon|evening)/.test(text)) return today
  const iso = /\d{4}-\d{2}-\d{2}/.exec(text)
  if (iso) return valid(DateTime.fromISO(iso[0], { zone: now.zone }))
  const month = months.findIndex((name) => new RegExp(`(?<![a-z])${name}`).test(text))
  const number = /\d{1,2}/.exec(text)
  if (month >= 0 && number) {
    const date = DateTime.fromObject({ year: now.year, month: month + 1, day: Number(number[0]) }, { zone: now.zone })
    return valid(date < today ? date.plus({ years: 1 }) : date)
  }
  const named = weekdays.findIndex((name) => new RegExp(`(?<![a-z])${name.slice(0, 3)}`).test(text))
  if (named < 0) return undefined
  // A weekday is the next one to come: on a Monday, "Monday" is a week ahead unless it says "this".
  const ahead = (named + 1 - today.weekday + 7) % 7
  return today.plus({ days: ahead === 0 && !text.includes('this') ? 7 : ahead })
}

const valid = (date: DateTime): DateTime | undefined => (date.isValid ? date : undefined)

function readTime(text: string, dayText: string): Moment['time'] {
  const words = text.toLowerCase()
  if (/noon|midday/.test(words)) return { hour: 12, minute: /half past/.test(words) ? 30 : 0, half: false }
  if (/midnight/.test(words)) return { hour: 0, minute: /half past/.test(words) ? 30 : 0, half: false }
  if (/eod|end of|cob/.test(words)) return { hour: 18, minute: 0, half: false }
  const match = /(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?/.exec(words)
  if (match === null) return undefined
  const [, hourText, minuteText, half] = match
  const hour = Number(hourText)
  const minute = Number(minuteText ?? 0)
  if (hour > 24 || minute > 59) return undefined
  const evening = /evening|tonight|afternoon/i.test(dayText) && hour < 12
  if (half === 'pm' || (half === undefined && evening)) return { hour: (hour % 12) + 12, minute, half: false }
  if (half === 'am') return { hour: hour % 12, minute, half: false }
  // "until 6" may mean either six; with minutes, or past twelve, the words are taken as a 24-hour clock.
  return { hour: hour % 24, minute, half: minuteText === undefined && hour <= 12 && hour > 0 }
}

/** The first instant after `after` that the moment can mean; undefined where it lies behind, or says neither day nor time. */
export function instantOf(moment: Moment, after: DateTime): DateTime | undefined {
  const { time } = moment
  if (moment.day !== undefined) {
    const base = time === undefined ? moment.day : moment.day.set({ hour: time.hour, minute: time.minute })
    // Midnight of a day, said as an end, is the one that closes it.
    const closing = time?.hour === 0 && time.minute === 0 && base <= after ? base.plus({ days: 1 }) : base
    return closing > after ? closing : undefined
  }
  if (time === undefined) return undefined
  const today = after.startOf('day')
  const hours = time.half ? [time.hour % 12, (time.hour % 12) + 12] : [time.hour]
  const options = [0, 1].flatMap((ahead) =>
    hours.map((hour) => today.plus({ days: ahead }).set({ hour, minute: time.minute })),
  )
  return options.find((option) => option > after)
}
