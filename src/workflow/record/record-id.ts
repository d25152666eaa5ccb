import { randomUUID } from 'node:crypto'
import { EntitlementId } from '../../entitlement/entry.ts'
import { RequestId } from '../../request/events.ts'

/** `draft_` and a GUID; the request that it becomes carries the same GUID, so one form can only ever become one request. */
export const newDraftId = (): string => `draft_${randomUUID()}`

export const requestOf = (draft: string): RequestId => RequestId.parse(draft.replace(/^draft_/, 'req_'))

export const draftOf = (request: RequestId): string => request.replace(/^req_/, 'draft_')

/** `question_`, the request's GUID and which of its questions, counted from 0. */
export const questionId = (request: RequestId, question: number): string =>
  `${request.replace(/^req_/, 'question_')}_${question}`

/** Which question of which request a card's data names; undefined for anything else. */
export function questionNamed(record: string): { readonly id: RequestId; readonly question: number } | undefined {
  const [, guid, number] = /^question_([\da-f-]{36})_(\d{1,4})$/.exec(record) ?? []
  const id = guid === undefined ? undefined : requestNamed(`req_${guid}`)
  return id === undefined ? undefined : { id, question: Number(number) }
}

/** Whether a card's data names a request; undefined for a draft, or for anything that we never wrote. */
export const requestNamed = (record: string): RequestId | undefined => RequestId.safeParse(record).data

/** The card that searches the catalogue; the same for everybody. */
export const findRecord = 'find'

/** A row of the catalogue, as a card's data names it: a tap on it makes a form. */
export const entryRecord = (entitlement: EntitlementId): string => `entry_${entitlement}`

export const entryNamed = (record: string): EntitlementId | undefined =>
  record.startsWith('entry_') ? EntitlementId.safeParse(record.slice('entry_'.length)).data : undefined
