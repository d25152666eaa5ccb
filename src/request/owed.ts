import { addTime, type Duration, milliseconds } from '../time.ts'
import { endableFrom } from './decide.ts'
import { openQuestions } from './discuss.ts'
import type { NoticeAbout, Owed } from './effects.ts'
import type { RequestEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { AccessRequest } from './request.ts'
import { nextDue } from './due-by-clock.ts'

/** How long a tap may keep a request in doubt before its card says so. Product time. */
export const patience: Duration = milliseconds(10_000)

/** What one event makes the bot owe: which cards have to be brought to the truth, and whether a phone should buzz. */
interface Due {
  readonly status?: 'now' | 'when-still-in-doubt'
  readonly approvers?: boolean
  readonly notice?: NoticeAbout
  readonly nudge?: boolean
  readonly ending?: boolean
  /** Security is told what Entra holds beside what was approved. */
  readonly security?: boolean
  readonly questions?: boolean
  /** The question that was answered. */
  readonly answered?: number
}

function owedAfter(before: AccessRequest | undefined, event: RequestEvent, after: AccessRequest): Due {
  switch (event.type) {
    case 'RequestSubmitted':
      // Where Entra decides first, the filing that follows within the same tap has the news.
      return event.stages[0]?.by === 'chat' ? { status: 'now', approvers: true } : {}
    // Whoever asked did so elsewhere; their card tells them that it can be followed, and taken back, here as well.
    case 'FiledOutside':
      return { status: 'now', approvers: true }
    case 'StagesChanged':
      return { status: 'now', approvers: true, notice: 'asked-anew' }
    case 'ChatDecided':
      if (event.verdict === 'deny') return { status: 'now', approvers: true, notice: 'denied' }
      return {
        status: 'now',
        approvers: true,
        ...(after.phase.status === 'ready-to-file' ? { notice: 'ready' as const } : {}),
      }
    case 'StageReminded':
      return { status: 'now', nudge: true }
    case 'StageEscalated':
    case 'StageClaimed':
      return { status: 'now', approvers: true }
    case 'QuestionAsked':
      return { status: 'now', approvers: true, questions: true }
    case 'QuestionAnswered':
      return { status: 'now', approvers: true, questions: true, answered: event.question }
    case 'DeviationObserved':
      return { status: 'now', approvers: true, security: true }
    case 'EndReminded':
      return { ending: true }
    case 'LetEnd':
      return { status: 'now' }
    case 'FilingRefused':
    case 'FilingUnknown':
    case 'FilingNotFound':
    case 'WithdrawalRefused':
    case 'WithdrawalUnknown':
    case 'EndAccepted':
    case 'EndRefused':
    case 'EndUnknown':
      return { status: 'now' }
    // If the process dies inside the call, this is what tells the requester that nobody knows what came of it.
    case 'FilingAttempted':
    case 'WithdrawalAttempted':
    case 'EndAttempted':
      return { status: 'when-still-in-doubt' }
    case 'DecisionAttempted':
      return { status: 'when-still-in-doubt', approvers: true }
    case 'FilingObserved':
    case 'WithdrawalObserved':
    case 'DecisionRefused':
    case 'DecisionUnknown':
      return { status: 'now', approvers: true }
    case 'DecisionObserved':
      // Told of late who denied it: that is no second denial.
      return {
        status: 'now',
        approvers: true,
        ...(event.verdict === 'deny' && before?.phase.status !== 'denied' ? { notice: 'denied' as const } : {}),
      }
    case 'ActivationObserved':
      // Seen again with another end: the card says so, but it is no news that it is active.
      return {
        status: 'now',
        approvers: true,
        ...(before?.phase.status === 'active' ? {} : { notice: 'active' as const }),
      }
    case 'EndObserved':
      return { status: 'now', approvers: true, ...(event.how === 'outside' ? { notice: 'ended-early' as const } : {}) }
    case 'RequestLapsed':
      return { status: 'now', approvers: true, notice: 'lapsed' }
    case 'RequestFailed':
      return { status: 'now', approvers: true, notice: 'failed' }
    default:
      return event satisfies never
  }
}

/** What the bot owes after these events happened to a request that stood as `before`; each effect once. */
export function effectsOf(before: AccessRequest | undefined, events: readonly RequestEvent[]): readonly Owed[] {
  const owed = new Map<string, Owed>()
  let request = before
  for (const event of events) {
    const earlier = request
    request = evolve(earlier, event)
    const due = owedAfter(earlier, event, request)
    const { id, requester: to, beneficiary } = request.submission
    if (due.status === 'now') owed.set('status', { effect: 'status-card', request: id, to })
    if (due.status === 'when-still-in-doubt') {
      owed.set('doubt', { effect: 'status-card', request: id, to, due: addTime(event.at, patience), ifInDoubt: true })
    }
    // The card names the minute from which it can be ended, and then has to offer it.
    if (event.type === 'ActivationObserved') {
      owed.set('can-end', { effect: 'status-card', request: id, to, due: endableFrom(request, event.from) })
    }
    if (due.approvers === true) owed.set('approvers', { effect: 'approval-cards', request: id })
    if (due.nudge === true) owed.set('nudge', { effect: 'nudge', request: id })
    // Once it is decided nobody waits for an answer any more.
    const moot = earlier !== undefined && openQuestions(earlier).length > 0 && openQuestions(request).length === 0
    if (due.questions === true || moot) owed.set('questions', { effect: 'question-cards', request: id, to })
    if (due.answered !== undefined) {
      const asker = request.questions[due.answered]?.by
      const toAsker = asker === undefined ? {} : { to: asker }
      owed.set(`answered:${due.answered}`, {
        effect: 'answer-notice',
        request: id,
        ...toAsker,
        question: due.answered,
      })
    }
    if (due.security === true) owed.set('security', { effect: 'security-notice', request: id })
    if (due.ending === true) owed.set('ending', { effect: 'ending-card', request: id, to: beneficiary })
    if (due.notice !== undefined) owed.set('notice', { effect: 'notice', request: id, to, about: due.notice })
  }
  // One row for the next moment that is known, wherever that has changed; one that has passed by then does nothing.
  const next = request === undefined ? null : nextDue(request)
  const earlier = before === undefined ? null : nextDue(before)
  if (request !== undefined && next !== null && next.getTime() !== earlier?.getTime())
    owed.set('clock', { effect: 'clock', request: request.submission.id, due: next })
  return [...owed.values()]
}
