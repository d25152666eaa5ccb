import type { Deciders } from '../approval/deciders.ts'
import { everybodyOf } from '../approval/stage.ts'
import type { PersonId } from '../people.ts'
import { ok, refuse, type Result } from '../result.ts'
import type { RequestEvent } from './events.ts'
import type { Refusal } from './refusal.ts'
import { type AccessRequest, type Claim, openStage, type Question } from './request.ts'
import { comesTooLate } from './settled.ts'
import { type Tapper, whyNotTapper } from './right-to-decide.ts'
import { isPending } from './when-to-look.ts'
import { cutAt, saysSomething } from '../text.ts'

/** What is said about a request while it waits. None of it moves a stage or stops one of its clocks. */
export type Discussion =
  | ({ readonly type: 'Ask'; readonly at: Date; readonly question: string } & Tapper)
  | ({ readonly type: 'Claim'; readonly at: Date } & Tapper)
  | {
      readonly type: 'Answer'
      readonly at: Date
      readonly by: PersonId
      /** Counts the request's questions from 0. */
      readonly question: number
      /** The revision that the question's card showed. */
      readonly revision: number
      readonly answer: string
    }

/** The longest question, and the longest answer, that is kept; in characters. */
export const longestQuestion = 200
export const longestAnswer = 300

/** More unanswered questions than these a stage does not send its requester. */
export const mostOpenQuestions = 3

type Discussed = Result<readonly RequestEvent[], Refusal>

export function discuss(request: AccessRequest, command: Discussion): Discussed {
  switch (command.type) {
    case 'Ask':
      return ask(request, command)
    case 'Claim':
      return claim(request, command)
    case 'Answer':
      return answer(request, command)
    default:
      return command satisfies never
  }
}

/** Questions that an answer would still help with: once it is decided nobody waits for one. */
export const openQuestions = (request: AccessRequest): readonly Question[] =>
  isPending(request) ? request.questions.filter((each) => each.answer === undefined) : []

/** Whether as many questions of the open stage are unanswered as may be. */
export const enoughAsked = (request: AccessRequest): boolean =>
  openQuestions(request).filter(({ revision }) => revision === request.revision).length >= mostOpenQuestions

/** Who is looking at the open stage. A claim of somebody who may no longer decide it counts for nothing. */
export function claimOf(
  { phase, stages }: AccessRequest,
  { asked, standIn }: Pick<Deciders, 'asked' | 'standIn'>,
): Claim | undefined {
  const claim = 'waiting' in phase ? phase.waiting.claim : undefined
  if (claim === undefined || !('waiting' in phase)) return undefined
  const may = stages[phase.waiting.stage]?.by === 'native' ? [...asked, ...standIn] : asked
  return may.includes(claim.by) ? claim : undefined
}

function ask(request: AccessRequest, command: Extract<Discussion, { type: 'Ask' }>): Discussed {
  const stage = stageOf(request, command)
  if (!stage.ok) return stage
  const text = cutAt(command.question.trim(), longestQuestion)
  if (!saysSomething(text)) return refuse({ kind: 'question-missing' })
  const { at, by } = command
  // The same button pressed twice is one question.
  if (openQuestions(request).some((each) => each.by === by && each.text.freeText === text)) return ok([])
  if (enoughAsked(request)) return refuse({ kind: 'questions-waiting', most: mostOpenQuestions })
  return ok([{ type: 'QuestionAsked', at, by, stage: stage.value, text: { freeText: text } }])
}

function claim(request: AccessRequest, command: Extract<Discussion, { type: 'Claim' }>): Discussed {
  const stage = stageOf(request, command)
  if (!stage.ok) return stage
  const { at, by } = command
  const theirs = 'waiting' in request.phase && request.phase.waiting.claim?.by === by
  return ok(theirs ? [] : [{ type: 'StageClaimed', at, by, stage: stage.value }])
}

/** The open stage, where this person may decide it from the card they tapped. */
function stageOf(request: AccessRequest, command: Tapper): Result<number, Refusal> {
  const open = openStage(request)
  const why = whyNotTapper(request, open?.index ?? request.stages.length - 1, command)
  if (why?.kind === 'requester' || why?.kind === 'beneficiary') return refuse({ kind: 'own-request' })
  const late = open === undefined || why !== undefined ? comesTooLate(request, command.by, command.shown) : undefined
  if (late !== undefined) return refuse(late)
  // A bystander learns nothing about where the request stands.
  const named = request.stages.some((stage) => everybodyOf(stage).includes(command.by))
  const over = open === undefined || (why !== undefined && command.revision < request.revision)
  if (named && over) return refuse({ kind: 'stage-over' })
  if (why !== undefined) return refuse({ kind: 'may-not-decide', why })
  if (open === undefined) return refuse({ kind: 'stage-over' })
  if (command.revision !== request.revision) return refuse({ kind: 'old-card' })
  if (open.stage.by === 'chat' && !command.asked.includes(command.by)) {
    return refuse({ kind: 'may-not-decide', why: { kind: 'not-asked-yet' } })
  }
  return ok(open.index)
}

function answer(request: AccessRequest, command: Extract<Discussion, { type: 'Answer' }>): Discussed {
  const { at, by } = command
  if (by !== request.submission.requester) return refuse({ kind: 'not-yours' })
  const question = request.questions[command.question]
  if (question === undefined) return refuse({ kind: 'unknown-record' })
  if (command.revision !== question.revision) return refuse({ kind: 'old-card' })
  const text = cutAt(command.answer.trim(), longestAnswer)
  if (question.answer !== undefined) {
    return question.answer.text.freeText === text ? ok([]) : refuse({ kind: 'answered-already' })
  }
  if (!isPending(request)) return refuse({ kind: 'answer-not-needed', status: request.phase.status })
  if (!saysSomething(text)) return refuse({ kind: 'answer-missing' })
  return ok([{ type: 'QuestionAnswered', at, by, question: command.question, text: { freeText: text } }])
}
