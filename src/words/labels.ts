import type { Tier } from '../entitlement/entry.ts'
import { say, type Sentence } from './language.ts'
import type { Reader } from './reader.ts'

/** What stands on buttons, above inputs and beside facts. */
export const labels = {
  duration: { en: 'For how long', de: 'Wie lange' },
  justification: { en: 'Justification: what you need it for', de: 'Begründung: wofür du es brauchst' },
  ticket: { en: 'Ticket', de: 'Ticket' },
  ticketOptional: { en: 'Ticket (optional)', de: 'Ticket (freiwillig)' },
  justificationOptional: { en: 'Justification (optional)', de: 'Begründung (freiwillig)' },
  justificationHint: {
    en: 'One sentence that the approver will read',
    de: 'Ein Satz, den die genehmigende Person liest',
  },
  ticketHint: { en: 'For example INC-48213', de: 'Zum Beispiel INC-48213' },
  durationMissing: { en: 'Choose how long you need it.', de: 'Wähl, wie lange du es brauchst.' },
  justificationMissing: {
    en: 'Say in a sentence what you need it for.',
    de: 'Schreib in einem Satz, wofür du es brauchst.',
  },
  ticketMissing: { en: 'Enter the number of a ticket.', de: 'Gib die Nummer eines Tickets ein.' },
  comment: {
    en: 'Why you deny it (the requester reads this)',
    de: 'Warum du ablehnst (die anfordernde Person liest es)',
  },
  commentMissing: {
    en: 'Say why, so that the requester knows what to change.',
    de: 'Schreib den Grund dazu, damit klar ist, was zu ändern wäre.',
  },
  submit: { en: 'Submit', de: 'Absenden' },
  discard: { en: 'Discard', de: 'Verwerfen' },
  approve: { en: 'Approve', de: 'Genehmigen' },
  deny: { en: 'Deny', de: 'Ablehnen' },
  more: { en: 'More', de: 'Mehr' },
  ask: { en: 'Ask', de: 'Fragen' },
  answer: { en: 'Answer', de: 'Antworten' },
  answerInput: {
    en: 'Your answer (whoever may decide reads it)',
    de: 'Deine Antwort (alle, die entscheiden dürfen, lesen sie)',
  },
  answerMissing: { en: 'Write an answer first.', de: 'Schreib zuerst eine Antwort.' },
  shorter: { en: 'Approve for less time than asked', de: 'Für kürzere Zeit genehmigen als angefordert' },
  shorterMissing: { en: 'Choose a length.', de: 'Wähl eine Dauer.' },
  endNow: { en: 'End now', de: 'Jetzt beenden' },
  letEnd: { en: 'Let it end', de: 'Auslaufen lassen' },
  withdraw: { en: 'Withdraw', de: 'Zurückziehen' },
  check: { en: 'Check', de: 'Prüfen' },
  sendToEntra: { en: 'Send to Entra', de: 'An Entra senden' },
  activateNow: { en: 'Activate now', de: 'Jetzt aktivieren' },
  portal: { en: 'Portal', de: 'Portal' },
  grants: { en: 'What it allows', de: 'Das erlaubt es' },
  ticketFact: { en: 'Ticket', de: 'Ticket' },
  durationFact: { en: 'For', de: 'Dauer' },
  tierFact: { en: 'Risk', de: 'Risiko' },
  submittedFact: { en: 'Submitted', de: 'Abgesendet' },
  lastHeldFact: { en: 'Last held', de: 'Zuletzt aktiv' },
  closesFact: { en: 'Answer by', de: 'Antwort bis' },
  none: { en: 'none given', de: 'keine Angabe' },
  guest: { en: 'Guest', de: 'Gast' },
} as const satisfies Record<string, Sentence>

const tiers: Readonly<Record<Tier, Sentence>> = {
  low: { en: 'Low', de: 'Niedrig' },
  medium: { en: 'Medium', de: 'Mittel' },
  high: { en: 'High', de: 'Hoch' },
  severe: { en: 'Severe', de: 'Sehr hoch' },
}
export const tierWord = (reader: Reader, tier: Tier): string => say(reader, tiers[tier])
