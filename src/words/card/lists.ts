import type {
  EntriesView,
  EntryRow,
  HeldRow,
  HolderRow,
  HoldersView,
  RequestRow,
} from '../../workflow/ports/answers.ts'
import { statusWord } from '../refusals.ts'
import { tierWord } from '../labels.ts'
import { say, type Sentence } from '../language.ts'
import { allOf, count, dayOf, moment, momentAt, named, quoted, type Reader, span } from '../reader.ts'
import { kindWords } from '../kinds.ts'

// Lists that answer a question: what I hold, what runs out, what I could ask for, who holds it.

export const listLabels = {
  open: { en: 'Open', de: 'Öffnen' },
  ask: { en: 'Ask', de: 'Anfordern' },
  search: { en: 'Search', de: 'Suchen' },
  portal: { en: 'Portal', de: 'Portal' },
  audit: { en: 'Audit log', de: 'Überwachungsprotokoll' },
} as const satisfies Record<string, Sentence>

export function openTip(reader: Reader, name: string): string {
  const what = named(reader, name, 60)
  return say(reader, { en: `Show the card of ${what}`, de: `Karte zu ${what} zeigen` })
}
export function askTip(reader: Reader, name: string): string {
  const what = named(reader, name, 60)
  return say(reader, { en: `Open the form for ${what}`, de: `Formular für ${what} öffnen` })
}
export function portalTip(reader: Reader, name: string): string {
  const what = named(reader, name, 60)
  return say(reader, { en: `Ask for ${what} in the portal`, de: `${what} im Portal anfordern` })
}

export function observedLine(reader: Reader, at: Date): string {
  const when = momentAt(reader, at)
  return say(reader, {
    en: `As Entra lists it ${when}, read with the bot's own rights. What has just changed may come a minute late.`,
    de: `So führt es Entra ${when}, gelesen mit den eigenen Rechten des Bots. Was sich gerade ändert, kommt bis zu einer Minute später.`,
  })
}

/** A list that lacks something says so: what is missing is not taken for nothing. */
export const unreadLines = (reader: Reader, unread: readonly EntryRow['kind'][]): readonly string[] =>
  unread.map((kind) => {
    const what = kindTitle(reader, kind)
    return say(reader, {
      en: `Not read just now, so missing here: ${what}. Ask again in a minute.`,
      de: `Gerade nicht lesbar und deshalb nicht in der Liste: ${what}. Frag in einer Minute noch einmal.`,
    })
  })

export function moreLine(reader: Reader, more: number): string {
  const left = count(reader, more)
  return say(reader, { en: `And ${left} more.`, de: `Und ${left} weitere.` })
}
export function moreEntries(reader: Reader, more: number): string {
  const left = count(reader, more)
  return say(reader, {
    en: `And ${left} more: write a part of a name, or what you want to do.`,
    de: `Und ${left} weitere: Schreib einen Teil des Namens, oder was du tun willst.`,
  })
}

// ---- What the reader holds ---------------------------------------------------------------------------------------

export const mineTitle: Sentence = { en: 'Your access', de: 'Dein Zugriff' }
export const activeTitle: Sentence = { en: 'Active now', de: 'Jetzt aktiv' }
export const eligibleTitle: Sentence = { en: 'You can switch on', de: 'Kannst du aktivieren' }
export const requestsTitle: Sentence = { en: 'Asked for', de: 'Angefordert' }
export const nothingActive: Sentence = { en: 'Nothing is active now.', de: 'Zurzeit ist nichts aktiv.' }

export const expiringTitle: Sentence = {
  en: 'What of yours runs out, soonest first',
  de: 'Was bei dir abläuft, das Nächste zuerst',
}
export function endlessLine(reader: Reader, endless: number): string {
  if (endless === 1) return say(reader, { en: 'One more has no end.', de: 'Eines mehr hat kein Ende.' })
  const many = count(reader, endless)
  return say(reader, { en: `${many} more have no end.`, de: `${many} weitere haben kein Ende.` })
}

export const rowName = (reader: Reader, { name }: { readonly name: string }): string => named(reader, name, 100)

const noEnd: Sentence = { en: 'no end', de: 'ohne Ende' }
const withoutActivation: Sentence = { en: 'held without activation', de: 'ohne Aktivierung zugewiesen' }

export function heldFacts(reader: Reader, { as, from, until, through, elsewhere }: HeldRow): string {
  return [
    untilWords(reader, { as, until }),
    ...(as === 'activated' && from !== null ? [sinceWords(reader, moment(reader, from))] : []),
    ...(as === 'assigned' ? [say(reader, withoutActivation)] : []),
    ...throughGroup(reader, through),
    ...(elsewhere ? [say(reader, portalOnly)] : []),
  ].join(' · ')
}

const sinceWords = (reader: Reader, from: string): string => say(reader, { en: `since ${from}`, de: `seit ${from}` })

const portalOnly: Sentence = {
  en: 'not in our catalogue: portal only',
  de: 'nicht in unserem Katalog: nur im Portal',
}

/** The same where activations and eligibilities stand in one list. */
export function endingFacts(reader: Reader, row: HeldRow): string {
  const until = untilWords(reader, row)
  return [
    ...(row.as === 'eligible'
      ? [
          say(reader, { en: `You can switch it on ${until}`, de: `Kannst du aktivieren ${until}` }),
          say(reader, ownerRenews),
        ]
      : [say(reader, { en: `Active ${until}`, de: `Aktiv ${until}` })]),
    ...throughGroup(reader, row.through),
  ].join(' · ')
}

/** To the minute where it runs; of what could run, the day says enough. */
function untilWords(reader: Reader, { as, until }: Pick<HeldRow, 'as' | 'until'>): string {
  if (until === null) return say(reader, noEnd)
  const end = as === 'eligible' ? dayOf(reader, until) : moment(reader, until)
  return say(reader, { en: `until ${end}`, de: `bis ${end}` })
}

const ownerRenews: Sentence = {
  en: 'its owner can renew that',
  de: 'die zuständige Person kann das erneuern',
}

function throughGroup(reader: Reader, through: string | null): string[] {
  if (through === null) return []
  const group = named(reader, through, 60)
  return [say(reader, { en: `through ${group}`, de: `über ${group}` })]
}

export function requestFacts(reader: Reader, { status, inDoubt, submittedAt }: RequestRow): string {
  const [word, at] = [statusWord(reader, status), momentAt(reader, submittedAt)]
  const asked = say(reader, { en: `${word}, asked ${at}`, de: `${word}, angefordert ${at}` })
  const doubt = say(reader, {
    en: 'in doubt: press Check on its card',
    de: 'ungewiss: drück auf der Karte auf Prüfen',
  })
  return inDoubt ? `${asked} · ${doubt}` : asked
}

export function requestsHeading(reader: Reader, rows: number): string {
  if (rows === 1) return say(reader, { en: 'Your request', de: 'Deine Anforderung' })
  const many = count(reader, rows)
  return say(reader, { en: `Your ${many} requests`, de: `Deine ${many} Anforderungen` })
}
export function olderLine(reader: Reader, more: number): string {
  if (more === 1) return say(reader, { en: 'There is an older one too.', de: 'Es gibt noch eine ältere.' })
  const left = count(reader, more)
  return say(reader, { en: `There are ${left} older ones.`, de: `Es gibt ${left} ältere.` })
}

// ---- Entries of the catalogue ------------------------------------------------------------------------------------

export function entriesTitle(reader: Reader, { about, rows }: Pick<EntriesView, 'about' | 'rows'>): string {
  switch (about.kind) {
    case 'catalogue':
      return say(reader, { en: 'What you can ask for', de: 'Was du anfordern kannst' })
    case 'task':
      return rows.length === 1
        ? say(reader, { en: 'This may fit', de: 'Das könnte passen' })
        : say(reader, {
            en: 'These may fit, the likeliest first',
            de: 'Diese könnten passen, das Wahrscheinlichste zuerst',
          })
    case 'which':
      return say(reader, { en: 'Which one do you mean?', de: 'Was davon meinst du?' })
    case 'each': {
      const many = count(reader, rows.length)
      return say(reader, {
        en: `You asked for ${many}: one form each`,
        de: `Du willst ${many} Zugriffe: je ein Formular`,
      })
    }
    case 'nearest':
      return say(reader, {
        en: 'I know nothing by that name. The nearest I have:',
        de: 'Unter diesem Namen kenne ich nichts. Am nächsten kommt:',
      })
    case 'portal':
      return say(reader, { en: 'Asked for elsewhere', de: 'Wird woanders angefordert' })
    case 'later':
      return say(reader, {
        en: 'I cannot plan a later start yet',
        de: 'Einen späteren Start kann ich noch nicht planen',
      })
    default:
      return about satisfies never
  }
}

export function entriesIntro(reader: Reader, { about }: Pick<EntriesView, 'about'>): string {
  switch (about.kind) {
    case 'later': {
      const at = momentAt(reader, about.at)
      return say(reader, {
        en: `Write to me again ${at}, and it starts then. If you need it now, open the form.`,
        de: `Schreib mir ${at} noch einmal, dann geht es los. Brauchst du es jetzt, öffne das Formular.`,
      })
    }
    case 'portal':
      return say(reader, {
        en: 'It is in our catalogue, but I cannot grant that kind of access yet.',
        de: 'Es steht in unserem Katalog, aber diese Art Zugriff kann ich noch nicht vergeben.',
      })
    case 'which':
    case 'each':
      return say(reader, {
        en: 'The form keeps what you wrote. Nothing is sent before you press Submit on it.',
        de: 'Im Formular steht, was du geschrieben hast. Gesendet wird erst, wenn du dort auf Absenden drückst.',
      })
    case 'task':
      return say(reader, {
        en: 'Write **catalogue** to see everything that you can ask for.',
        de: 'Schreib **Katalog**, um alles zu sehen, was du anfordern kannst.',
      })
    case 'catalogue':
      return say(reader, {
        en: 'Nothing is sent before you press Submit on the form. You can also just write what you need it for.',
        de: 'Gesendet wird erst, wenn du im Formular auf Absenden drückst. Du kannst auch einfach schreiben, wofür du etwas brauchst.',
      })
    default:
      return ''
  }
}

export const kindTitle = (reader: Reader, kind: EntryRow['kind']): string =>
  say(reader, kindWords.get(kind)?.several ?? otherKinds)

const otherKinds: Sentence = { en: 'Something else', de: 'Anderes' }

export const entryName = (reader: Reader, { name }: EntryRow, number: number | null): string =>
  number === null ? named(reader, name, 100) : `${count(reader, number)} · ${named(reader, name, 100)}`

/** What it lets a person do is why it is offered; then how far it goes, and whom to ask where there is no form. */
export function entryFacts(reader: Reader, row: EntryRow, about: EntriesView['about']): string {
  // A long list is looked over first; the form says the rest.
  if (about.kind === 'catalogue') return quoted(reader, row.grants, 90, () => '…')
  const { grants, tier, longest, owners, opens, portal } = row
  const [level, most] = [tierWord(reader, tier), span(reader, longest)]
  return [
    quoted(reader, grants, 160, () => '…'),
    say(reader, {
      en: `${level} risk, ${most} at most.`,
      de: `Risiko ${level.toLowerCase()}, höchstens ${most}.`,
    }),
    ...(owners.length === 0 ? [] : [whose(reader, owners)]),
    ...(opens === undefined && portal === undefined && owners.length > 0 ? [say(reader, noForm)] : []),
  ].join(' ')
}

function whose(reader: Reader, owners: readonly string[]): string {
  const who = allOf(
    reader,
    owners.map((name) => named(reader, name)),
  )
  return say(reader, { en: `Owner: ${who}.`, de: `Zuständig: ${who}.` })
}

const noForm: Sentence = {
  en: 'There is no form for it: ask the owner.',
  de: 'Ein Formular dafür gibt es nicht: Frag die zuständige Person.',
}

// ---- Who holds it -------------------------------------------------------------------------------------------------

export function holdersTitle(reader: Reader, { entitlement }: Pick<HoldersView, 'entitlement'>): string {
  const what = named(reader, entitlement, 80)
  return say(reader, { en: `Who has ${what}`, de: `Wer ${what} hat` })
}
export function holdersActive(reader: Reader, rows: number): string {
  const many = count(reader, rows)
  return say(reader, { en: `Active now: ${many}`, de: `Jetzt aktiv: ${many}` })
}
export function holdersEligible(reader: Reader, rows: number): string {
  const many = count(reader, rows)
  return say(reader, { en: `Could switch it on: ${many}`, de: `Könnten aktivieren: ${many}` })
}

export const holderFacts = (reader: Reader, { until, through, as }: HolderRow): string =>
  [
    untilWords(reader, { as, until }),
    ...(as === 'assigned' ? [say(reader, withoutActivation)] : []),
    ...throughGroup(reader, through),
  ].join(' · ')
