import { randomUUID } from 'node:crypto'
import { everybodyOf } from '../../approval/stage.ts'
import type { PersonId } from '../../people.ts'
import type { RequestId } from '../../request/events.ts'
import type { Refusal } from '../../request/refusal.ts'
import type { AccessRequest } from '../../request/request.ts'
import type { Result } from '../../result.ts'
import type { TapAnswer, Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { showLate } from './late-answer.ts'
import { loadRequest } from '../record/record.ts'
import { entryNamed, findRecord, questionNamed, requestNamed } from '../record/record-id.ts'
import { approvalView, endingView, namesOf, peopleIn, questionView, statusView } from '../send/show.ts'
import { stagesNow } from '../record/stages-now.ts'
import { castDecision } from './tap-decide.ts'
import { answerQuestion, askOrClaim } from './tap-discuss.ts'
import { discardDraft, type DraftTap, submitDraft } from './tap-draft.ts'
import { actOnOwn } from './tap-own-request.ts'
import { openFind, openFound } from './tap-find.ts'
import { openDraft, openRow } from './tap-open.ts'
import { failureIn } from '../send/try-again.ts'
import type { View } from '../ports/views.ts'

/** Refusals that say somebody reached for what is not theirs: those are kept for the security reader. */
const worthKeeping = new Set<Refusal['kind']>([
  'not-yours',
  'own-request',
  'may-not-decide',
  'unknown-record',
  'old-card',
  'differs-in-entra',
  'portal-only',
  'guests-may-not-ask',
])

/** A person's tap: decide, and act with that person's token inside the tap. */
export async function tap(edges: Edges, tapped: Tapped, late: AbortSignal): Promise<TapAnswer> {
  const answer = await answerTo(edges, tapped)
  if (answer.answer === 'refused' && worthKeeping.has(answer.refusal.kind)) {
    await keepRefusal(edges, tapped, answer.refusal)
  }
  if (late.aborted) await showLate(edges, tapped, answer)
  return answer
}

async function answerTo(edges: Edges, tapped: Tapped): Promise<TapAnswer> {
  try {
    const question = questionNamed(tapped.record)
    if (question !== undefined) return await onQuestion(edges, tapped, question)
    const id = requestNamed(tapped.record)
    return id === undefined ? await onDraft(edges, tapped) : await onRequest(edges, tapped, id)
  } catch (error) {
    const reference = randomUUID().slice(0, 8)
    const { verb, record } = tapped
    edges.log.error({ reference, verb, record, error: String(error) }, 'a tap could not be carried out')
    return refused(edges, tapped, refusalFor(error, reference))
  }
}

/** Whose fault it was. */
function refusalFor(error: unknown, reference: string): Refusal {
  switch (failureIn(error)?.failed) {
    case 'tenant':
      return { kind: 'tenant-silent' }
    case 'record':
      return { kind: 'record-refused' }
    case 'memory':
      return { kind: 'memory-silent' }
    default:
      return { kind: 'own-fault', reference }
  }
}

async function onDraft(edges: Edges, tapped: Tapped): Promise<TapAnswer> {
  if (tapped.verb === 'open') {
    const opened = await openRecord(edges, tapped)
    return opened.ok ? card(edges, tapped, opened.value) : refused(edges, tapped, opened.refusal)
  }
  if (tapped.verb !== 'submit' && tapped.verb !== 'discard') return refused(edges, tapped, { kind: 'unknown-record' })
  const came: DraftTap = tapped.verb === 'submit' ? await submitDraft(edges, tapped) : await discardDraft(edges, tapped)
  switch (came.became) {
    case 'refused':
      return refused(edges, tapped, came.refusal)
    case 'view':
      return came.refusal === undefined
        ? card(edges, tapped, came.view)
        : refused(edges, tapped, came.refusal, came.view)
    case 'request':
      return onOwn(edges, tapped, came.request, came.refusal)
    default:
      return came satisfies never
  }
}

function openRecord(edges: Edges, tapped: Tapped): Promise<Result<View, Refusal>> {
  if (tapped.record === findRecord) return openFind(edges, tapped)
  const entry = entryNamed(tapped.record)
  return entry === undefined ? openDraft(edges, tapped) : openFound(edges, tapped, entry)
}

async function onRequest(edges: Edges, tapped: Tapped, id: RequestId): Promise<TapAnswer> {
  switch (tapped.verb) {
    case 'approve':
    case 'approve-shorter':
      return onApproval(edges, tapped, id, await castDecision(edges, tapped, 'approve', id))
    case 'deny':
      return onApproval(edges, tapped, id, await castDecision(edges, tapped, 'deny', id))
    case 'ask':
    case 'claim':
      return onApproval(edges, tapped, id, await askOrClaim(edges, tapped, tapped.verb, id))
    case 'submit':
    case 'activate':
    case 'withdraw':
    case 'end':
    case 'check':
    case 'let-end': {
      const came = await actOnOwn(edges, tapped, tapped.verb, id)
      if (came.ok) return onOwn(edges, tapped, came.value)
      const request = await loadRequest(edges, id)
      return request?.submission.requester === tapped.actor
        ? onOwn(edges, tapped, request, came.refusal)
        : refused(edges, tapped, came.refusal)
    }
    case 'open': {
      const list = await openRow(edges, tapped, id)
      return list.ok ? card(edges, tapped, list.value) : refused(edges, tapped, list.refusal)
    }
    case 'discard':
      return refused(edges, tapped, { kind: 'draft-closed' })
    case 'answer':
      return refused(edges, tapped, { kind: 'unknown-record' })
    default:
      return tapped.verb satisfies never
  }
}

/** The requester's own card: the one of the request, or the one that told of the end, whichever was tapped. */
async function onOwn(edges: Edges, tapped: Tapped, request: AccessRequest, refusal?: Refusal): Promise<TapAnswer> {
  const sent = await edges.chats.sent(request.submission.id, 'ending')
  const ending = sent.some((each) => each.activity === tapped.card && each.conversation === tapped.conversation)
  const view = ending
    ? endingView(edges, request)
    : await statusView(edges, request, refusal === undefined ? {} : { refused: refusal })
  return refusal === undefined ? card(edges, tapped, view) : refused(edges, tapped, refusal, view)
}

/** The requester's card with a question; whoever else taps on it sees nothing of it. */
async function onQuestion(
  edges: Edges,
  tapped: Tapped,
  { id, question }: { readonly id: RequestId; readonly question: number },
): Promise<TapAnswer> {
  if (tapped.verb !== 'answer') return refused(edges, tapped, { kind: 'unknown-record' })
  const came = await answerQuestion(edges, tapped, id, question)
  if (came.ok) return card(edges, tapped, await questionView(edges, came.value, question))
  const request = await loadRequest(edges, id)
  return request?.submission.requester === tapped.actor && request.questions[question] !== undefined
    ? refused(edges, tapped, came.refusal, await questionView(edges, request, question, came.refusal))
    : refused(edges, tapped, came.refusal)
}

/** The approver's card as it stands after what they did, or with why that was not carried out. */
async function onApproval(
  edges: Edges,
  tapped: Tapped,
  id: RequestId,
  came: Result<AccessRequest, Refusal>,
): Promise<TapAnswer> {
  return came.ok
    ? card(edges, tapped, await approval(edges, came.value, tapped))
    : refusedDecision(edges, tapped, id, came.refusal)
}

/** Somebody of the stages sees the card as it stands; anybody else only the sentence, and nothing about the request. */
async function refusedDecision(edges: Edges, tapped: Tapped, id: RequestId, refusal: Refusal): Promise<TapAnswer> {
  const request = await loadRequest(edges, id)
  const theirs =
    request !== undefined &&
    request.submission.requester !== tapped.actor &&
    request.stages.some((stage) => everybodyOf(stage).includes(tapped.actor))
  if (!theirs || refusal.kind === 'may-not-decide') return refused(edges, tapped, refusal)
  return refused(edges, tapped, refusal, await approval(edges, request, tapped, refusal))
}

async function approval(edges: Edges, request: AccessRequest, tapped: Tapped, refusal?: Refusal): Promise<View> {
  const requester = await edges.tenant.person(request.submission.requester)
  if (requester === undefined) throw new Error(`the requester of ${request.submission.id} is not in the directory`)
  const sent = await edges.chats.sent(request.submission.id, 'approval')
  const shown = sent.find((each) => each.activity === tapped.card && each.conversation === tapped.conversation)
  return approvalView(edges, request, requester, tapped.actor, await stagesNow(edges, request), {
    ...(shown === undefined ? {} : { card: shown }),
    ...(refusal === undefined ? {} : { refused: refusal }),
  })
}

async function card(edges: Edges, tapped: Tapped, view: View): Promise<TapAnswer> {
  return { answer: 'card', view, viewer: await edges.chats.viewer(tapped.actor) }
}

async function refused(edges: Edges, tapped: Tapped, refusal: Refusal, view?: View): Promise<TapAnswer> {
  const told = { refusal, names: await namesSpokenOf(edges, refusal), viewer: await edges.chats.viewer(tapped.actor) }
  return view === undefined ? { answer: 'refused', ...told } : { answer: 'refused', ...told, view }
}

async function namesSpokenOf(edges: Edges, refusal: Refusal): Promise<ReadonlyMap<string, string>> {
  const ids: readonly PersonId[] = peopleIn(refusal)
  try {
    return await namesOf(edges, ids)
  } catch {
    // A refusal must reach the person even while the directory is silent; it then speaks of "somebody".
    return new Map()
  }
}

async function keepRefusal(edges: Edges, tapped: Tapped, refusal: Refusal): Promise<void> {
  await edges.journal.note(
    `person:${tapped.actor}`,
    {
      type: 'TapRefused',
      at: edges.now(),
      body: { verb: tapped.verb, record: tapped.record.slice(0, 80), why: refusal.kind },
    },
    { actor: tapped.actor, cause: tapped.activity },
  )
}
