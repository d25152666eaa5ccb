import { longestAnswer } from '../request/discuss.ts'
import { needsNewerTeams } from '../words/card-lines.ts'
import { questionWords } from '../words/request-status/discussion.ts'
import { refusalSentence } from '../words/refusals.ts'
import { labels } from '../words/labels.ts'
import { say } from '../words/language.ts'
import { inPlain, type Reader } from '../words/reader.ts'
import type { QuestionView } from '../workflow/ports/views.ts'
import type { QuestionCard } from './card-templates.ts'

export function questionData(reader: Reader, view: QuestionView): QuestionCard {
  const { request, number, names, open, refused } = view
  const { tone, headline, details } = questionWords(reader, view)
  const summary = questionSummary(reader, view)
  return {
    id: view.record,
    revision: request.questions[number]?.revision ?? request.revision,
    lang: reader.language,
    speak: summary,
    fallbackText: needsNewerTeams(reader, summary),
    open,
    refused: refused ? refusalSentence(reader, refused, names) : '',
    tone,
    title: headline,
    details: details.map((text) => ({ text })),
    answer: {
      label: say(reader, labels.answerInput),
      errorMessage: say(reader, labels.answerMissing),
      maxLength: longestAnswer,
      title: say(reader, labels.answer),
    },
  }
}

/** Plain, without the question: lock screens and screen readers get this. */
export const questionSummary = (reader: Reader, view: QuestionView): string =>
  questionWords(inPlain(reader), view).headline
