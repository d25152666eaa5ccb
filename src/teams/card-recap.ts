import { language, needsNewerTeams } from '../words/en.ts'
import { listLabels } from '../words/en-lists.ts'
import { recapFacts, recapNote, recapTitle } from '../words/en-recap.ts'
import { inPlain, type Reader } from '../words/reader.ts'
import type { RecapView } from '../workflow/answers.ts'
import type { RecapCard } from './card-templates.ts'

export function recapData(reader: Reader, view: RecapView): RecapCard {
  const summary = recapSummary(reader, view)
  return {
    lang: language,
    speak: summary,
    fallbackText: needsNewerTeams(summary),
    title: recapTitle(reader, view),
    facts: recapFacts(reader, view.request, view.names).map(({ title, value }) => ({ title, value })),
    note: recapNote,
    portal: [{ title: listLabels.audit, url: view.portal }],
  }
}

/** Plain, without the justification: lock screens and screen readers get this. */
export const recapSummary = (reader: Reader, view: RecapView): string => recapTitle(inPlain(reader), view)
