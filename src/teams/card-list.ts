import { needsNewerTeams } from '../words/card-lines.ts'
import * as words from '../words/card/lists.ts'
import { say } from '../words/language.ts'
import { inPlain, type Reader } from '../words/reader.ts'
import type {
  AnswerView,
  EntriesView,
  EntryRow,
  ExpiringView,
  HeldRow,
  HolderRow,
  HoldersView,
  MineView,
  Opens,
  RequestRow,
  RequestsView,
} from '../workflow/ports/answers.ts'
import type { ListCard } from './card-templates.ts'

type ListView = Exclude<AnswerView, { view: 'recap' }>
type Section = ListCard['sections'][number]
type Row = Section['rows'][number]
type Drawn = Pick<ListCard, 'intro' | 'sections' | 'notes' | 'portal'> & Partial<Pick<ListCard, 'search'>>

/** More rows than this in one section make a card that nobody reads, and one that Teams may not take. */
const mostRows = 12

/** Every list that answers a question looks the same: a row each, with at most one button. */
export function listData(reader: Reader, view: ListView): ListCard {
  const summary = listSummary(reader, view)
  return {
    lang: reader.language,
    speak: summary,
    fallbackText: needsNewerTeams(reader, summary),
    title: titleOf(reader, view),
    search: [],
    ...drawn(reader, view),
  }
}

/** Plain: lock screens and screen readers get this. */
export const listSummary = (reader: Reader, view: ListView): string => titleOf(inPlain(reader), view)

function titleOf(reader: Reader, view: ListView): string {
  switch (view.view) {
    case 'mine':
      return say(reader, words.mineTitle)
    case 'expiring':
      return say(reader, words.expiringTitle)
    case 'requests':
      return words.requestsHeading(reader, view.rows.length)
    case 'entries':
      return words.entriesTitle(reader, view)
    case 'holders':
      return words.holdersTitle(reader, view)
    default:
      return view satisfies never
  }
}

function drawn(reader: Reader, view: ListView): Drawn {
  switch (view.view) {
    case 'mine':
      return mine(reader, view)
    case 'expiring':
      return expiring(reader, view)
    case 'requests':
      return requests(reader, view)
    case 'entries':
      return entries(reader, view)
    case 'holders':
      return holders(reader, view)
    default:
      return view satisfies never
  }
}

function mine(reader: Reader, { active, eligible, requests, unread, observedAt, portal }: MineView): Drawn {
  return {
    intro: active.length === 0 ? say(reader, words.nothingActive) : '',
    sections: [
      section(reader, say(reader, words.activeTitle), active, (row) =>
        heldRow(reader, row, words.heldFacts(reader, row)),
      ),
      section(reader, say(reader, words.requestsTitle), requests, (row) => requestRow(reader, row)),
      section(reader, say(reader, words.eligibleTitle), eligible, (row) =>
        heldRow(reader, row, words.heldFacts(reader, row)),
      ),
    ].flat(),
    notes: notes(words.unreadLines(reader, unread), words.observedLine(reader, observedAt)),
    portal: [{ title: say(reader, words.listLabels.portal), url: portal }],
  }
}

const notes = (...lines: readonly (string | readonly string[])[]) => lines.flat().map((text) => ({ text }))

function expiring(reader: Reader, { rows, endless, unread, observedAt, portal }: ExpiringView): Drawn {
  return {
    intro: '',
    sections: section(reader, '', rows, (row) => heldRow(reader, row, words.endingFacts(reader, row))),
    notes: notes(
      endless === 0 ? [] : [words.endlessLine(reader, endless)],
      words.unreadLines(reader, unread),
      words.observedLine(reader, observedAt),
    ),
    portal: [{ title: say(reader, words.listLabels.portal), url: portal }],
  }
}

function requests(reader: Reader, { rows, more }: RequestsView): Drawn {
  return {
    intro: '',
    sections: section(reader, '', rows, (row) => requestRow(reader, row)),
    notes: more === 0 ? [] : [{ text: words.olderLine(reader, more) }],
    portal: [],
  }
}

function entries(reader: Reader, view: EntriesView): Drawn {
  const { about, rows, more, search } = view
  const numbered = about.kind === 'which'
  const groups =
    about.kind === 'catalogue'
      ? [...Map.groupBy(rows, ({ kind }) => words.kindTitle(reader, kind))]
      : [['', rows] as const]
  return {
    intro: words.entriesIntro(reader, view),
    sections: groups.flatMap(([heading, group]) =>
      section(reader, heading, group, (row, index) => entryRow(reader, row, about, numbered ? index + 1 : null)),
    ),
    notes: more === 0 ? [] : [{ text: words.moreEntries(reader, more) }],
    search:
      search === undefined
        ? []
        : [{ id: search.record, revision: search.revision, title: say(reader, words.listLabels.search) }],
    portal: [],
  }
}

function holders(reader: Reader, { active, eligible, observedAt, portal }: HoldersView): Drawn {
  const shown = (row: HolderRow) => ({ ...bare(reader, row), facts: words.holderFacts(reader, row) })
  return {
    intro: active.length === 0 ? say(reader, words.nothingActive) : '',
    sections: [
      section(reader, words.holdersActive(reader, active.length), active, shown),
      section(reader, words.holdersEligible(reader, eligible.length), eligible, shown),
    ].flat(),
    notes: [{ text: words.observedLine(reader, observedAt) }],
    portal: [{ title: say(reader, words.listLabels.portal), url: portal }],
  }
}

/** @returns nothing for no rows; beyond the most, how many are left out. */
function section<Item>(
  reader: Reader,
  heading: string,
  items: readonly Item[],
  row: (item: Item, index: number) => Row,
): Section[] {
  if (items.length === 0) return []
  const hidden = items.length - mostRows
  const rows = items.slice(0, mostRows).map(row)
  const more = hidden > 0 ? [{ ...nothing, name: words.moreLine(reader, hidden), facts: '' }] : []
  return [{ heading, rows: [...rows, ...more] }]
}

const nothing = { open: '', id: '', revision: 0, link: '', url: '', tip: '' }
const bare = (reader: Reader, item: { readonly name: string }) => ({ ...nothing, name: words.rowName(reader, item) })

const opening = (open: string, tip: string, opens: Opens | undefined) =>
  opens === undefined ? {} : { open, tip, id: opens.record, revision: opens.revision }

function heldRow(reader: Reader, row: HeldRow, facts: string): Row {
  const plain = inPlain(reader)
  const eligible = row.as === 'eligible'
  const { ask, open } = words.listLabels
  const tip = eligible ? words.askTip(plain, row.name) : words.openTip(plain, row.name)
  return { ...bare(reader, row), facts, ...opening(say(reader, eligible ? ask : open), tip, row.opens) }
}

function requestRow(reader: Reader, row: RequestRow): Row {
  const tip = words.openTip(inPlain(reader), row.name)
  return {
    ...bare(reader, row),
    facts: words.requestFacts(reader, row),
    ...opening(say(reader, words.listLabels.open), tip, row.opens),
  }
}

function entryRow(reader: Reader, row: EntryRow, about: EntriesView['about'], number: number | null): Row {
  const plain = inPlain(reader)
  return {
    ...nothing,
    name: words.entryName(reader, row, number),
    facts: words.entryFacts(reader, row, about),
    ...opening(say(reader, words.listLabels.ask), words.askTip(plain, row.name), row.opens),
    ...(row.portal === undefined
      ? {}
      : { link: say(reader, words.listLabels.portal), url: row.portal, tip: words.portalTip(plain, row.name) }),
  }
}
