import { openQuestions } from '../../request/discuss.ts'
import type { AccessRequest } from '../../request/request.ts'
import { eachInTurn } from './each-in-turn.ts'
import type { Edges } from '../ports/ports.ts'
import { post, type Posted } from './post.ts'
import { questionId } from '../record/record-id.ts'
import { questionView } from './show.ts'

/** A new card for each question that waits; one that is answered, or that nobody waits for any more, is closed. */
export async function showQuestions(edges: Edges, request: AccessRequest): Promise<Posted> {
  const { id, requester } = request.submission
  const open = openQuestions(request)
  let outcome: Posted = 'superseded'
  await eachInTurn([...request.questions.entries()], async ([index, question]) => {
    const record = questionId(id, index)
    const card = (await edges.chats.sent(record, 'question')).find(({ live }) => live)
    const waits = open.includes(question)
    // Nothing on an open card changes, so one that stands is left alone.
    if (waits === (card !== undefined)) return
    const view = await questionView(edges, request, index)
    if (card === undefined) {
      outcome = await post(edges, requester, view, { record, role: 'question', revision: question.revision })
    } else {
      await edges.conversation.edit(card, view, await edges.chats.viewer(requester))
      await edges.chats.retire(card)
      outcome = 'sent'
    }
  })
  return outcome
}

/** Whoever's stage has gone on without the answer has nothing to do with it any more. */
export async function tellAnswered(edges: Edges, request: AccessRequest, index: number): Promise<Posted> {
  const question = request.questions[index]
  const { requester, name } = request.submission
  if (question === undefined || question.revision !== request.revision) return 'superseded'
  const person = await edges.tenant.person(requester)
  return post(edges, question.by, { view: 'answered', requester: person?.name ?? '', entitlement: name })
}
