import type { Tier } from '../entitlement/entry.ts'
import type { Terms } from '../entitlement/terms.ts'
import type { StatusVerb } from '../request/offers.ts'
import { type AccessRequest, openStage } from '../request/request.ts'
import { addTime, type Duration } from '../time.ts'
import type { StatusView } from '../workflow/ports/views.ts'
import { labels, tierWord } from './labels.ts'
import { say } from './language.ts'
import { count, dayOf, moment, named, quoted, type Reader, span } from './reader.ts'
import { sentence } from './safe-text.ts'

// What stands on the confirm, the status and the approval card beside where the request is.

export function whyLine(reader: Reader, justification: string | null): string {
  if (justification === null)
    return say(reader, { en: 'The justification has been erased.', de: 'Die Begründung wurde gelöscht.' })
  return whyWords(reader, justification === '' ? say(reader, labels.none) : quoted(reader, justification))
}

const whyWords = (reader: Reader, why: string): string =>
  say(reader, { en: `**Why:** ${why}`, de: `**Warum:** ${why}` })

export const grantsLine = (reader: Reader, grants: string): string =>
  `**${say(reader, labels.grants)}:** ${quoted(reader, grants, 300)}`

export function needsNewerTeams(reader: Reader, what: string): string {
  const told = sentence(what)
  return say(reader, {
    en: `${told} Update Teams to see this card.`,
    de: `${told} Aktualisiere Teams, um diese Karte zu sehen.`,
  })
}

// ---- The confirm card -------------------------------------------------------------------------------------------

export function confirmTitle(reader: Reader, entitlement: string): string {
  const what = named(reader, entitlement, 100)
  return say(reader, { en: `Ask for ${what}`, de: `${what} anfordern` })
}

export function durationLabel(reader: Reader, longest: Duration): string {
  const [label, most] = [say(reader, labels.duration), span(reader, longest)]
  return say(reader, { en: `${label} (longest ${most})`, de: `${label} (höchstens ${most})` })
}

export function cutNotice(reader: Reader, asked: Duration, longest: Duration): string {
  const [wanted, most] = [span(reader, asked), span(reader, longest)]
  return say(reader, {
    en: `You asked for ${wanted}. The longest allowed is ${most}, so that is filled in.`,
    de: `Du wolltest ${wanted}. Erlaubt sind höchstens ${most}, deshalb steht das im Formular.`,
  })
}

export function wordsCutNotice(reader: Reader, longest: number): string {
  const most = count(reader, longest)
  return say(reader, {
    en: `Your justification was longer than ${most} characters; the rest is left out.`,
    de: `Deine Begründung war länger als ${most} Zeichen; der Rest fehlt hier.`,
  })
}

export function termsLine(reader: Reader, terms: Terms, tier: Tier): string {
  const [risk, longest] = [tierWord(reader, tier).toLowerCase(), span(reader, terms.longest)]
  const parts = [
    say(reader, { en: `Risk: ${risk}`, de: `Risiko: ${risk}` }),
    say(reader, { en: `longest ${longest}`, de: `höchstens ${longest}` }),
    ...(terms.multiFactor
      ? [say(reader, { en: 'sign-in with a second factor', de: 'Anmeldung mit zweitem Faktor' })]
      : []),
    ...(terms.stepUp.request === undefined
      ? []
      : [say(reader, { en: 'a fresh sign-in when you submit', de: 'neue Anmeldung beim Absenden' })]),
  ]
  return `${parts.join(' · ')}.`
}

// ---- The status card --------------------------------------------------------------------------------------------

export const buttonTitle = (reader: Reader, button: StatusVerb, { thenEntra }: Pick<StatusView, 'thenEntra'>) =>
  button === 'activate' ? lastTap(reader, thenEntra) : say(reader, button === 'end' ? labels.endNow : labels[button])

/** What the requester's last tap does: Entra still asks somebody, or switches it on. */
export const lastTap = (reader: Reader, thenEntra: boolean): string =>
  say(reader, thenEntra ? labels.sendToEntra : labels.activateNow)

export function endPossibleFrom(reader: Reader, at: Date): string {
  const from = moment(reader, at)
  return say(reader, {
    en: `You can end it from ${from}: Entra allows that five minutes after the start.`,
    de: `Beenden kannst du es ab ${from}: Entra erlaubt das fünf Minuten nach dem Start.`,
  })
}

export function lastChecked(reader: Reader, at: Date, silent = false): string {
  const when = moment(reader, at)
  return silent
    ? say(reader, {
        en: `Last checked ${when}: Entra has not answered since. Press Check to look now.`,
        de: `Zuletzt geprüft: ${when}. Seitdem hat Entra nicht geantwortet. Drück auf Prüfen, um jetzt nachzusehen.`,
      })
    : say(reader, { en: `Last checked ${when}.`, de: `Zuletzt geprüft: ${when}.` })
}

export const summaryOfStatus = (reader: Reader, entitlement: string, headline: string): string =>
  `${named(reader, entitlement, 40)}: ${headline}`

// ---- The approval card ------------------------------------------------------------------------------------------

export function asksFor(reader: Reader, requester: string, entitlement: string): string {
  const [who, what] = [named(reader, requester), named(reader, entitlement, 100)]
  return say(reader, { en: `${who} asks for ${what}`, de: `${who} fordert ${what} an` })
}

export const askedBy = (reader: Reader, requester: string, entitlement: string, duration: Duration): string =>
  `${named(reader, requester)} · ${named(reader, entitlement, 100)} · ${span(reader, duration)}`

export function lastHeld(reader: Reader, at: Date | null): string {
  if (at === null) return say(reader, { en: 'never through Latchkey', de: 'nie über Latchkey' })
  const day = dayOf(reader, at)
  return say(reader, { en: `on ${day}`, de: `am ${day}` })
}

export const signalLine = (reader: Reader, signal: { readonly label: string; readonly meaning: string }): string =>
  `**${named(reader, signal.label, 60)}:** ${quoted(reader, signal.meaning, 300)}`

/** Enough of the justification to leave the buttons in sight on a phone; the mark says where the rest stands. */
export function whyInShort(reader: Reader, justification: string | null, most: number): string {
  if (justification === null || justification === '') return whyLine(reader, justification)
  const mark = (more: number): string => restUnderMore(reader, count(reader, more))
  return whyWords(reader, quoted(reader, justification, most, mark))
}

const restUnderMore = (reader: Reader, more: string): string =>
  say(reader, {
    en: ` … (${more} more characters under ${labels.more.en})`,
    de: ` … (${more} weitere Zeichen unter ${labels.more.de})`,
  })

export const closesAt = (reader: Reader, request: AccessRequest): string =>
  request.phase.status === 'filed' ? orNothing(reader, request.phase.filed.closesAt) : chatClosesAt(reader, request)

const orNothing = (reader: Reader, at: Date | null): string => (at === null ? '' : moment(reader, at))

function chatClosesAt(reader: Reader, request: AccessRequest): string {
  const open = openStage(request)
  if (open === undefined || request.phase.status !== 'in-chat') return ''
  return moment(reader, addTime(request.phase.waiting.since, open.stage.rule.lapseAfter))
}
