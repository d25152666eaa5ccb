import type { Refusal } from '../request/refusal.ts'
import { endPossibleFrom, needsNewerTeams } from '../words/card-lines.ts'
import { endingWords } from '../words/request-status/active.ts'
import { refusalSentence } from '../words/refusals.ts'
import { labels } from '../words/labels.ts'
import { say } from '../words/language.ts'
import { inPlain, type Reader } from '../words/reader.ts'
import type { EndingView } from '../workflow/ports/views.ts'
import type { EndingCard } from './card-templates.ts'

export function endingData(reader: Reader, view: EndingView, refused?: Refusal): EndingCard {
  const { request, open } = view
  const { tone, headline, details } = endingWords(reader, view)
  const from = open && view.endPossibleAt !== undefined ? [endPossibleFrom(reader, view.endPossibleAt)] : []
  const summary = endingSummary(reader, view)
  return {
    id: request.submission.id,
    revision: request.revision,
    lang: reader.language,
    speak: summary,
    fallbackText: needsNewerTeams(reader, summary),
    open,
    mayEnd: open && view.endPossibleAt === undefined,
    refused: refused ? refusalSentence(reader, refused, new Map()) : '',
    tone,
    title: headline,
    details: [...details, ...from].map((text) => ({ text })),
    end: say(reader, labels.endNow),
    letEnd: say(reader, labels.letEnd),
  }
}

/** Plain: lock screens and screen readers get this. */
export const endingSummary = (reader: Reader, view: EndingView): string => endingWords(inPlain(reader), view).headline
