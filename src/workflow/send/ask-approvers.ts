import type { Person, PersonId } from '../../people.ts'
import { claimOf } from '../../request/discuss.ts'
import type { Owed } from '../../request/effects.ts'
import { type AccessRequest, openStage } from '../../request/request.ts'
import { eachInTurn } from './each-in-turn.ts'
import type { Edges } from '../ports/ports.ts'
import { post, type Posted, showOrPost } from './post.ts'
import { approvalView } from './show.ts'
import { type StagesNow, stagesNow } from '../record/stages-now.ts'
import type { View } from '../ports/views.ts'

/** Who is shown a request: whoever may decide it now, and whoever has a card of it that must keep telling the truth. */
export async function oweApprovalCards(edges: Edges, request: AccessRequest): Promise<readonly Owed[]> {
  const { id } = request.submission
  const holders = (await edges.chats.sent(id, 'approval')).filter(({ live }) => live).map(({ person }) => person)
  const people = new Set([...holders, ...(await askedNow(edges, request))])
  return [...people].map((to) => ({ effect: 'approval-card', request: id, to }))
}

const askedNow = async (edges: Edges, request: AccessRequest): Promise<readonly PersonId[]> =>
  openStage(request) === undefined ? [] : reached(await stagesNow(edges, request))

/** Who is asked and can be told so. Whoever has no chat with us is shown it when they open one. */
export const reached = ({ deciders, away }: StagesNow): readonly PersonId[] =>
  deciders.asked.filter((person) => !away.has(person))

/** Shows a stage to one who may decide it and has not seen it, and brings every other card they have to the truth. */
export async function showApproval(edges: Edges, request: AccessRequest, person: PersonId): Promise<Posted> {
  const { id } = request.submission
  const cards = (await edges.chats.sent(id, 'approval')).filter((each) => each.live && each.person === person)
  const now = await stagesNow(edges, request)
  const asked = openStage(request) !== undefined && now.deciders.asked.includes(person)
  const unseen = asked && cards.every(({ revision }) => revision !== request.revision)
  const requester = (await edges.tenant.person(request.submission.requester)) ?? departed(request)
  let outcome: Posted = 'superseded'
  await eachInTurn([...cards, ...(unseen ? [undefined] : [])], async (card) => {
    const view = await approvalView(edges, request, requester, person, now, card === undefined ? {} : { card })
    outcome = await showOrPost(edges, request, 'approval', person, view, card)
  })
  return outcome
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

export async function oweNudges(edges: Edges, request: AccessRequest): Promise<readonly Owed[]> {
  const { phase, submission } = request
  if (!('waiting' in phase)) return []
  const { deciders } = await stagesNow(edges, request)
  const claim = claimOf(request, deciders)
  const silent = claim === undefined ? deciders.asked : [claim.by]
  return silent.map((to) => ({ effect: 'approver-nudge', request: submission.id, to }))
}

/** Once each, for each revision: whoever decided or was relieved meanwhile is left alone. */
export async function nudge(edges: Edges, request: AccessRequest, person: PersonId): Promise<Posted> {
  const { phase, submission } = request
  if (!('waiting' in phase)) return 'superseded'
  const occasion = `nudge:${submission.id}:${request.revision}:${person}`
  if (await edges.chats.seen(occasion)) return 'superseded'
  const requester = (await edges.tenant.person(submission.requester)) ?? departed(request)
  const { since } = phase.waiting
  const view: View = { view: 'nudge', requester: requester.name, entitlement: submission.name, since }
  const outcome = await post(edges, person, view)
  // Remembered after it was sent, because a bot that dies in between must not leave an approver unasked.
  await edges.chats.firstTime(occasion, edges.now())
  return outcome
}
