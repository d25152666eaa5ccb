/** Number of the shape in which events of requests are written. What was written in an older one is read as in this one. */
export const requestSchema = 2

/** An event as it lies in the journal: `body` is plain JSON. */
export interface StoredEvent {
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What each older shape needs to become the next, by its own number. Nothing stored is ever changed. */
const steps: Readonly<Record<number, (event: StoredEvent) => StoredEvent>> = { 1: toSchema2 }

/**
 * Brings an event up to the shape of this version.
 * @throws {NewerSchema} for one that a newer version wrote
 */
export function upcast(schema: number, event: StoredEvent): StoredEvent {
  if (schema > requestSchema) throw new NewerSchema(schema)
  let known = event
  for (let number = schema; number < requestSchema; number += 1) {
    const step = steps[number]
    if (step === undefined) throw new RangeError(`no event was ever written in schema ${number}`)
    known = step(known)
  }
  return known
}

/** Written by a newer version than this one: another process may be able to read it, as this one will when it is newer. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema'

  constructor(schema: number, known = requestSchema) {
    super(`schema ${schema} is newer than ${known}, which this version reads`)
  }
}

// ---- 1 → 2: the words of one service become those of all ------------------------------------------------------------

/** PIM's words for a status, as schema 1 kept them. Every other one was taken for waiting. */
const stood: Readonly<Record<string, string>> = {
  Granted: 'granting',
  Provisioned: 'granting',
  ScheduleCreated: 'granting',
  PendingProvisioning: 'granting',
  PendingScheduleCreation: 'granting',
  Denied: 'denied',
  Canceled: 'cancelled',
  Failed: 'failed',
  Revoked: 'failed',
  TimedOut: 'failed',
}

function toSchema2({ type, body }: StoredEvent): StoredEvent {
  switch (type) {
    case 'RequestSubmitted':
      return { type, body: renamed(withTarget(body)) }
    case 'RequestFound':
      return { type: 'FiledOutside', body: renamed(withTarget(body)) }
    case 'FilingObserved': {
      const { status, ...rest } = body
      const said = String(status)
      return { type, body: renamed({ ...rest, said, stands: stood[said] ?? 'waiting' }) }
    }
    case 'RequestFailed': {
      const { status, ...rest } = body
      return { type, body: { ...rest, said: status } }
    }
    case 'EndAnnounced':
      return { type: 'EndReminded', body }
    default:
      return { type, body }
  }
}

function withTarget(body: StoredEvent['body']): StoredEvent['body'] {
  const { target } = body
  if (typeof target !== 'object' || target === null || !('roleDefinitionId' in target)) return body
  const { roleDefinitionId: role, ...rest } = target
  return { ...body, target: { ...rest, role } }
}

function renamed(body: StoredEvent['body']): StoredEvent['body'] {
  const { entraRequest, lapsesAt, ...rest } = body
  return {
    ...rest,
    ...(entraRequest === undefined ? {} : { nativeRequest: entraRequest }),
    ...(lapsesAt === undefined ? {} : { closesAt: lapsesAt }),
  }
}
