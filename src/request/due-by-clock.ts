import { factsOf } from '../entitlement/kinds/kinds.ts'
import { addTime, type Duration, hours, minutes } from '../time.ts'
import type { RequestEvent } from './events.ts'
import { believedLapsed } from './observe.ts'
import { type AccessRequest, openStage } from './request.ts'

/** When the holder is told of the end: a short activation 15 and 5 minutes before, a longer one an hour before as well. */
const reminders: readonly Duration[] = [hours(1), minutes(15), minutes(5)]
const longActivation = hours(8)

/** What the passing of time alone brings about, in order; nothing here needs the tenant. */
export function dueByClock(request: AccessRequest, at: Date): readonly RequestEvent[] {
  return due(request)
    .filter((each) => each.due <= at)
    .slice(-1)
    .map((each) => each.happens(at))
}

/** Product time of the next thing that time alone brings about, null when nothing will. */
export function nextDue(request: AccessRequest): Date | null {
  const [first] = due(request)
  return first?.due ?? null
}

interface Due {
  readonly due: Date
  readonly happens: (at: Date) => RequestEvent
}

/** In order of time. Where several are due at once only the last is worth saying: nobody reminds and lapses in one breath. */
function due(request: AccessRequest): readonly Due[] {
  const { phase } = request
  switch (phase.status) {
    case 'in-chat':
    case 'filed':
      return silence(request).toSorted((one, other) => one.due.getTime() - other.due.getTime())
    case 'ready-to-file':
      return [request.doubt === undefined ? unused(phase.until) : neverSettled(request, request.doubt.since)]
    case 'active':
      return endings(request)
    default:
      return []
  }
}

const unused = (until: Date): Due => ({
  due: until,
  happens: (at) => ({ type: 'RequestLapsed', at, happenedAt: until, source: 'look-up', waitedFor: 'requester' }),
})

/** What a service keeps open for as long as it says itself is not looked for longer than this. */
const longestUnknown = hours(14 * 24)

/** A filing in doubt may stand in Entra: it is looked for, and closed only when Entra cannot hold it any more. */
const neverSettled = ({ submission }: AccessRequest, since: Date): Due => ({
  due: believedLapsed(addTime(since, factsOf(submission.target).nativeStageLapses ?? longestUnknown)),
  happens: (at) => {
    const because = 'never-settled'
    return { type: 'RequestFailed', at, source: 'look-up', said: because, because }
  },
})

function silence(request: AccessRequest): readonly Due[] {
  const open = openStage(request)
  if (open === undefined || !('waiting' in request.phase)) return []
  const { waiting } = request.phase
  const { rule, by } = open.stage
  const { index: stage } = open
  const after = (wait: Duration) => addTime(waiting.since, wait)
  const steps: Due[] = []
  if (!waiting.reminded && !waiting.escalated) {
    steps.push({ due: after(rule.remindAfter), happens: (at) => ({ type: 'StageReminded', at, stage }) })
  }
  if (!waiting.escalated) {
    steps.push({ due: after(rule.escalateAfter), happens: (at) => ({ type: 'StageEscalated', at, stage }) })
  }
  // Entra closes its own approvals, and only what it shows is believed.
  if (by === 'chat' && request.phase.status === 'in-chat') {
    steps.push({
      due: after(rule.lapseAfter),
      happens: (at) => ({
        type: 'RequestLapsed',
        at,
        happenedAt: after(rule.lapseAfter),
        source: 'look-up',
        waitedFor: 'stage',
      }),
    })
  }
  return steps
}

function endings(request: AccessRequest): readonly Due[] {
  if (request.phase.status !== 'active') return []
  const { from, until, announced, letEnd } = request.phase
  if (until === null || letEnd || request.endedByHolder !== undefined) return []
  const whole = until.getTime() - from.getTime()
  return reminders
    .filter(
      (before) =>
        (before < hours(1) || whole > longActivation) &&
        before < whole &&
        (announced === undefined || before < announced),
    )
    .map((before) => ({
      due: new Date(until.getTime() - before),
      happens: (at) => ({ type: 'EndReminded', at, before }),
    }))
}
