import { needsNewerTeams } from '../words/card-lines.ts'
import {
  elsewhereLine,
  elsewhereTitle,
  incomplete,
  moreRows,
  openLabel,
  openTip,
  pendingFacts,
  pendingTitle,
  pendingWho,
} from '../words/card/pending.ts'
import { labels } from '../words/labels.ts'
import { say } from '../words/language.ts'
import { inPlain, type Reader } from '../words/reader.ts'
import type { PendingView } from '../workflow/ports/views.ts'
import type { PendingCard } from './card-templates.ts'

/** More rows than this make a card that nobody reads, and one that Teams may not take. */
const mostRows = 15

export function pendingData(reader: Reader, view: PendingView): PendingCard {
  const summary = pendingTitle(inPlain(reader), view)
  const hidden = view.rows.length - mostRows
  return {
    lang: reader.language,
    speak: summary,
    fallbackText: needsNewerTeams(reader, summary),
    title: pendingTitle(reader, view),
    rows: view.rows.slice(0, mostRows).map((row) => ({
      id: row.request,
      revision: row.revision,
      who: pendingWho(reader, row),
      facts: pendingFacts(reader, row),
      open: say(reader, openLabel),
      tip: openTip(inPlain(reader), row),
    })),
    notes: [
      ...(hidden > 0 ? [moreRows(reader, hidden)] : []),
      ...incomplete(reader, view.complete),
      ...(view.elsewhere.length > 0 ? [say(reader, elsewhereTitle)] : []),
    ].map((text) => ({ text })),
    elsewhere: view.elsewhere.slice(0, mostRows).map((each) => ({ text: elsewhereLine(reader, each) })),
    portal:
      view.elsewhere.length > 0 || !view.complete ? [{ title: say(reader, labels.portal), url: view.portal }] : [],
  }
}
