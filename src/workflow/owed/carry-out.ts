import { type Owed, subjectOf } from '../../request/effects.ts'
import { type AccessRequest, endsInEntra } from '../../request/request.ts'
import { oweApprovalCards, oweNudges, nudge, showApproval } from '../send/ask-approvers.ts'
import { eachInTurn } from '../send/each-in-turn.ts'
import { answerOwed } from './owed-answer.ts'
import { showForm } from './owed-form.ts'
import type { Edges } from '../ports/ports.ts'
import type { OwedRow } from '../ports/memory.ts'
import { ChatMissing, post, type Posted, showOrPost, unreachable } from '../send/post.ts'
import { loadRequest } from '../record/record.ts'
import { draftOf } from '../record/record-id.ts'
import { endingView, statusView } from '../send/show.ts'
import { showQuestions, tellAnswered } from '../send/show-questions.ts'
import { stagesNow } from '../record/stages-now.ts'
import { oweDeviationNotices, oweRefusedNotices, tellDeviations, tellRefused } from '../send/tell-security.ts'
import { failureIn, Impossible, tryAgainAt } from '../send/try-again.ts'
import type { NoticeView, View } from '../ports/views.ts'
import { bringAbout } from './owed-clock.ts'

/** What became of a row, and what is owed after it: one person's part each of what goes to several. */
interface Done {
  readonly outcome: Posted
  readonly leadsTo?: readonly Owed[]
}

/**
 * Performs one of the bot's own effects. Every one shows what the journal says at that moment, so performing it twice,
 * late or out of order does no harm. What fails is tried again later, or given up.
 */
export async function carryOut(edges: Edges, row: OwedRow): Promise<void> {
  try {
    if (row.owed === undefined) throw new Error('this version cannot read what it owes')
    const { outcome, leadsTo } = await perform(edges, row.owed)
    await edges.outbox.done(row.id, outcome, leadsTo, edges.now())
  } catch (error) {
    await putOff(edges, row, error)
  }
}

async function putOff(edges: Edges, row: OwedRow, error: unknown): Promise<void> {
  if (error instanceof ChatMissing && row.attempts >= triesOfMissingChat) {
    const outcome = await unreachable(edges, error.chat)
    return edges.outbox.done(row.id, outcome, row.owed === undefined ? [] : askedInstead(row.owed), edges.now())
  }
  const why = String(error)
  const again = tryAgainAt(row, error, edges.realNow(), Math.random())
  const told = { owed: row.id, attempts: row.attempts, error: why }
  if (again === null) {
    edges.log.error(told, 'an owed message is given up: `npm run doctor` lists it')
    return edges.outbox.giveUp(row.id, why)
  }
  edges.log.warn({ ...told, again }, 'an owed message was not sent')
  // The connector counts what is sent to a chat, not what is sent again.
  const failure = failureIn(error)
  return edges.outbox.failed(row.id, again, why, failure?.failed === 'connector' && failure.wait !== null)
}

/** Some ten seconds' worth of tries. */
const triesOfMissingChat = 6

/** An approver turned out to be out of reach: the next ones are asked at once, and the requester's card says so. */
function askedInstead(owed: Owed): readonly Owed[] {
  if (owed.effect !== 'approval-card' && owed.effect !== 'approver-nudge') return []
  const { request } = owed
  return [
    { effect: 'approval-cards', request },
    { effect: 'status-card', request },
  ]
}

async function perform(edges: Edges, owed: Owed): Promise<Done> {
  if (owed.effect === 'record-refused')
    return { outcome: 'sent', leadsTo: await oweRefusedNotices(edges, owed.request) }
  if (owed.effect === 'record-refused-notice') return { outcome: await tellRefused(edges, owed.request, owed.to) }
  if (owed.effect === 'answer') return { outcome: await answerOwed(edges, owed) }
  if (owed.effect === 'form') return { outcome: await showForm(edges, owed) }
  const subject = subjectOf(owed)
  if (subject.about !== 'request') throw new Impossible(`nobody here knows what to do about a ${subject.about}`)
  const request = await loadRequest(edges, subject.request)
  if (request === undefined) throw new Impossible(`an effect is owed for ${subject.request}, which has no events`)
  switch (owed.effect) {
    case 'approval-cards':
      return { outcome: 'sent', leadsTo: await oweApprovalCards(edges, request) }
    case 'nudge':
      return { outcome: 'sent', leadsTo: await oweNudges(edges, request) }
    case 'clock':
      return { outcome: await bringAbout(edges, request) }
    case 'security-notice':
      return { outcome: 'sent', leadsTo: await oweDeviationNotices(edges, request) }
    case 'approval-card':
    case 'approver-nudge': {
      const had = (await edges.chats.reference(owed.to)) !== undefined
      const outcome = await send(edges, request, owed)
      return { outcome, leadsTo: had && outcome === 'unreachable' ? askedInstead(owed) : [] }
    }
    default:
      return { outcome: await send(edges, request, owed) }
  }
}

/** What goes to several people, or is about no request that can be read. */
type NotToOne =
  | 'answer'
  | 'form'
  | 'clock'
  | 'approval-cards'
  | 'nudge'
  | 'security-notice'
  | 'record-refused'
  | 'record-refused-notice'
type ToOne = Exclude<Owed, { effect: NotToOne }>

async function send(edges: Edges, request: AccessRequest, owed: ToOne): Promise<Posted> {
  switch (owed.effect) {
    case 'status-card':
      // Owed with the attempt, for when nothing comes of it: something came of it.
      return owed.ifInDoubt === true && request.doubt === undefined ? 'superseded' : showStatus(edges, request)
    case 'approval-card':
      return showApproval(edges, request, owed.to)
    case 'approver-nudge':
      return nudge(edges, request, owed.to)
    case 'deviation-notice':
      return tellDeviations(edges, request, owed.to)
    case 'question-cards':
      return showQuestions(edges, request)
    case 'answer-notice':
      return tellAnswered(edges, request, owed.question)
    case 'ending-card':
      return announceEnd(edges, request)
    case 'notice':
      return notify(edges, request, owed)
    default:
      return owed satisfies never
  }
}

async function showStatus(edges: Edges, request: AccessRequest): Promise<Posted> {
  const { id, requester } = request.submission
  // The confirm card becomes the status card; done here too, for a process that died before it could.
  await edges.chats.adopt(draftOf(id), id)
  const cards = (await edges.chats.sent(id)).filter((each) => each.live)
  const status = cards.find((each) => each.role === 'status')
  let outcome: Posted = 'superseded'
  await eachInTurn([...cards.filter((each) => each.role === 'ending'), status], async (card) => {
    if (card?.role === 'ending') {
      await edges.conversation.edit(card, endingView(edges, request), await edges.chats.viewer(requester))
    } else {
      outcome = await showOrPost(edges, request, 'status', requester, await statusNow(edges, request), card)
    }
  })
  return outcome
}

async function statusNow(edges: Edges, request: AccessRequest): Promise<View> {
  const { id } = request.submission
  const silent = (await edges.looks.of([id])).get(id)?.silent === true
  return silent
    ? statusView(withoutAnswers(edges), request)
    : statusView(edges, request, { today: await stagesNow(edges, request) })
}

/** A card that says that the tenant is silent must not wait for the tenant to name people on it. */
const withoutAnswers = (edges: Edges): Edges => ({
  ...edges,
  tenant: { ...edges.tenant, person: (id) => edges.tenant.person(id).catch(() => undefined) },
})

/** Checked again at the last moment: a reminder of the end of what is over would only alarm. */
async function announceEnd(edges: Edges, request: AccessRequest): Promise<Posted> {
  const { phase, submission } = request
  if (phase.status !== 'active' || phase.letEnd || request.endedByHolder !== undefined) return 'superseded'
  if (phase.until !== null && phase.until <= edges.now()) return 'superseded'
  return showOrPost(edges, request, 'ending', submission.beneficiary, endingView(edges, request), undefined)
}

/** Stages in chat that are done when the service's own turn comes, of all. */
const stepsDone = ({ stages }: AccessRequest) => ({
  approved: stages.filter((stage) => stage.by === 'chat').length,
  of: stages.length,
})

async function notify(
  edges: Edges,
  request: AccessRequest,
  owed: Extract<Owed, { effect: 'notice' }>,
): Promise<Posted> {
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
    ...(endsInEntra(request) ? { steps: stepsDone(request) } : {}),
    ...(phase.status === 'lapsed' ? { waitedFor: phase.waitedFor } : {}),
    ...(request.shortened === undefined
      ? {}
      : { shortened: { asked: request.shortened.asked, to: submission.duration } }),
    by: decider?.name ?? null,
  }
  return post(edges, submission.requester, view)
}
