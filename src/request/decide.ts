import { whyNotDecide } from '../approval/deciders.ts'
import type { Stage } from '../approval/stage.ts'
import type { Person, PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import { addTime, minutes } from '../time.ts'
import type { RequestEvent } from './events.ts'
import type { Refusal } from './refusal.ts'
import type { AccessRequest } from './request.ts'

/** Who taps, and when: `at` is product time; `realNow` and `leaseUntil` measure the tap itself. */
interface Tap {
  readonly at: Date
  readonly realNow: Date
  readonly leaseUntil: Date
  readonly by: PersonId
}

/** What a person wants of a request that stands. Each is only the attempt: what came of it is `came.ts`. */
export type Command =
  | ({ readonly type: 'File' } & Tap)
  | ({
      readonly type: 'Decide'
      readonly verdict: 'approve' | 'deny'
      readonly comment: string
      /** The decider as the directory shows them now, undefined when it knows nobody by that id. */
      readonly decider: Person | undefined
      /** The open stage as it would be planned today. */
      readonly stageNow: Stage
      readonly guestsMayDecide: boolean
    } & Tap)
  | ({ readonly type: 'Withdraw' } & Tap)
  | ({ readonly type: 'EndNow' } & Tap)

/** PIM refuses to end an activation that is younger. */
export const leastActive = minutes(5)

export function decide(request: AccessRequest, command: Command): Result<readonly RequestEvent[], Refusal> {
  switch (command.type) {
    case 'File':
      return fileIt(request, command)
    case 'Decide':
      return decideIt(request, command)
    case 'Withdraw':
      return withdraw(request, command)
    case 'EndNow':
      return endNow(request, command)
    default:
      return command satisfies never
  }
}

const attempt = ({ at, by, leaseUntil }: Tap) => ({ at, by, leaseUntil })

/** A call of ours may still be under way, or its answer is lost: look before anything else is sent. */
const inDoubt = (request: AccessRequest): Result<never, Refusal> | undefined =>
  request.doubt === undefined ? undefined : refuse({ kind: 'in-doubt', about: request.doubt.about })

function fileIt(request: AccessRequest, command: Extract<Command, { type: 'File' }>): Result<RequestEvent[], Refusal> {
  if (command.by !== request.submission.requester) return refuse({ kind: 'not-yours' })
  if (request.phase.status !== 'ready-to-file') return refuse({ kind: 'settled', status: request.phase.status })
  return inDoubt(request) ?? ok([{ type: 'FilingAttempted', ...attempt(command) }])
}

function decideIt(
  request: AccessRequest,
  command: Extract<Command, { type: 'Decide' }>,
): Result<RequestEvent[], Refusal> {
  const { submission, phase, reservation } = request
  const [stage] = submission.stages
  const why = whyNotDecide(command.by, command.decider, stage, command.stageNow, {
    requester: submission.requester,
    beneficiary: submission.beneficiary,
    decidedElsewhere: [],
    guestsMayDecide: command.guestsMayDecide,
  })
  // The right comes first: a bystander learns nothing about where the request stands.
  if (why?.kind === 'requester' || why?.kind === 'beneficiary') return refuse({ kind: 'own-request' })
  if (why !== undefined) return refuse({ kind: 'may-not-decide', why })
  if (phase.status === 'ready-to-file') return refuse({ kind: 'not-filed-yet' })
  if (phase.status !== 'filed') return refuse({ kind: 'settled', status: phase.status })
  if (reservation !== undefined && reservation.leaseUntil > command.realNow) {
    return refuse({ kind: 'being-decided', by: reservation.by })
  }
  if (request.doubt?.about === 'withdrawal' && request.doubt.leaseUntil > command.realNow) {
    return refuse({ kind: 'in-doubt', about: 'withdrawal' })
  }
  const comment = command.comment.trim()
  if (command.verdict === 'deny' && !/[\p{L}\p{N}]/u.test(comment)) return refuse({ kind: 'comment-missing' })
  return ok([
    {
      type: 'DecisionAttempted',
      ...attempt(command),
      stage: 0,
      verdict: command.verdict,
      ...(comment === '' ? {} : { comment: { freeText: comment } }),
    },
  ])
}

function withdraw(request: AccessRequest, command: Tap): Result<RequestEvent[], Refusal> {
  if (command.by !== request.submission.requester) return refuse({ kind: 'not-yours' })
  switch (request.phase.status) {
    case 'ready-to-file':
      // Nothing stands in Entra, unless a filing of ours got there unseen.
      return inDoubt(request) ?? ok([{ type: 'WithdrawalObserved', at: command.at, source: 'person' }])
    case 'filed':
      if (request.doubt !== undefined && request.doubt.leaseUntil > command.realNow) {
        return refuse({ kind: 'in-doubt', about: request.doubt.about })
      }
      return ok([{ type: 'WithdrawalAttempted', ...attempt(command) }])
    default:
      return refuse({ kind: 'settled', status: request.phase.status })
  }
}

function endNow(request: AccessRequest, command: Tap): Result<RequestEvent[], Refusal> {
  const { submission, phase, doubt } = request
  if (command.by !== submission.requester && command.by !== submission.beneficiary) return refuse({ kind: 'not-yours' })
  if (phase.status !== 'active') return refuse({ kind: 'not-active' })
  const possibleAt = addTime(phase.from, leastActive)
  if (command.at < possibleAt) return refuse({ kind: 'too-early-to-end', possibleAt })
  if (doubt !== undefined && doubt.leaseUntil > command.realNow) return refuse({ kind: 'in-doubt', about: doubt.about })
  return ok([{ type: 'EndAttempted', ...attempt(command) }])
}
