import { discuss } from '../../request/discuss.ts'
import type { RequestId } from '../../request/events.ts'
import type { Refusal } from '../../request/refusal.ts'
import type { AccessRequest } from '../../request/request.ts'
import { refuse, type Result } from '../../result.ts'
import type { Tapped } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { wasShown } from '../send/post.ts'
import { broughtToNow, record } from '../record/record.ts'
import { stagesNow } from '../record/stages-now.ts'

type Outcome = Result<AccessRequest, Refusal>

/** Somebody who may decide asks the requester something, or says that they are looking at it. */
export async function askOrClaim(edges: Edges, tapped: Tapped, verb: 'ask' | 'claim', id: RequestId): Promise<Outcome> {
  const request = await broughtToNow(edges, id)
  if (request === undefined) return refuse({ kind: 'unknown-record' })
  const { requester } = request.submission
  const unheard = verb === 'ask' && (await edges.chats.reference(requester)) === undefined
  const { stages, deciders } = await stagesNow(edges, request)
  const tapper = {
    at: edges.now(),
    by: tapped.actor,
    revision: tapped.revision,
    decider: await edges.tenant.person(tapped.actor),
    stagesToday: stages,
    asked: deciders.asked,
    shown: await wasShown(edges, id, tapped.actor),
  }
  const question = tapped.inputs.question ?? ''
  return record(edges, id, becauseOf(tapped), (now) => {
    const came = discuss(now, verb === 'ask' ? { type: 'Ask', ...tapper, question } : { type: 'Claim', ...tapper })
    // Whoever may not ask is told that, and not whom the bot can reach.
    return came.ok && unheard ? refuse({ kind: 'requester-unreachable' }) : came
  })
}

/** The requester answers. @param question counts the request's questions from 0. */
export const answerQuestion = (edges: Edges, tapped: Tapped, id: RequestId, question: number): Promise<Outcome> =>
  record(edges, id, becauseOf(tapped), (now) =>
    discuss(now, {
      type: 'Answer',
      at: edges.now(),
      by: tapped.actor,
      question,
      revision: tapped.revision,
      answer: tapped.inputs.answer ?? '',
    }),
  )

const becauseOf = ({ actor, activity }: Tapped) => ({ actor, cause: activity })
