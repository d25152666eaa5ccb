import type { EntriesView, EntryRow, HeldRow, HolderRow, HoldersView, RequestRow } from '../workflow/answers.ts'
import { statusWord } from './en-refusals.ts'
import { allOf, count, dayOf, moment, momentAt, named, quoted, type Reader, span } from './reader.ts'

// Lists that answer a question: what I hold, what runs out, what I could ask for, who holds it.

export const listLabels = {
  open: 'Open',
  ask: 'Ask',
  portal: 'Portal',
  audit: 'Audit log',
} as const

export const openTip = (reader: Reader, name: string): string => `Show the card of ${named(reader, name, 60)}`
export const askTip = (reader: Reader, name: string): string => `Open the form for ${named(reader, name, 60)}`
export const portalTip = (reader: Reader, name: string): string => `Ask for ${named(reader, name, 60)} in the portal`

export const observedLine = (reader: Reader, at: Date): string =>
  `As Entra lists it ${momentAt(reader, at)}, read with the bot's own rights. What has just changed may come a minute late.`

export const moreLine = (reader: Reader, more: number): string => `And ${count(reader, more)} more.`
export const moreEntries = (reader: Reader, more: number): string =>
  `And ${count(reader, more)} more: write a part of a name, or what you want to do.`

// ---- What the reader holds ---------------------------------------------------------------------------------------

export const mineTitle = 'Your access'
export const activeTitle = 'Active now'
export const eligibleTitle = 'You can switch on'
export const requestsTitle = 'Asked for'
export const nothingActive = 'Nothing is active now.'

export const expiringTitle = 'What of yours runs out, soonest first'
export const endlessLine = (reader: Reader, endless: number): string =>
  endless === 1 ? 'One more has no end.' : `${count(reader, endless)} more have no end.`

export const rowName = (reader: Reader, { name }: { readonly name: string }): string => named(reader, name, 100)

export function heldFacts(reader: Reader, { as, from, until, through, elsewhere }: HeldRow): string {
  return [
    untilWords(reader, { as, until }),
    ...(as === 'activated' && from !== null ? [`since ${moment(reader, from)}`] : []),
    ...(as === 'assigned' ? ['held without activation'] : []),
    ...throughGroup(reader, through),
    ...(elsewhere ? ['not in our catalogue: portal only'] : []),
  ].join(' · ')
}

/** The same where activations and eligibilities stand in one list. */
export function endingFacts(reader: Reader, row: HeldRow): string {
  const { as, through } = row
  const what = as === 'eligible' ? 'You can switch it on' : 'Active'
  const renew = as === 'eligible' ? ['its owner can renew that'] : []
  return [`${what} ${untilWords(reader, row)}`, ...renew, ...throughGroup(reader, through)].join(' · ')
}

/** To the minute where it runs; of what could run, the day says enough. */
function untilWords(reader: Reader, { as, until }: Pick<HeldRow, 'as' | 'until'>): string {
  if (until === null) return 'no end'
  return `until ${as === 'eligible' ? dayOf(reader, until) : moment(reader, until)}`
}

const throughGroup = (reader: Reader, through: string | null): string[] =>
  through === null ? [] : [`through ${named(reader, through, 60)}`]

export function requestFacts(reader: Reader, { status, inDoubt, submittedAt }: RequestRow): string {
  const doubt = inDoubt ? ' · in doubt: press Check on its card' : ''
  return `${statusWord(reader, status)}, asked ${momentAt(reader, submittedAt)}${doubt}`
}

export const requestsHeading = (reader: Reader, rows: number): string =>
  rows === 1 ? 'Your request' : `Your ${count(reader, rows)} requests`
export const olderLine = (reader: Reader, more: number): string =>
  more === 1 ? 'There is an older one too.' : `There are ${count(reader, more)} older ones.`

// ---- Entries of the catalogue ------------------------------------------------------------------------------------

export function entriesTitle(reader: Reader, { about, rows }: Pick<EntriesView, 'about' | 'rows'>): string {
  switch (about.kind) {
    case 'catalogue':
      return 'What you can ask for'
    case 'task':
      return rows.length === 1 ? 'This may fit' : 'These may fit, the likeliest first'
    case 'which':
      return 'Which one do you mean?'
    case 'each':
      return `You asked for ${count(reader, rows.length)}: one form each`
    case 'nearest':
      return 'I know nothing by that name. The nearest I have:'
    case 'portal':
      return 'Asked for elsewhere'
    case 'later':
      return 'I cannot plan a later start yet'
    default:
      return about satisfies never
  }
}

export function entriesIntro(reader: Reader, { about }: Pick<EntriesView, 'about'>): string {
  switch (about.kind) {
    case 'later':
      return `Write to me again ${momentAt(reader, about.at)}, and it starts then. If you need it now, open the form.`
    case 'portal':
      return 'It is in our catalogue, but I cannot grant that kind of access yet.'
    case 'which':
    case 'each':
      return 'The form keeps what you wrote. Nothing is sent before you press Submit on it.'
    case 'task':
      return 'Write **catalogue** to see everything that you can ask for.'
    case 'catalogue':
      return 'Nothing is sent before you press Submit on the form. You can also just write what you need it for.'
    default:
      return ''
  }
}

const kinds = {
  directoryRole: 'Entra roles',
  group: 'Groups, in the PIM portal',
  azureRole: 'Azure roles, in the PIM portal',
  accessPackage: 'Access packages, in My Access',
} as const
export const kindTitle = (kind: EntryRow['kind']): string =>
  Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : 'Sandbox exceptions, from their owners'

export const entryName = (reader: Reader, { name }: EntryRow, number: number | null): string =>
  number === null ? named(reader, name, 100) : `${count(reader, number)} · ${named(reader, name, 100)}`

/** What it lets a person do is why it is offered; then how far it goes, and whom to ask where there is no form. */
export function entryFacts(reader: Reader, row: EntryRow, about: EntriesView['about']): string {
  // A long list is looked over first; the form says the rest.
  if (about.kind === 'catalogue') return quoted(reader, row.grants, 90, () => '…')
  const { grants, tier, longest, owners, opens, portal } = row
  const whose =
    owners.length === 0
      ? ''
      : ` Owner: ${allOf(
          reader,
          owners.map((name) => named(reader, name)),
        )}.`
  const risk = `${risks[tier]} risk, ${span(reader, longest)} at most.`
  return `${quoted(reader, grants, 160, () => '…')} ${risk}${whose}${wayToGetIt(opens !== undefined, portal, owners)}`
}
const risks = { low: 'Low', medium: 'Medium', high: 'High', severe: 'Severe' } as const

function wayToGetIt(form: boolean, portal: string | undefined, owners: readonly string[]): string {
  if (form || portal !== undefined) return ''
  return owners.length === 0 ? '' : ' There is no form for it: ask the owner.'
}

// ---- Who holds it -------------------------------------------------------------------------------------------------

export const holdersTitle = (reader: Reader, { entitlement }: Pick<HoldersView, 'entitlement'>): string =>
  `Who has ${named(reader, entitlement, 80)}`
export const holdersActive = (reader: Reader, rows: number): string => `Active now: ${count(reader, rows)}`
export const holdersEligible = (reader: Reader, rows: number): string => `Could switch it on: ${count(reader, rows)}`

export const holderFacts = (reader: Reader, { until, through, as }: HolderRow): string =>
  [
    untilWords(reader, { as, until }),
    ...(as === 'assigned' ? ['held without activation'] : []),
    ...throughGroup(reader, through),
  ].join(' · ')
