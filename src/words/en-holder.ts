import type { AccessRequest, Phase } from '../request/request.ts'
import type { EndingView } from '../workflow/views.ts'
import { doubtSentence, type StatusWords, underWay } from './en-decisions.ts'
import { setbackNotes } from './en-setbacks.ts'
import { moment, momentAt, named, type Reader } from './reader.ts'

// What the holder reads while something is active and when it is about to end.

export function activeWords(
  reader: Reader,
  { phase, endedByHolder }: AccessRequest & { readonly phase: Extract<Phase, { status: 'active' }> },
): StatusWords {
  return {
    tone: 'good',
    headline: endedByHolder
      ? 'Ending'
      : phase.until === null
        ? 'Active, no end set in Entra'
        : `Active until ${moment(reader, phase.until)}`,
    details: [
      `Active since ${moment(reader, phase.from)}.`,
      ...(endedByHolder ? ['Entra took your End now; it is over once Entra no longer shows it.'] : []),
    ],
  }
}

/** The card that comes shortly before the end; its headline names what ends, because it stands alone in the chat. */
export function endingWords(reader: Reader, { request, entitlement, until, open }: EndingView): StatusWords {
  const { phase, doubt } = request
  const what = named(reader, entitlement.name, 60)
  const ends = until === null ? `${what} ends soon` : `${what} ends ${momentAt(reader, until)}`
  if (phase.status !== 'active') {
    const over = phase.status === 'ended' ? `${what} ended ${momentAt(reader, phase.at)}` : `${what} is not active`
    return { tone: 'default', headline: over, details: [] }
  }
  if (request.endedByHolder) {
    const told = 'Entra took your End now; it is over once Entra no longer shows it.'
    return { tone: 'default', headline: `${what} is ending`, details: [told] }
  }
  if (doubt?.about === 'end' && !underWay(reader, doubt)) {
    const again = open ? ['Press End now again: we look in Entra first.'] : []
    return { tone: 'warning', headline: ends, details: [doubtSentence(reader, request, new Map()), ...again] }
  }
  if (phase.letEnd) return { tone: 'default', headline: ends, details: ['You let it end: no more reminders.'] }
  return {
    tone: 'warning',
    headline: ends,
    details: [
      ...setbackNotes(reader, request),
      ...(open ? ['Press End now if you have finished. With Let it end you get no more reminders.'] : []),
    ],
  }
}
