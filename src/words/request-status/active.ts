import type { AccessRequest, Phase } from '../../request/request.ts'
import type { EndingView } from '../../workflow/ports/views.ts'
import { doubtSentence, type StatusWords, underWay } from './decisions.ts'
import { setbackNotes } from './setbacks.ts'
import { say, type Sentence } from '../language.ts'
import { moment, momentAt, named, type Reader } from '../reader.ts'

// What the holder reads while something is active and when it is about to end.

const endTaken: Sentence = {
  en: 'Entra took your End now; it is over once Entra no longer shows it.',
  de: 'Entra hat „Jetzt beenden“ angenommen; vorbei ist es, sobald Entra den Zugriff nicht mehr zeigt.',
}

export function activeWords(
  reader: Reader,
  { phase, endedByHolder }: AccessRequest & { readonly phase: Extract<Phase, { status: 'active' }> },
): StatusWords {
  const from = moment(reader, phase.from)
  return {
    tone: 'good',
    headline: endedByHolder ? say(reader, { en: 'Ending', de: 'Wird beendet' }) : activeUntil(reader, phase.until),
    details: [
      say(reader, { en: `Active since ${from}.`, de: `Aktiv seit ${from}.` }),
      ...(endedByHolder ? [say(reader, endTaken)] : []),
    ],
  }
}

function activeUntil(reader: Reader, until: Date | null): string {
  if (until === null) return say(reader, { en: 'Active, no end set in Entra', de: 'Aktiv, in Entra ohne Ende' })
  const end = moment(reader, until)
  return say(reader, { en: `Active until ${end}`, de: `Aktiv bis ${end}` })
}

/** The card that comes shortly before the end; its headline names what ends, because it stands alone in the chat. */
export function endingWords(
  reader: Reader,
  { request, entitlement, until, open, endPossibleAt }: EndingView,
): StatusWords {
  const { phase, doubt } = request
  const what = named(reader, entitlement.name, 60)
  const headline = endsAt(reader, what, until)
  if (phase.status !== 'active') {
    const over =
      phase.status === 'ended'
        ? endedAt(reader, what, phase.at)
        : say(reader, { en: `${what} is not active`, de: `${what} ist nicht aktiv` })
    return { tone: 'default', headline: over, details: [] }
  }
  if (request.endedByHolder) {
    const ending = say(reader, { en: `${what} is ending`, de: `${what} wird beendet` })
    return { tone: 'default', headline: ending, details: [say(reader, endTaken)] }
  }
  if (doubt?.about === 'end' && !underWay(reader, doubt)) {
    const again = open ? [say(reader, pressAgain)] : []
    return { tone: 'warning', headline, details: [doubtSentence(reader, request, new Map()), ...again] }
  }
  if (phase.letEnd) return { tone: 'default', headline, details: [say(reader, letEnd)] }
  return {
    tone: 'warning',
    headline,
    details: [
      ...setbackNotes(reader, request),
      ...(open ? [say(reader, endPossibleAt === undefined ? whatNow : onlyLetEnd)] : []),
    ],
  }
}

const pressAgain: Sentence = {
  en: 'Press End now again: we look in Entra first.',
  de: 'Drück noch einmal auf Jetzt beenden: Wir sehen zuerst in Entra nach.',
}
const letEnd: Sentence = {
  en: 'You let it end: no more reminders.',
  de: 'Du lässt es auslaufen: keine weiteren Erinnerungen.',
}
const whatNow: Sentence = {
  en: 'Press End now if you have finished. With Let it end you get no more reminders.',
  de: 'Drück auf Jetzt beenden, wenn du fertig bist. Mit Auslaufen lassen kommen keine Erinnerungen mehr.',
}
const onlyLetEnd: Sentence = {
  en: 'With Let it end you get no more reminders.',
  de: 'Mit Auslaufen lassen kommen keine Erinnerungen mehr.',
}

function endsAt(reader: Reader, what: string, until: Date | null): string {
  if (until === null) return say(reader, { en: `${what} ends soon`, de: `${what} endet bald` })
  const end = momentAt(reader, until)
  return say(reader, { en: `${what} ends ${end}`, de: `${what} endet ${end}` })
}

function endedAt(reader: Reader, what: string, at: Date): string {
  const end = momentAt(reader, at)
  return say(reader, { en: `${what} ended ${end}`, de: `${what} endete ${end}` })
}
