import type { PersonId } from '../../people.ts'
import type { Owed } from '../../request/effects.ts'
import { RequestId } from '../../request/events.ts'
import type { AccessRequest } from '../../request/request.ts'
import type { Edges } from '../ports/ports.ts'
import type { RefusedStream } from '../ports/memory.ts'
import { securitySet } from '../record/relation.ts'
import { post, type Posted } from './post.ts'

/** The catalogue's security people; nobody where it names none, or its group is gone. */
async function securityPeople({ tenant, catalogue }: Pick<Edges, 'tenant' | 'catalogue'>): Promise<PersonId[]> {
  const name = catalogue.approvers.get(securitySet)?.group
  const group = name === undefined ? undefined : await tenant.groupNamed(name)
  const members = group === undefined ? [] : await tenant.membersOf(group)
  return members.flatMap(({ id, enabled }) => (enabled ? [id] : []))
}

/** Logged for who watches the logs, and owed to each of the catalogue's security people. */
export async function oweDeviationNotices(edges: Edges, request: AccessRequest): Promise<readonly Owed[]> {
  const { id } = request.submission
  const entra = request.deviations.map((deviation) => deviation.entra)
  edges.log.error({ code: 'deviation', request: id, entra }, 'what Entra holds was not approved')
  return (await securityPeople(edges)).map((to) => ({ effect: 'deviation-notice', request: id, to }))
}

/** One message for each deviation, however often this is carried out. */
export async function tellDeviations(edges: Edges, request: AccessRequest, person: PersonId): Promise<Posted> {
  const { id, requester, name, duration } = request.submission
  const named = (await edges.tenant.person(requester))?.name ?? requester
  let outcome: Posted = 'superseded'
  for (const deviation of request.deviations) {
    const occasion = `deviation:${id}:${deviation.entra}:${deviation.duration}:${person}`
    if (await edges.chats.seen(occasion)) continue
    const view = { view: 'deviation-notice', request: id, requester: named, entitlement: name } as const
    outcome = await post(edges, person, { ...view, approved: duration, deviation })
    // Remembered after it was sent: a bot that dies in between must not leave security untold.
    await edges.chats.firstTime(occasion, edges.now())
  }
  return outcome
}

/**
 * A stream of the journal is not what was written: logged each time, and once in the journal and to security.
 * Whoever wanted something of it is told by what failed for them.
 */
export async function onRefusedStream(
  edges: Pick<Edges, 'journal' | 'chats' | 'outbox' | 'now' | 'log' | 'wake'>,
  { stream, version, wrong }: RefusedStream,
): Promise<void> {
  edges.log.error({ code: 'record-refused', stream, version, wrong }, 'the journal has what we did not write')
  const at = edges.now()
  if (!(await edges.chats.firstTime(`refused:${stream}:${version}`, at))) return
  const body = { stream, version, wrong }
  await edges.journal.note(
    'security:journal',
    { type: 'StreamRefused', at, body },
    { actor: 'latchkey', cause: `${stream}/${version}` },
  )
  const request = RequestId.safeParse(stream.slice('request:'.length)).data
  if (request === undefined) return
  await edges.outbox.owe(`refused:${stream}:${version}`, { effect: 'record-refused', request }, at)
  edges.wake()
}

export const oweRefusedNotices = async (edges: Edges, request: RequestId): Promise<readonly Owed[]> =>
  (await securityPeople(edges)).map((to) => ({ effect: 'record-refused-notice', request, to }))

export const tellRefused = (edges: Edges, request: RequestId, person: PersonId): Promise<Posted> =>
  post(edges, person, { view: 'record-refused-notice', request })
