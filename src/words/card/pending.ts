import type { PendingRow, PendingView } from '../../workflow/ports/views.ts'
import { say, type Sentence } from '../language.ts'
import { count, moment, named, type Reader, span } from '../reader.ts'

// What waits for the reader's decision.

export const nothingPending = (reader: Reader, { complete }: Pick<PendingView, 'complete'>): string =>
  [
    say(reader, { en: 'Nothing waits for your decision.', de: 'Nichts wartet auf deine Entscheidung.' }),
    ...incomplete(reader, complete),
  ].join(' ')

export const pendingTitle = (reader: Reader, { rows, elsewhere }: Pick<PendingView, 'rows' | 'elsewhere'>): string => {
  const waiting = rows.length + elsewhere.length
  const many = count(reader, waiting)
  return waiting === 1
    ? say(reader, { en: 'One request waits for you', de: 'Eine Anforderung wartet auf dich' })
    : say(reader, { en: `${many} requests wait for you`, de: `${many} Anforderungen warten auf dich` })
}

export const pendingWho = (reader: Reader, { requester, entitlement }: PendingRow): string =>
  `${named(reader, requester)}: ${named(reader, entitlement, 100)}`

export function pendingFacts(reader: Reader, { duration, closesAt, filedOutside }: PendingRow): string {
  const [length, by] = [span(reader, duration), closesAt === null ? undefined : moment(reader, closesAt)]
  const answerBy =
    by === undefined
      ? say(reader, { en: `for ${length}`, de: `für ${length}` })
      : say(reader, { en: `for ${length}, answer by ${by}`, de: `für ${length}, Antwort bis ${by}` })
  const outside = say(reader, { en: 'filed in the portal', de: 'im Portal gestellt' })
  return filedOutside ? `${answerBy} · ${outside}` : answerBy
}

export const openLabel: Sentence = { en: 'Open', de: 'Öffnen' }
export const openTip = (reader: Reader, row: PendingRow): string => {
  const who = pendingWho(reader, row)
  return say(reader, { en: `Show the request: ${who}`, de: `Anforderung zeigen: ${who}` })
}

/** Requests that have no card here, and why not. */
export const elsewhereTitle: Sentence = {
  en: 'Only in the portal, because our catalogue cannot say who decides them:',
  de: 'Nur im Portal, weil unser Katalog nicht sagt, wer darüber entscheidet:',
}

export function elsewhereLine(reader: Reader, each: PendingView['elsewhere'][number]): string {
  const what = `${named(reader, each.requester)}: ${named(reader, each.role, 100)}`
  const since = moment(reader, each.since)
  return say(reader, { en: `${what}, since ${since}`, de: `${what}, seit ${since}` })
}

export function moreRows(reader: Reader, more: number): string {
  const left = count(reader, more)
  return say(reader, {
    en: `And ${left} more: write "pending" again once these are answered.`,
    de: `Und ${left} weitere: Schreib noch einmal „was wartet auf mich“, sobald diese beantwortet sind.`,
  })
}

export const incomplete = (reader: Reader, complete: boolean): string[] =>
  complete
    ? []
    : [
        say(reader, {
          en: 'Not everything could be read with your sign-in just now, so more may be waiting in the portal.',
          de: 'Gerade ließ sich mit deiner Anmeldung nicht alles lesen; im Portal kann also noch mehr warten.',
        }),
      ]
