import type { RecordRefusedView } from '../workflow/ports/views.ts'
import { say, type Sentence } from './language.ts'
import type { Reader } from './reader.ts'

// What is said where our own memory fails: it is silent, or the journal has what we did not write.

export const recordRefused: Sentence = {
  en: "Nothing was done: the record of this request was changed by someone else, so it can't be trusted. Security has been told. Ask again with a new request.",
  de: 'Es ist nichts geschehen: Jemand anders hat die Aufzeichnung dieser Anforderung verändert, deshalb ist ihr nicht zu trauen. Die Sicherheit weiß davon. Stell eine neue Anforderung.',
}

export const memorySilent: Sentence = {
  en: "Latchkey's own database isn't answering, so this isn't finished. Try again in a minute. If something was sent before it went quiet, your card will show it, and it's never done twice.",
  de: 'Die Datenbank von Latchkey antwortet gerade nicht, deshalb ist das nicht fertig. Versuch es in einer Minute noch einmal. Was vorher schon gesendet war, zeigt deine Karte, und es geschieht nie zweimal.',
}

export const recordRefusedNotice = (reader: Reader, { request }: RecordRefusedView): string =>
  say(reader, {
    en: `Someone changed the journal of ${request}. It's refused from now on. Run verify-journal to see where.`,
    de: `Jemand hat das Journal von ${request} verändert. Es gilt ab jetzt nicht mehr. Wo, zeigt verify-journal.`,
  })
