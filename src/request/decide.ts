import { factsOf } from '../entitlement/kinds/kinds.ts'
import { ok, refuse, type Result } from '../result.ts'
import { addTime } from '../time.ts'
import type { Command, Tap } from './command.ts'
import { changedStages, decideStage } from './decide-stage.ts'
import type { RequestEvent } from './events.ts'
import type { Refusal } from './refusal.ts'
import type { AccessRequest } from './request.ts'
import { settledFor } from './settled.ts'

/** When a grant that began then may be ended: the service refuses to end one that is younger. */
export const endableFrom = ({ submission }: AccessRequest, from: Date): Date =>
  addTime(from, factsOf(submission.target).endableAfter)

type Decided = Result<readonly RequestEvent[], Refusal>

export function decide(request: AccessRequest, command: Command): Decided {
  switch (command.type) {
    case 'File':
      return fileIt(request, command)
    case 'Decide':
      return decideStage(request, command)
    case 'Withdraw':
      return withdraw(request, command)
    case 'EndNow':
      return endNow(request, command)
    case 'LetEnd':
      return letEnd(request, command)
    default:
      return command satisfies never
  }
}

const attempt = ({ at, by, leaseUntil }: Tap) => ({ at, by, leaseUntil })

/** A call of ours may still be under way, or its answer is lost: look before anything else is sent. */
const inDoubt = (request: AccessRequest): Result<never, Refusal> | undefined =>
  request.doubt === undefined ? undefined : refuse({ kind: 'in-doubt', about: request.doubt.about })

function fileIt(request: AccessRequest, command: Extract<Command, { type: 'File' }>): Decided {
  if (command.by !== request.submission.requester) return refuse({ kind: 'not-yours' })
  if (request.phase.status !== 'ready-to-file') return refuse(settledFor(request, command.by))
  if (command.at >= request.phase.until) return refuse({ kind: 'window-over' })
  return inDoubt(request) ?? changedStages(request, command) ?? ok([{ type: 'FilingAttempted', ...attempt(command) }])
}

function withdraw(request: AccessRequest, command: Tap): Decided {
  if (command.by !== request.submission.requester) return refuse({ kind: 'not-yours' })
  switch (request.phase.status) {
    case 'in-chat':
    case 'ready-to-file':
      // Nothing stands in Entra, unless a filing of ours got there unseen.
      return inDoubt(request) ?? ok([{ type: 'WithdrawalObserved', at: command.at, source: 'person' }])
    case 'filed':
    case 'scheduled':
      if (request.doubt !== undefined && request.doubt.leaseUntil > command.realNow) {
        return refuse({ kind: 'in-doubt', about: request.doubt.about })
      }
      return ok([{ type: 'WithdrawalAttempted', ...attempt(command) }])
    default:
      return refuse(settledFor(request, command.by))
  }
}

function endNow(request: AccessRequest, command: Tap): Decided {
  const { submission, phase, doubt } = request
  if (command.by !== submission.requester && command.by !== submission.beneficiary) return refuse({ kind: 'not-yours' })
  if (phase.status !== 'active') return refuse({ kind: 'not-active' })
  const possibleAt = endableFrom(request, phase.from)
  if (command.at < possibleAt) return refuse({ kind: 'too-early-to-end', possibleAt })
  if (doubt !== undefined && doubt.leaseUntil > command.realNow) return refuse({ kind: 'in-doubt', about: doubt.about })
  return ok([{ type: 'EndAttempted', ...attempt(command) }])
}

function letEnd(request: AccessRequest, { at, by }: Tap): Decided {
  if (by !== request.submission.requester && by !== request.submission.beneficiary) return refuse({ kind: 'not-yours' })
  if (request.phase.status !== 'active') return refuse({ kind: 'not-active' })
  return ok(request.phase.letEnd ? [] : [{ type: 'LetEnd', at, by }])
}
