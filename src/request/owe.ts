import type { Owed } from './effects.ts'
import type { RequestEvent } from './events.ts'
import { isOpen, type AccessRequest } from './request.ts'
import { addTime, type Duration, minutes, milliseconds } from '../time.ts'

/** How long a tap may keep a request in doubt before its card says so. Product time. */
export const patience = milliseconds(10_000)

/** How often the tenant is looked at while something may change there. */
const lookEvery: Duration = milliseconds(20_000)

/** What the bot owes after these events: cards brought to the truth, and a message where a phone should buzz. */
export function effectsOf(after: AccessRequest, events: readonly RequestEvent[]): readonly Owed[] {
  const { id } = after.submission
  const owed = new Map<string, Owed>()
  const owe = (effect: Owed) =>
    owed.set(`${effect.effect}${'about' in effect ? effect.about : ''}${effect.due ?? ''}`, effect)
  for (const event of events) {
    switch (event.type) {
      case 'FilingAttempted':
      case 'WithdrawalAttempted':
      case 'EndAttempted':
        // If the process dies inside the call, this is what tells the requester that nobody knows what came of it.
        owe({ effect: 'status-card', request: id, due: addTime(event.at, patience) })
        break
      case 'DecisionAttempted':
        owe({ effect: 'approval-cards', request: id })
        owe({ effect: 'status-card', request: id, due: addTime(event.at, patience) })
        break
      case 'RequestSubmitted':
        owe({ effect: 'status-card', request: id })
        break
      case 'DecisionRefused':
      case 'DecisionUnknown':
        owe({ effect: 'approval-cards', request: id })
        owe({ effect: 'status-card', request: id })
        break
      case 'ActivationObserved':
        owe({ effect: 'status-card', request: id })
        owe({ effect: 'approval-cards', request: id })
        owe({ effect: 'notice', request: id, about: 'active' })
        break
      case 'EndObserved':
        owe({ effect: 'status-card', request: id })
        owe({ effect: 'approval-cards', request: id })
        if (event.how === 'outside') owe({ effect: 'notice', request: id, about: 'ended-early' })
        break
      case 'DecisionObserved':
        owe({ effect: 'status-card', request: id })
        owe({ effect: 'approval-cards', request: id })
        if (event.verdict === 'deny') owe({ effect: 'notice', request: id, about: 'denied' })
        break
      case 'RequestLapsed':
        owe({ effect: 'status-card', request: id })
        owe({ effect: 'approval-cards', request: id })
        owe({ effect: 'notice', request: id, about: 'lapsed' })
        break
      case 'RequestFailed':
        owe({ effect: 'status-card', request: id })
        owe({ effect: 'approval-cards', request: id })
        owe({ effect: 'notice', request: id, about: 'failed' })
        break
      case 'FilingObserved':
      case 'WithdrawalObserved':
        owe({ effect: 'status-card', request: id })
        owe({ effect: 'approval-cards', request: id })
        break
      case 'FilingRefused':
      case 'FilingUnknown':
      case 'FilingNotFound':
      case 'WithdrawalRefused':
      case 'WithdrawalUnknown':
      case 'EndAccepted':
      case 'EndRefused':
      case 'EndUnknown':
        owe({ effect: 'status-card', request: id })
        break
      default:
        event satisfies never
    }
  }
  return [...owed.values()]
}

/** Product time at which the tenant is worth asking about this request again; null when it never will be. */
export function nextLook(request: AccessRequest, at: Date): Date | null {
  if (!isOpen(request)) return null
  const soon = addTime(at, lookEvery)
  switch (request.phase.status) {
    // Only the requester's own token shows a request that nobody has answered.
    case 'ready-to-file':
      return null
    case 'filed':
      return earlier(soon, request.phase.filed.lapsesAt > at ? request.phase.filed.lapsesAt : soon)
    case 'activating':
      return addTime(at, milliseconds(2_000))
    case 'active': {
      const { until } = request.phase
      if (request.endedByHolder === true || request.doubt?.about === 'end') return addTime(at, milliseconds(2_000))
      return until === null || until <= at ? soon : earlier(addTime(at, minutes(5)), until)
    }
    default:
      return null
  }
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other)
