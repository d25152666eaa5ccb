import type { PersonId } from '../people.ts'
import type { RequestId } from '../request/events.ts'
import type { Refusal } from '../request/refusal.ts'
import type { AccessRequest } from '../request/request.ts'
import { addTime, milliseconds } from '../time.ts'
import type { TapAnswer, Tapped } from './incoming.ts'
import type { Edges } from './ports.ts'
import { loadRequest } from './record.ts'
import { requestNamed } from './record-id.ts'
import { approvalView, statusView } from './show.ts'
import { castDecision } from './tap-decide.ts'
import { discardDraft, type DraftTap, submitDraft } from './tap-draft.ts'
import { actOnOwn } from './tap-holder.ts'
import type { View } from './views.ts'

/** How long a tap may be at work before others may take its place. Real clock; a call to Graph gives up well before. */
const lease = milliseconds(60_000)

/** Refusals that say somebody reached for what is not theirs: those are kept for the security reader. */
const worthKeeping = new Set<Refusal['kind']>([
  'not-yours',
  'own-request',
  'may-not-decide',
  'unknown-record',
  'differs-in-entra',
  'portal-only',
  'guests-may-not-ask',
])

/** A person's tap: decide, and act with that person's token inside the tap. */
export async function tap(edges: Edges, tapped: Tapped, late: AbortSignal): Promise<TapAnswer> {
  const answer = await answerTo(edges, tapped)
  if (answer.answer === 'refused' && worthKeeping.has(answer.refusal.kind))
    await keepRefusal(edges, tapped, answer.refusal)
  if (late.aborted) await showLate(edges, tapped, answer)
  return answer
}

async function answerTo(edges: Edges, tapped: Tapped): Promise<TapAnswer> {
  try {
    const id = requestNamed(tapped.record)
    return id === undefined ? await onDraft(edges, tapped) : await onRequest(edges, tapped, id)
  } catch (error) {
    edges.log.error(
      { verb: tapped.verb, record: tapped.record, error: String(error) },
      'a tap could not be carried out',
    )
    return refused(edges, tapped, { kind: 'tenant-silent' })
  }
}

async function onDraft(edges: Edges, tapped: Tapped): Promise<TapAnswer> {
  const leaseUntil = addTime(edges.realNow(), lease)
  if (tapped.verb !== 'submit' && tapped.verb !== 'discard') return refused(edges, tapped, { kind: 'unknown-record' })
  const came: DraftTap =
    tapped.verb === 'submit' ? await submitDraft(edges, tapped, leaseUntil) : await discardDraft(edges, tapped)
  switch (came.became) {
    case 'refused':
      return refused(edges, tapped, came.refusal)
    case 'view':
      return came.refusal === undefined
        ? card(edges, tapped, came.view)
        : refused(edges, tapped, came.refusal, came.view)
    case 'request': {
      const view = await statusView(edges, came.request)
      return came.refusal === undefined ? card(edges, tapped, view) : refused(edges, tapped, came.refusal, view)
    }
    default:
      return came satisfies never
  }
}

async function onRequest(edges: Edges, tapped: Tapped, id: RequestId): Promise<TapAnswer> {
  const leaseUntil = addTime(edges.realNow(), lease)
  switch (tapped.verb) {
    case 'approve':
    case 'deny': {
      const came = await castDecision(edges, tapped, tapped.verb, id, leaseUntil)
      if (came.ok) return card(edges, tapped, await approval(edges, came.value, tapped.actor))
      return refusedDecision(edges, tapped, id, came.refusal)
    }
    case 'submit':
    case 'withdraw':
    case 'end':
    case 'check': {
      const came = await actOnOwn(edges, tapped, tapped.verb, id, leaseUntil)
      if (came.ok) return card(edges, tapped, await statusView(edges, came.value, edges.now()))
      const request = await loadRequest(edges, id)
      const own = request?.submission.requester === tapped.actor ? request : undefined
      return refused(edges, tapped, came.refusal, own === undefined ? undefined : await statusView(edges, own))
    }
    case 'discard':
      return refused(edges, tapped, { kind: 'draft-closed' })
    default:
      return tapped.verb satisfies never
  }
}

/** Somebody of the stage sees the card as it stands; anybody else only the sentence, and nothing about the request. */
async function refusedDecision(edges: Edges, tapped: Tapped, id: RequestId, refusal: Refusal): Promise<TapAnswer> {
  const request = await loadRequest(edges, id)
  const outsider = ['unknown-record', 'own-request', 'may-not-decide'].includes(refusal.kind)
  if (request === undefined || outsider) return refused(edges, tapped, refusal)
  return refused(edges, tapped, refusal, await approval(edges, request, tapped.actor, refusal))
}

async function approval(edges: Edges, request: AccessRequest, reader: PersonId, refusal?: Refusal): Promise<View> {
  const requester = await edges.tenant.person(request.submission.requester)
  if (requester === undefined) throw new Error(`the requester of ${request.submission.id} is not in the directory`)
  return approvalView(edges, request, requester, reader, refusal)
}

async function card(edges: Edges, tapped: Tapped, view: View): Promise<TapAnswer> {
  return { answer: 'card', view, viewer: await edges.chats.viewer(tapped.actor) }
}

async function refused(edges: Edges, tapped: Tapped, refusal: Refusal, view?: View): Promise<TapAnswer> {
  const told = { refusal, names: await namesSpokenOf(edges, refusal), viewer: await edges.chats.viewer(tapped.actor) }
  return view === undefined ? { answer: 'refused', ...told } : { answer: 'refused', ...told, view }
}

async function namesSpokenOf(edges: Edges, refusal: Refusal): Promise<ReadonlyMap<string, string>> {
  const ids = refusal.kind === 'being-decided' ? [refusal.by] : peopleRuledOut(refusal)
  try {
    const people = await Promise.all(ids.map((id) => edges.tenant.person(id)))
    return new Map(people.flatMap((person) => (person === undefined ? [] : [[person.id as string, person.name]])))
  } catch {
    // A refusal must reach the person even while the directory is silent; it then speaks of "somebody".
    return new Map()
  }
}

const peopleRuledOut = (refusal: Refusal): readonly PersonId[] =>
  refusal.kind === 'not-requestable' && refusal.why.kind === 'nobody-may-decide'
    ? refusal.why.each.map(({ person }) => person)
    : []

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

/** The invoke was answered with "working on it": only an edit still reaches the person. */
async function showLate(edges: Edges, tapped: Tapped, answer: TapAnswer): Promise<void> {
  const { view } = answer
  const sent = (await edges.chats.sent(tapped.record)).find(
    (each) => each.activity === tapped.card && each.person === tapped.actor,
  )
  if (view === undefined || sent === undefined) return
  try {
    await edges.conversation.edit(sent, view, answer.viewer)
  } catch (error) {
    edges.log.warn({ record: tapped.record, error: String(error) }, 'a late answer could not be shown')
  }
}
