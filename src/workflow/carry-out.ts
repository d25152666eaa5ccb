import type { Person, PersonId } from '../people.ts'
import { claimOf } from '../request/discuss.ts'
import type { Owed } from '../request/effects.ts'
import { type AccessRequest, nativeStage, openStage } from '../request/request.ts'
import { addTime, milliseconds } from '../time.ts'
import type { Edges, OwedRow } from './ports.ts'
import { post, type Posted, showOrPost } from './post.ts'
import { loadRequest } from './record.ts'
import { draftOf } from './record-id.ts'
import { approvalView, endingView, statusView } from './show.ts'
import { showQuestions, tellAnswered } from './show-questions.ts'
import { today } from './stages-today.ts'
import type { NoticeView, View } from './views.ts'

/** Real clock: long enough for one send with its time-outs, short enough that a killed process costs nobody a wait. */
const lease = milliseconds(20_000)

type Outcome = Posted

/**
 * Takes the bot's own effects that are due from the outbox and performs each. Every one shows what the journal says at
 * that moment, so performing it twice, late or out of order does no harm.
 * @returns how many were taken.
 */
export async function carryOut(edges: Edges): Promise<number> {
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

/** The service's own Retry-After where it gave one; else twice as long each time, up to a minute. */
function waitAfter(error: unknown, attempts: number): number {
  const asked = error instanceof Error && 'retryAfter' in error ? error.retryAfter : undefined
  return Math.max(250, typeof asked === 'number' ? asked : Math.min(60_000, 250 * 2 ** attempts))
}

async function perform(edges: Edges, owed: Owed): Promise<Outcome> {
  const request = await loadRequest(edges, owed.request)
  if (request === undefined) throw new Error(`an effect is owed for ${owed.request}, which has no events`)
  switch (owed.effect) {
    case 'status-card':
      // Owed with the attempt, for when nothing comes of it: something came of it.
      return owed.ifInDoubt === true && request.doubt === undefined ? 'superseded' : showStatus(edges, request)
    case 'approval-cards':
      return showApprovers(edges, request)
    case 'question-cards':
      return showQuestions(edges, request)
    case 'answer-notice':
      return tellAnswered(edges, request, owed.question)
    case 'nudge':
      return nudge(edges, request)
    case 'ending-card':
      return announceEnd(edges, request)
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
  const cards = (await edges.chats.sent(id)).filter((each) => each.live)
  for (const ending of cards.filter((each) => each.role === 'ending')) {
    await edges.conversation.edit(ending, endingView(edges, request), await edges.chats.viewer(requester))
  }
  const status = cards.find((each) => each.role === 'status')
  const silent = (await edges.looks.of([id])).get(id)?.silent === true
  const view = silent
    ? await statusView(withoutAnswers(edges), request)
    : await statusView(edges, request, { today: await today(edges, request) })
  return showOrPost(edges, request, 'status', requester, view, status)
}

/** A card that says that the tenant is silent must not wait for the tenant to name people on it. */
const withoutAnswers = (edges: Edges): Edges => ({
  ...edges,
  tenant: { ...edges.tenant, person: (id) => edges.tenant.person(id).catch(() => undefined) },
})

/** Shows a stage to whoever may decide it and has not seen it, and brings every other approver's card to the truth. */
async function showApprovers(edges: Edges, request: AccessRequest): Promise<Outcome> {
  const { id } = request.submission
  const requester = (await edges.tenant.person(request.submission.requester)) ?? departed(request)
  const now = await today(edges, request)
  const sent = (await edges.chats.sent(id, 'approval')).filter((each) => each.live)
  const seen = (person: PersonId) => sent.some((each) => each.person === person && each.revision === request.revision)
  const unseen = openStage(request) === undefined ? [] : now.deciders.asked.filter((person) => !seen(person))
  const shows = [
    ...sent.map((card) => ({ person: card.person, card })),
    ...unseen.map((person) => ({ person, card: undefined })),
  ]
  // One approver who cannot be written to must not keep the others waiting.
  const outcomes = await Promise.allSettled(
    shows.map(async ({ person, card }) => {
      const view = await approvalView(edges, request, requester, person, now, card === undefined ? {} : { card })
      return showOrPost(edges, request, 'approval', person, view, card)
    }),
  )
  const failed = outcomes.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return outcomes.some((each) => each.status === 'fulfilled' && each.value === 'sent') ? 'sent' : 'unreachable'
}

/** Somebody who has left the directory still has requests whose cards must be closed. */
const departed = ({ submission }: AccessRequest): Person => ({
  id: submission.requester,
  name: submission.requester,
  title: null,
  userPrincipalName: submission.requester,
  guest: false,
  enabled: false,
})

async function nudge(edges: Edges, request: AccessRequest): Promise<Outcome> {
  const { phase, submission } = request
  if (!('waiting' in phase)) return 'superseded'
  const requester = (await edges.tenant.person(submission.requester)) ?? departed(request)
  const { deciders } = await today(edges, request)
  const { since } = phase.waiting
  const view: View = { view: 'nudge', requester: requester.name, entitlement: submission.name, since }
  const claim = claimOf(request, deciders)
  const silent = claim === undefined ? deciders.asked : [claim.by]
  const outcomes = await Promise.allSettled(
    silent.map(async (person): Promise<Outcome> => {
      // Once each: what failed for one is not said again to the others. Remembered after it was sent, because a bot
      // that dies in between must not leave an approver unasked.
      const occasion = `nudge:${submission.id}:${request.revision}:${person}`
      if (await edges.chats.seen(occasion)) return 'superseded'
      const outcome = await post(edges, person, view)
      await edges.chats.firstTime(occasion, edges.now())
      return outcome
    }),
  )
  const failed = outcomes.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return outcomes.some((each) => each.status === 'fulfilled' && each.value === 'sent') ? 'sent' : 'unreachable'
}

/** Checked again at the last moment: a reminder of the end of what is over would only alarm. */
async function announceEnd(edges: Edges, request: AccessRequest): Promise<Outcome> {
  const { phase, submission } = request
  if (phase.status !== 'active' || phase.letEnd || request.endedByHolder === true) return 'superseded'
  if (phase.until !== null && phase.until <= edges.now()) return 'superseded'
  return showOrPost(edges, request, 'ending', submission.beneficiary, endingView(edges, request), undefined)
}

async function notify(
  edges: Edges,
  request: AccessRequest,
  owed: Extract<Owed, { effect: 'notice' }>,
): Promise<Outcome> {
  const { submission, phase, decisions } = request
  // A message about what is no longer so would only mislead.
  if (owed.about === 'active' && phase.status !== 'active') return 'superseded'
  if (owed.about === 'ready' && phase.status !== 'ready-to-file') return 'superseded'
  const last = decisions.at(-1)
  const decider = last?.by === null || last === undefined ? undefined : await edges.tenant.person(last.by)
  const view: NoticeView = {
    view: 'notice',
    about: owed.about,
    entitlement: submission.name,
    until: phase.status === 'active' || phase.status === 'ready-to-file' ? phase.until : null,
    thenEntra: nativeStage(request) !== undefined,
    ...(phase.status === 'lapsed' ? { waitedFor: phase.waitedFor } : {}),
    ...(request.shortened === undefined
      ? {}
      : { shortened: { asked: request.shortened.asked, to: submission.duration } }),
    by: decider?.name ?? null,
  }
  return post(edges, submission.requester, view)
}

/** What a person who was out of reach has missed: every open request that asks them, or is theirs, is shown again. */
export async function catchUp(edges: Edges, person: PersonId): Promise<void> {
  const at = edges.now()
  for (const { id, requester } of await edges.requests.open(1_000)) {
    const request = await loadRequest(edges, id).catch(() => undefined)
    const asked = request?.stages.some((stage) =>
      [...stage.people, ...stage.backup, ...stage.lastResort].includes(person),
    )
    const occasion = `catch-up:${id}:${person}:${at.toISOString()}`
    if (asked === true) await edges.outbox.owe(`${occasion}:approval`, { effect: 'approval-cards', request: id }, at)
    if (requester !== person) continue
    await edges.outbox.owe(`${occasion}:status`, { effect: 'status-card', request: id }, at)
    await edges.outbox.owe(`${occasion}:questions`, { effect: 'question-cards', request: id }, at)
  }
  edges.wake()
}
