import { enoughForAll } from '../approval/enough.ts'
import { everybodyOf, shapeOf, type Stage } from '../approval/stage.ts'
import { stricterTerms, type Terms } from '../entitlement/terms.ts'
import type { PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { Duration } from '../time.ts'
import type { Command } from './command.ts'
import type { RequestEvent } from './events.ts'
import type { Refusal } from './refusal.ts'
import { type AccessRequest, approversOf, openStage, type Submission } from './request.ts'
import { type StagesToday, whyNotTapper } from './right-to-decide.ts'
import { comesTooLate, settledFor } from './settled.ts'
import { shorterLength } from './shorten.ts'
import { copyStages, termsHashOf } from './submit.ts'
import { saysSomething } from '../text.ts'

type Decide = Extract<Command, { type: 'Decide' }>
type Decided = Result<readonly RequestEvent[], Refusal>

/** A decider's yes or no to the stage that is open: their right first, then the moment, then what it says. */
export function decideStage(request: AccessRequest, command: Decide): Decided {
  const open = openStage(request)
  const barred = withoutRight(request, command) ?? atWrongMoment(request, command)
  if (barred !== undefined) return refuse(barred)
  if (open === undefined) return refuse(settledFor(request, command.by))
  const { stage, index } = open
  // What stands in Entra cannot be asked for in other stages any more: whoever decides there should deny it.
  if (shapeChanged(request, command) && !(stage.by === 'native' && command.verdict === 'deny')) {
    const anew = stage.by === 'native' ? undefined : changedStages(request, command)
    return anew ?? refuse({ kind: 'stages-changed' })
  }
  const outOfTurn = stage.by === 'chat' ? notInChat(request, index, command) : undefined
  if (outOfTurn !== undefined) return refuse(outOfTurn)
  const given = command.verdict === 'approve' ? lengthGiven(request, stage, command) : ok(undefined)
  if (!given.ok) return given
  const comment = command.comment.trim()
  if (command.verdict === 'deny' && !saysSomething(comment)) return refuse({ kind: 'comment-missing' })
  const { at, by, leaseUntil, verdict } = command
  const said = { at, by, verdict, stage: index, ...(comment === '' ? {} : { comment: { freeText: comment } }) }
  return stage.by === 'native'
    ? ok([{ type: 'DecisionAttempted', ...said, leaseUntil }])
    : ok([{ type: 'ChatDecided', ...said, ...boundTo(request, given.value) }])
}

/** A bystander learns nothing about where the request stands. */
function withoutRight(request: AccessRequest, command: Decide): Refusal | undefined {
  const open = openStage(request)
  const why = whyNotTapper(request, open?.index ?? request.stages.length - 1, command)
  if (why === undefined) return undefined
  if (why.kind === 'requester' || why.kind === 'beneficiary') return { kind: 'own-request' }
  const late = comesTooLate(request, command.by, command.shown)
  if (late !== undefined) return late
  return shapeChanged(request, command) && why.kind === 'no-longer-in-stage'
    ? undefined
    : { kind: 'may-not-decide', why }
}

function atWrongMoment(request: AccessRequest, { by, revision, realNow }: Decide): Refusal | undefined {
  const { phase, reservation, doubt } = request
  if (phase.status === 'ready-to-file') return { kind: 'not-filed-yet' }
  if (openStage(request) === undefined) return settledFor(request, by)
  if (revision !== request.revision) return { kind: 'old-card' }
  if (reservation !== undefined && reservation.leaseUntil > realNow)
    return reservation.by === by ? { kind: 'own-tap-under-way' } : { kind: 'being-decided', by: reservation.by }
  return doubt?.about === 'withdrawal' && doubt.leaseUntil > realNow
    ? { kind: 'in-doubt', about: 'withdrawal' }
    : undefined
}

function notInChat(request: AccessRequest, index: number, command: Decide): Refusal | undefined {
  // Entra holds an approval that was not planned for: chat has no say in it.
  if (request.phase.status !== 'in-chat') return { kind: 'stages-changed' }
  if (!command.asked.includes(command.by)) return { kind: 'may-not-decide', why: { kind: 'not-asked-yet' } }
  return command.verdict === 'approve' && neededLater(request, index, command)
    ? { kind: 'may-not-decide', why: { kind: 'needed-later' } }
    : undefined
}

/** How long the yes is for where it is for less than was asked; undefined for all of it. */
function lengthGiven(
  { submission }: AccessRequest,
  stage: Stage,
  { termsToday, shorter, contexts }: Decide,
): Result<Duration | undefined, Refusal> {
  // Whoever changes a rule after the request was made can tighten what binds them, and never loosen it.
  const terms = stricterTerms(submission.terms, termsToday ?? submission.terms)
  if (shorter !== undefined && stage.by === 'native') return refuse({ kind: 'cannot-shorten' })
  const cut = shorter === undefined ? ok(undefined) : shorterLength(shorter, submission.duration, terms)
  if (!cut.ok) return cut
  const given = { ...submission, duration: cut.value ?? submission.duration }
  if (!stillGiven(given, terms)) return refuse({ kind: 'terms-stricter' })
  const wanted = terms.stepUp.approve
  return wanted !== undefined && !contexts.includes(wanted) ? refuse({ kind: 'step-up-needed', context: wanted }) : cut
}

/** What a decision in chat is bound to. */
function boundTo({ submission, stages, revision, termsHash }: AccessRequest, duration: Duration | undefined) {
  return duration === undefined
    ? { termsHash }
    : { duration, termsHash: termsHashOf({ ...submission, duration }, stages, revision) }
}

const shapeChanged = ({ stages }: AccessRequest, { stagesToday }: Decide): boolean =>
  stagesToday !== undefined && shapeOf(stagesToday) !== shapeOf(stages)

/** What the stages have become since they were frozen, as an event; undefined while they are the same. */
export function changedStages(
  request: AccessRequest,
  { at, stagesToday }: { readonly at: Date; readonly stagesToday: StagesToday },
): Result<readonly RequestEvent[], Refusal> | undefined {
  if (stagesToday === undefined) return refuse({ kind: 'stages-changed' })
  if (shapeOf(stagesToday) === shapeOf(request.stages)) return undefined
  const stages = copyStages(stagesToday)
  const termsHash = termsHashOf(request.submission, stages, request.revision + 1)
  return ok([{ type: 'StagesChanged', at, stages, termsHash }])
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
