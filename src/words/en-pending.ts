import type { PendingRow, PendingView } from '../workflow/views.ts'
import { count, moment, named, type Reader, span } from './reader.ts'

// What waits for the reader's decision.

export const nothingPending = (reader: Reader, { complete }: Pick<PendingView, 'complete'>): string =>
  ['Nothing waits for your decision.', ...incomplete(reader, complete)].join(' ')

export const pendingTitle = (reader: Reader, { rows, elsewhere }: Pick<PendingView, 'rows' | 'elsewhere'>): string => {
  const waiting = rows.length + elsewhere.length
  return waiting === 1 ? 'One request waits for you' : `${count(reader, waiting)} requests wait for you`
}

export const pendingWho = (reader: Reader, { requester, entitlement }: PendingRow): string =>
  `${named(reader, requester)}: ${named(reader, entitlement, 100)}`

export function pendingFacts(reader: Reader, { duration, closesAt, filedOutside }: PendingRow): string {
  const answerBy = `for ${span(reader, duration)}, answer by ${moment(reader, closesAt)}`
  return filedOutside ? `${answerBy} · filed in the portal` : answerBy
}

export const openLabel = 'Open'
export const openTip = (reader: Reader, row: PendingRow): string => `Show the request: ${pendingWho(reader, row)}`

/** Requests that have no card here, and why not. */
export const elsewhereTitle = 'Only in the portal, because our catalogue cannot say who decides them:'

export const elsewhereLine = (reader: Reader, each: PendingView['elsewhere'][number]): string =>
  `${named(reader, each.requester)}: ${named(reader, each.role, 100)}, since ${moment(reader, each.since)}`

export const moreRows = (reader: Reader, more: number): string =>
  `And ${count(reader, more)} more: write "pending" again once these are answered.`

export const incomplete = (_reader: Reader, complete: boolean): string[] =>
  complete ? [] : ['Entra could not be asked with your sign-in, so there may be more in the portal.']
