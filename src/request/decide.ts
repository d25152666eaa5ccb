import { enoughForAll } from '../approval/enough.ts'
import { everybodyOf, shapeOf } from '../approval/stage.ts'
import { stricterTerms, type Terms } from '../entitlement/terms.ts'
import type { PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import { addTime, type Duration, minutes } from '../time.ts'
import type { RequestEvent } from './events.ts'
import type { Refusal } from './refusal.ts'
import { type AccessRequest, approversOf, openStage, type Submission } from './request.ts'
import { type StagesToday, type Tapper, whyNotTapper } from './right-to-decide.ts'
import { shorterLength } from './shorten.ts'
import { copyStages, termsHashOf } from './submit.ts'

/** Who taps, and when: `at` is product time; `realNow` and `leaseUntil` measure the tap itself. */
interface Tap {
  readonly at: Date
  readonly realNow: Date
  readonly leaseUntil: Date
  readonly by: PersonId
}

/** What a person wants of a request that stands. Each is only the attempt: what came of it is seen afterwards. */
export type Command =
  | ({ readonly type: 'File'; readonly stagesToday: StagesToday } & Tap)
  | ({
      readonly type: 'Decide'
      readonly verdict: 'approve' | 'deny'
      readonly comment: string
      /** A yes to less than was asked: the length as chosen, not yet judged; absent where it is a yes to all of it. */
      readonly shorter?: string
      /** Catalogue met with Entra's rules today; undefined when the catalogue has it no more. */
      readonly termsToday: Terms | undefined
      /** Authentication contexts that the decider's sign-in carries, such as `c1`. */
      readonly contexts: readonly string[]
    } & Tapper &
      Tap)
  | ({ readonly type: 'Withdraw' } & Tap)
  | ({ readonly type: 'EndNow' } & Tap)
  | ({ readonly type: 'LetEnd' } & Tap)

/** PIM refuses to end an activation that is younger. */
export const leastActive = minutes(5)

type Decided = Result<readonly RequestEvent[], Refusal>

export function decide(request: AccessRequest, command: Command): Decided {
  switch (command.type) {
    case 'File':
      return fileIt(request, command)
    case 'Decide':
      return decideIt(request, command)
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
  if (request.phase.status !== 'ready-to-file') return refuse({ kind: 'settled', status: request.phase.status })
  if (command.at >= request.phase.until) return refuse({ kind: 'window-over' })
  return inDoubt(request) ?? changed(request, command) ?? ok([{ type: 'FilingAttempted', ...attempt(command) }])
}

/** What the stages have become since they were frozen, as an event; undefined while they are the same. */
function changed(
  request: AccessRequest,
  { at, stagesToday }: { readonly at: Date; readonly stagesToday: StagesToday },
): Result<readonly RequestEvent[], Refusal> | undefined {
  if (stagesToday === undefined) return refuse({ kind: 'stages-changed' })
  if (shapeOf(stagesToday) === shapeOf(request.stages)) return undefined
  const stages = copyStages(stagesToday)
  const termsHash = termsHashOf(request.submission, stages, request.revision + 1)
  return ok([{ type: 'StagesChanged', at, stages, termsHash }])
}

function decideIt(request: AccessRequest, command: Extract<Command, { type: 'Decide' }>): Decided {
  const open = openStage(request)
  const index = open?.index ?? request.stages.length - 1
  const stage = request.stages[index] ?? request.stages[0]
  const { submission, phase, reservation } = request
  // The right comes first: a bystander learns nothing about where the request stands.
  const why = whyNotTapper(request, index, command)
  if (why?.kind === 'requester' || why?.kind === 'beneficiary') return refuse({ kind: 'own-request' })
  const shapeChanged = command.stagesToday !== undefined && shapeOf(command.stagesToday) !== shapeOf(request.stages)
  // Whoever has answered already reads what became of it; only of an open stage is it news that they have.
  const answered = why?.kind === 'decided-already' || why?.kind === 'decided-another-stage'
  if (answered && open === undefined && phase.status !== 'ready-to-file') {
    return refuse({ kind: 'settled', status: phase.status })
  }
  if (why !== undefined && !(shapeChanged && why.kind === 'no-longer-in-stage')) {
    return refuse({ kind: 'may-not-decide', why })
  }
  if (phase.status === 'ready-to-file') return refuse({ kind: 'not-filed-yet' })
  if (open === undefined) return refuse({ kind: 'settled', status: phase.status })
  if (command.revision !== request.revision) return refuse({ kind: 'old-card' })
  if (reservation !== undefined && reservation.leaseUntil > command.realNow) {
    return refuse({ kind: 'being-decided', by: reservation.by })
  }
  if (request.doubt?.about === 'withdrawal' && request.doubt.leaseUntil > command.realNow) {
    return refuse({ kind: 'in-doubt', about: 'withdrawal' })
  }
  // What stands in Entra cannot be asked for in other stages any more: whoever decides there should deny it.
  if (shapeChanged && !(stage.by === 'native' && command.verdict === 'deny')) {
    return stage.by === 'native'
      ? refuse({ kind: 'stages-changed' })
      : (changed(request, command) ?? refuse({ kind: 'stages-changed' }))
  }
  if (stage.by === 'chat') {
    // Entra holds an approval that was not planned for: chat has no say in it.
    if (phase.status !== 'in-chat') return refuse({ kind: 'stages-changed' })
    if (!command.asked.includes(command.by)) return refuse({ kind: 'may-not-decide', why: { kind: 'not-asked-yet' } })
    if (command.verdict === 'approve' && neededLater(request, index, command)) {
      return refuse({ kind: 'may-not-decide', why: { kind: 'needed-later' } })
    }
  }
  const comment = command.comment.trim()
  if (command.verdict === 'deny' && !/[\p{L}\p{N}]/u.test(comment)) return refuse({ kind: 'comment-missing' })
  let duration: Duration | undefined
  if (command.verdict === 'approve') {
    // Whoever changes a rule after the request was made can tighten what binds them, and never loosen it.
    const terms = stricterTerms(submission.terms, command.termsToday ?? submission.terms)
    if (command.shorter !== undefined) {
      if (stage.by === 'native') return refuse({ kind: 'cannot-shorten' })
      const shorter = shorterLength(command.shorter, submission.duration, terms)
      if (!shorter.ok) return shorter
      duration = shorter.value
    }
    const given = { ...submission, duration: duration ?? submission.duration }
    if (!stillGiven(given, terms)) return refuse({ kind: 'terms-stricter' })
    const wanted = terms.stepUp.approve
    if (wanted !== undefined && !command.contexts.includes(wanted))
      return refuse({ kind: 'step-up-needed', context: wanted })
  }
  const said = { verdict: command.verdict, stage: index, ...(comment === '' ? {} : { comment: { freeText: comment } }) }
  if (stage.by === 'native') return ok([{ type: 'DecisionAttempted', ...attempt(command), ...said }])
  const yes =
    duration === undefined
      ? { termsHash: request.termsHash }
      : { duration, termsHash: termsHashOf({ ...submission, duration }, request.stages, request.revision) }
  return ok([{ type: 'ChatDecided', at: command.at, by: command.by, ...said, ...yes }])
}

/** Whether the seats that are left could not all be taken once this person has taken one here. */
function neededLater(
  request: AccessRequest,
  index: number,
  { by, stagesToday }: { readonly by: PersonId; readonly stagesToday: StagesToday },
): boolean {
  const { requester, beneficiary } = request.submission
  const out = new Set([by, requester, beneficiary, ...request.decisions.flatMap((each) => each.by ?? [])])
  const left = request.stages.slice(index).map((stage, offset) => {
    const today = stagesToday?.[index + offset]
    const candidates = everybodyOf(stage).filter(
      (each) => !out.has(each) && today !== undefined && everybodyOf(today).includes(each),
    )
    const taken = offset === 0 ? approversOf(request, index).length + 1 : 0
    return { need: Math.max(0, stage.need - taken), candidates }
  })
  return !enoughForAll(left)
}

/** Whether what was asked for could still be asked for. An erased justification was given all the same. */
function stillGiven({ duration, justification, ticket }: Submission, terms: Terms): boolean {
  return (
    duration <= terms.longest &&
    (terms.ticket === 'optional' || ticket !== undefined) &&
    (terms.justification === 'optional' || justification.freeText !== '')
  )
}

function withdraw(request: AccessRequest, command: Tap): Decided {
  if (command.by !== request.submission.requester) return refuse({ kind: 'not-yours' })
  switch (request.phase.status) {
    case 'in-chat':
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

function endNow(request: AccessRequest, command: Tap): Decided {
  const { submission, phase, doubt } = request
  if (command.by !== submission.requester && command.by !== submission.beneficiary) return refuse({ kind: 'not-yours' })
  if (phase.status !== 'active') return refuse({ kind: 'not-active' })
  const possibleAt = addTime(phase.from, leastActive)
  if (command.at < possibleAt) return refuse({ kind: 'too-early-to-end', possibleAt })
  if (doubt !== undefined && doubt.leaseUntil > command.realNow) return refuse({ kind: 'in-doubt', about: doubt.about })
  return ok([{ type: 'EndAttempted', ...attempt(command) }])
}

function letEnd(request: AccessRequest, { at, by }: Tap): Decided {
  if (by !== request.submission.requester && by !== request.submission.beneficiary) return refuse({ kind: 'not-yours' })
  if (request.phase.status !== 'active') return refuse({ kind: 'not-active' })
  return ok(request.phase.letEnd ? [] : [{ type: 'LetEnd', at, by }])
}
