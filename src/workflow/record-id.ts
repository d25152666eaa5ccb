import { randomUUID } from 'node:crypto'
import { RequestId } from '../request/events.ts'

/** `draft_` and a GUID; the request that it becomes carries the same GUID, so one form can only ever become one request. */
export const newDraftId = (): string => `draft_${randomUUID()}`

export const requestOf = (draft: string): RequestId => RequestId.parse(draft.replace(/^draft_/, 'req_'))

export const draftOf = (request: RequestId): string => request.replace(/^req_/, 'draft_')

/** Whether a card's data names a request; undefined for a draft, or for anything that we never wrote. */
export const requestNamed = (record: string): RequestId | undefined => RequestId.safeParse(record).data
