import { needsNewerTeams } from '../words/card-lines.ts'
import { listLabels } from '../words/card/lists.ts'
import { recapFacts, recapNote, recapTitle } from '../words/card/recap.ts'
import { say } from '../words/language.ts'
import { inPlain, type Reader } from '../words/reader.ts'
import type { RecapView } from '../workflow/ports/answers.ts'
import type { RecapCard } from './card-templates.ts'

export function recapData(reader: Reader, view: RecapView): RecapCard {
  const summary = recapSummary(reader, view)
  return {
    lang: reader.language,
    speak: summary,
    fallbackText: needsNewerTeams(reader, summary),
    title: recapTitle(reader, view),
    facts: recapFacts(reader, view.request, view.names).map(({ title, value }) => ({ title, value })),
    note: say(reader, recapNote),
    portal: [{ title: say(reader, listLabels.audit), url: view.portal }],
  }
}

/** Plain, without the justification: lock screens and screen readers get this. */
export const recapSummary = (reader: Reader, view: RecapView): string => recapTitle(inPlain(reader), view)
