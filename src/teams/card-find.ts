import { needsNewerTeams } from '../words/card-lines.ts'
import { elsewhere, find } from '../words/card/find.ts'
import { say } from '../words/language.ts'
import { inPlain, named, quoted, type Reader } from '../words/reader.ts'
import type { FoundEntry } from '../workflow/ports/incoming.ts'
import { type AdaptiveCardJson, type FindCard, foundCard } from './card-templates.ts'

/** The name under which a client asks for what stands in the card's input; there is this one list. */
export const catalogueDataset = 'catalogue'

export function findData(reader: Reader): FindCard {
  const title = say(reader, find.title)
  return {
    lang: reader.language,
    speak: title,
    fallbackText: needsNewerTeams(reader, title),
    id: 'find',
    revision: 1,
    title,
    input: {
      label: say(reader, find.label),
      placeholder: say(reader, find.placeholder),
      errorMessage: say(reader, find.required),
      dataset: catalogueDataset,
    },
    open: say(reader, find.open),
  }
}

/** One entry with a button that makes its form: for the person's own chat with the bot alone. */
export function entryCard(reader: Reader, entry: FoundEntry): AdaptiveCardJson {
  const spoken = named(inPlain(reader), entry.name, 100)
  return foundCard({
    lang: reader.language,
    speak: spoken,
    fallbackText: needsNewerTeams(reader, spoken),
    title: named(reader, entry.name, 100),
    text: quoted(reader, entry.grants, 300),
    forms: [{ title: say(reader, find.open), id: entry.record, revision: 1 }],
    links: [],
  })
}

/** What may stand where others read: it says nothing of anybody, nor what there is to ask for. */
export function neutralCard(reader: Reader, botAppId: string): AdaptiveCardJson {
  const title = say(reader, elsewhere.title)
  return foundCard({
    lang: reader.language,
    speak: title,
    fallbackText: needsNewerTeams(reader, title),
    title,
    text: say(reader, elsewhere.text),
    forms: [],
    // Opens the reader's own chat with the bot, whoever they are.
    links: [{ title: say(reader, elsewhere.open), url: `https://teams.microsoft.com/l/chat/0/0?users=28:${botAppId}` }],
  })
}
