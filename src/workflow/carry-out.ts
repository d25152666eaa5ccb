import type { Owed } from '../request/effects.ts'
import type { AccessRequest } from '../request/request.ts'
import { addTime, milliseconds } from '../time.ts'
import type { Edges, OwedRow, SentCard } from './ports.ts'
import { loadRequest } from './record.ts'
import { draftOf } from './record-id.ts'
import { approvalView, decidersToday, statusView } from './show.ts'
import type { NoticeView, View, Viewer } from './views.ts'
import type { PersonId } from '../people.ts'

/** Real clock: long enough for one send with its time-outs, short enough that a killed process costs nobody a wait. */
const lease = milliseconds(20_000)

type Outcome = 'sent' | 'unreachable' | 'superseded'

/**
 * Takes the bot's own effects that are due from the outbox and performs each. Every one shows what the journal says at
 * that moment, so performing it twice, late or out of order does no harm.
 * @returns how many were taken.
 */
export async function carryOut(edges: Edges): Promise<number> {
  // wake-ups through pg-boss will come to here; the sweep stays, because a wake-up may be lost.
  const rows = await edges.outbox.claim(edges.now(), 20, lease)
  await Promise.all(rows.map((row) => carryOutOne(edges, row)))
  return rows.length
}

async function carryOutOne(edges: Edges, row: OwedRow): Promise<void> {
  try {
    await edges.outbox.done(row.id, await perform(edges, row.owed))
  } catch (error) {
    const wait = waitAfter(error, row.attempts)
    edges.log.warn({ owed: row.id, attempts: row.attempts, wait, error: String(error) }, 'an owed message was not sent')
    await edges.outbox.failed(row.id, addTime(edges.realNow(), milliseconds(wait)), String(error))
  }
}

/** The connector's own Retry-After where it gave one; else twice as long each time, up to a minute. */
function waitAfter(error: unknown, attempts: number): number {
  const asked = error instanceof Error && 'retryAfter' in error ? error.retryAfter : undefined
  return typeof asked === 'number' ? asked : Math.min(60_000, 250 * 2 ** attempts)
}

async function perform(edges: Edges, owed: Owed): Promise<Outcome> {
  const request = await loadRequest(edges, owed.request)
  if (request === undefined) throw new Error(`an effect is owed for ${owed.request}, which has no events`)
  switch (owed.effect) {
    case 'status-card':
      return showStatus(edges, request)
    case 'approval-cards':
      return showApprovers(edges, request)
    case 'notice':
      return notify(edges, request, owed)
    default:
      return owed satisfies never
  }
}

async function showStatus(edges: Edges, request: AccessRequest): Promise<Outcome> {
  const { id, requester } = request.submission
  // The confirm card becomes the status card; done here too, for a process that died before it could.
  await edges.chats.adopt(draftOf(id), id)
  const [card] = (await edges.chats.sent(id, 'status')).filter((each) => each.live)
  return showOrPost(edges, id, 'status', requester, await statusView(edges, request), card)
}

async function showApprovers(edges: Edges, request: AccessRequest): Promise<Outcome> {
  const { id } = request.submission
  const requester = await edges.tenant.person(request.submission.requester)
  if (requester === undefined) throw new Error(`the requester of ${id} is not in the directory`)
  const sent = (await edges.chats.sent(id, 'approval')).filter((each) => each.live)
  for (const card of sent) {
    await showOrPost(
      edges,
      id,
      'approval',
      card.person,
      await approvalView(edges, request, requester, card.person),
      card,
    )
  }
  if (request.phase.status !== 'filed') return 'sent'
  const { asked } = await decidersToday(edges, request)
  let reached = sent.length
  for (const person of asked.filter((id) => !sent.some((card) => card.person === id))) {
    const view = await approvalView(edges, request, requester, person)
    if ((await showOrPost(edges, id, 'approval', person, view, undefined)) === 'sent') reached += 1
  }
  return reached > 0 ? 'sent' : 'unreachable'
}

/** Edits the card where it stands, or posts a new one where there is none, or where it can no longer be edited. */
async function showOrPost(
  edges: Edges,
  record: string,
  role: SentCard['role'],
  person: PersonId,
  view: View,
  card: SentCard | undefined,
): Promise<Outcome> {
  const viewer = await edges.chats.viewer(person)
  if (card !== undefined) {
    const edited = await edges.conversation.edit(card, view, viewer)
    if (edited === 'edited') return 'sent'
    await edges.chats.retire(card)
    if (edited === 'unreachable') return unreachable(edges, person)
  }
  return post(edges, person, view, viewer, { record, role })
}

async function post(
  edges: Edges,
  person: PersonId,
  view: View,
  viewer: Viewer,
  as?: { readonly record: string; readonly role: SentCard['role'] },
): Promise<Outcome> {
  const to = await edges.chats.reference(person)
  if (to === undefined) return 'unreachable'
  const posted = await edges.conversation.post(to, view, viewer)
  if (posted.came === 'unreachable') return unreachable(edges, person)
  if (as !== undefined) {
    const { conversation, serviceUrl } = to
    await edges.chats.recordSent({ ...as, person, conversation, serviceUrl, activity: posted.activity, live: true })
  }
  return 'sent'
}

async function unreachable(edges: Edges, person: PersonId): Promise<Outcome> {
  await edges.chats.forget(person)
  edges.log.warn({ person }, 'a person cannot be reached any more: the app is gone or the bot is blocked')
  return 'unreachable'
}

async function notify(
  edges: Edges,
  request: AccessRequest,
  owed: Extract<Owed, { effect: 'notice' }>,
): Promise<Outcome> {
  const { submission, phase, decisions } = request
  // A message about what is no longer so would only mislead.
  if (owed.about === 'active' && phase.status !== 'active') return 'superseded'
  const last = decisions.at(-1)
  const decider = last?.by === null || last === undefined ? undefined : await edges.tenant.person(last.by)
  const view: NoticeView = {
    view: 'notice',
    about: owed.about,
    entitlement: submission.name,
    until: phase.status === 'active' ? phase.until : null,
    by: decider?.name ?? null,
  }
  return post(edges, submission.requester, view, await edges.chats.viewer(submission.requester))
}
