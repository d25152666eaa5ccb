import { expect, test } from 'vitest'
import { render } from '../../src/teams/cards.ts'
import type { View } from '../../src/workflow/ports/views.ts'
import { answersWith, eligibleRow, entriesView, entryRow, expiringView, heldRow } from './answer-situations.ts'
import { holdersView, mineView, recapView, requestRow } from './answer-situations.ts'
import { hours, minutes } from '../../src/time.ts'
import { approvalView, asked, confirmView, decided, endingView, entitlement, now } from './situations.ts'
import { berlin, london, pendingView, phases, questionView, request } from './situations.ts'
import { requester, stageView, statusView } from './situations.ts'
import { nth } from '../fixtures/nth.ts'

/** Everything that people, the directory or Entra can write into a request, as this. */
function writtenEverywhere(text: string): View[] {
  const names = new Map([[requester.id, text], ...nth(request().stages, 0).people.map((id) => [id, text] as const)])
  const about = { justification: { freeText: text }, ticket: text }
  const denied = request(
    { phase: phases.denied, decisions: [decided({ verdict: 'deny', comment: { freeText: text } })] },
    about,
  )
  const refused = request({ phase: { status: 'refused', at: now, code: text, message: text } }, about)
  const decider = { name: text, reachable: false }
  const named = { ...entitlement, name: text, grants: text }
  return [
    confirmView({
      entitlement: named,
      justification: text,
      ticket: text,
      stages: [
        stageView({ asked: [decider, decider], standIn: [decider] }),
        stageView({ by: 'chat', asked: [decider] }),
      ],
      sentBack: { refusal: { kind: 'ticket-not-recognised', ticket: text }, missing: ['ticket'] },
    }),
    statusView(denied, { entitlement: named, names, deciders: [decider] }),
    statusView(refused, { entitlement: named, names, deciders: [decider] }),
    statusView(request({ setback: { about: 'end', code: text, message: text } }, about), { deciders: [decider] }),
    approvalView(request({}, about), {
      requester: { ...requester, name: text, title: text, userPrincipalName: text },
      entitlement: named,
      names,
      refused: {
        kind: 'differs-in-entra',
        differences: [{ field: 'justification', journal: text, entra: text }],
      },
    }),
    approvalView(denied, { open: false, names }),
    approvalView(request({ questions: [1, 2, 3, 4].map(() => asked(text, text)) }, about), {
      requester: { ...requester, name: text, title: text, userPrincipalName: text },
      entitlement: named,
      names,
      claim: { by: nth(request().stages, 0).people[0] ?? requester.id, since: now, mine: false },
      signals: [{ label: text, meaning: text }],
      others: [text, text],
      shorter: { shortest: minutes(5), longest: hours(8) },
    }),
    questionView(request({ questions: [asked(text, text)] }), { entitlement: named, names }),
    { view: 'answered', requester: text, entitlement: text },
    approvalView(request({ decisions: [decided({ comment: { freeText: text } })] }, about), {
      entitlement: named,
      names,
      signals: [{ label: text, meaning: text }],
      others: [text, text],
    }),
    endingView(request({ phase: phases.active, setback: { about: 'end', code: text, message: text } }, about), {
      entitlement: named,
    }),
    pendingView({
      rows: pendingView().rows.map((row) => ({ ...row, requester: text, entitlement: text })),
      elsewhere: [{ requester: text, role: text, since: now }],
    }),
    { view: 'nudge', requester: text, entitlement: text, since: now },
    {
      view: 'refusal',
      refusal: { kind: 'entra-refused', code: text, message: text, failedRules: [text] },
      names,
    },
    { view: 'notice', about: 'denied', entitlement: text, until: null, by: text },
    { view: 'closed-draft', entitlement: text, why: 'replaced' },
    mineView({
      active: [heldRow({ name: text, through: text })],
      requests: [requestRow({ name: text, status: text })],
    }),
    expiringView({ rows: [heldRow({ name: text, through: text }), eligibleRow({ name: text, through: text })] }),
    entriesView({ rows: [entryRow({ name: text, grants: text, owners: [text] })] }),
    holdersView({ entitlement: text, active: [{ name: text, as: 'assigned', through: text, until: null }] }),
    recapView({ request: request({ decisions: [decided()] }, about), entitlement: text, names }),
    ...Object.values(answersWith(text)).map((what): View => ({ view: 'say', what })),
  ]
}

/** The texts that Teams reads as markdown: blocks, facts and messages. */
function markdownOf(node: unknown, key = ''): string[] {
  if (typeof node === 'string') return [key].filter((name) => name === 'text' || name === 'value').map(() => node)
  if (typeof node !== 'object' || node === null) return []
  if ('type' in node && String(node.type).startsWith('Input.')) return []
  return Object.entries(node).flatMap(([name, child]) => markdownOf(child, Array.isArray(node) ? key : name))
}

const drawn = (text: string, viewer = london) => writtenEverywhere(text).map((view) => render(view, viewer, { now }))
/** In every language: each sentence quotes what others wrote in a place of its own. */
const written = (text: string) =>
  [london, berlin].flatMap((viewer) => drawn(text, viewer)).flatMap(({ card, text }) => markdownOf({ card, text }))

const ownLink = /\[[\p{L} ]+\]\(https:\/\/(?:entra|myaccess)\.microsoft\.com\/[^)\s]*\)/gu

test('a link in foreign text stays text', () => {
  // Links of our own lead to Microsoft's portals alone.
  for (const text of written('[Approve here](https://evil.example)').map((text) => text.replace(ownLink, '')))
    expect(text).not.toMatch(/(?<!\\)\[|(?<!\\)\]|\]\(/)
})

test('a mention or tag in foreign text stays text', () => {
  for (const text of written('<at>Priya Raman</at> <b>x</b> </at> <!--')) expect(text).not.toMatch(/<[a-z/!]/i)
})

test('an entity in foreign text does not become a tag', () => {
  for (const text of written('&lt;at&gt;Priya&#60;/at&#x3e;')) expect(text).not.toMatch(/&(lt|#60|#x3e|gt);/)
})

test('emphasis in foreign text is shown as typed', () => {
  for (const text of written('**Approved** _by_ ~~security~~ `now`')) {
    expect(
      text
        .replace(ownLink, '')
        .replaceAll(/\*\*(Why|What it allows|Warum|Das erlaubt es):\*\*/g, '')
        .replace(/^\*\*(.*):\*\* /, '$1 ')
        // Our own words stand out in places; what others wrote has a backslash before every mark.
        .replace(/\*\*([^*\\\n]+)\*\*/g, '$1')
        .replace(/^- \*\*|\*\*:/gm, ''),
    ).not.toMatch(/(?<!\\)[*_~`]/)
  }
})

test('foreign text is one line: it can start no list, heading or second paragraph', () => {
  for (const text of written('x\r\n\r\n- Approved by security\n1. yes\u2028# Done')) {
    expect(text.replaceAll(/\n\n(?:- |1\. (?=\*\*))?|\n- /g, '')).not.toMatch(/[\r\n\u2028]/)
  }
  for (const text of written('- Approved')) expect(text).not.toMatch(/^- Approved/)
  for (const text of written('1. Approved')) expect(text).not.toMatch(/^1\. /)
})

test('no character that is invisible or turns the direction of reading gets through', () => {
  const hidden = ['\u202e', '\u2066', '\u200f', '\u061c', '\u200b', '\u2060', '\ufeff', '\u00ad', '\u{e0041}', '\u0007']
  for (const { card, text, summary } of drawn(`a${hidden.join('b')}c`)) {
    const all = JSON.stringify({ card, text, summary })
    for (const character of hidden) expect(all.includes(character)).toBe(false)
  }
})

test('emoji, accents and scripts of any direction stay as they are', () => {
  const said = 'Zürich 東京 שלום 👩🏽‍💻 ❤️ naïve'
  expect(written(said)).toContain(`**Why:** \u2068${said}\u2069`)
})

test('foreign text is data: an expression in it is not evaluated', () => {
  expect(written('${id} ${$root.revision}')).toContain('**Why:** ${id} ${$root.revision}')
})

test('a card stays small and says how much was left out, however long the text', () => {
  const long = 'lorem ipsum '.repeat(8500)
  for (const { card, text, summary } of drawn(long)) {
    expect(Buffer.byteLength(JSON.stringify(card ?? text))).toBeLessThan(25 * 1024)
    expect(summary.length).toBeLessThanOrEqual(80)
  }
  expect(written(long).join('\n')).toMatch(/… \(101,500 more characters not shown\)/)
})

test.for([
  ['piled accents', `a${'\u0301'.repeat(100_000)}`],
  ['families of emoji', '👩‍👩‍👧‍👦'.repeat(10_000)],
  ['markdown characters', '[*_`~|]('.repeat(12_000)],
  ['line breaks', '\n'.repeat(100_000)],
  ['hidden characters', '\u200b'.repeat(100_000)],
  ['halves of characters', '\ud83d'.repeat(50_000)],
  ['quotation marks', '"\\'.repeat(50_000)],
] as const)('100 kB of %s leave every card valid, small and soon drawn', ([, text]) => {
  for (const { card, text: said } of drawn(text)) {
    const json = JSON.stringify(card ?? said)
    expect(Buffer.byteLength(json)).toBeLessThan(25 * 1024)
    expect(json.isWellFormed()).toBe(true)
  }
})

test('an input gets back what was typed, not what was escaped', () => {
  const { card } = render(confirmView({ justification: 'fix [a_b] *now*' }), london, { now })
  expect(JSON.stringify(card)).toContain('"value":"fix [a_b] *now*"')
})

test('a form whose justification had to be cut says so', () => {
  const { card } = render(confirmView({ justification: 'x'.repeat(600) }), london, { now })
  expect(markdownOf(card).join(' ')).toContain('longer than 500 characters')
})

/** An input gives back what was typed, on a line of its own, and no client works anything out in it. */
const withoutTyped = (key: string, value: unknown) => (key === 'value' ? undefined : value)

test('a date function in foreign text is shown as it was written, by the client’s own formatter too', async () => {
  const { formatText } = await import('adaptivecards/lib/text-formatters.js')
  const written = 'agreed on {{DATE(2026-11-30T10:00:00Z, LONG)}} at {{TIME(2026-11-30T10:00:00Z)}}'
  for (const view of writtenEverywhere(written)) {
    const { card, text, summary } = render(view, london, { now })
    const shown = JSON.stringify(card ?? text, withoutTyped)
    if (shown.includes('agreed on')) expect(shown).toContain('{{DATE(')
    expect(formatText('en', shown)).toBe(shown)
    expect(formatText('en', summary)).toBe(summary)
  }
})

test('a name that is written from right to left turns nothing around it, in cards, messages and what is spoken', () => {
  const name = 'ندى العلي'
  for (const view of writtenEverywhere(name)) {
    const { card, text, summary } = render(view, london, { now })
    const drawn = JSON.stringify(card ?? text, withoutTyped)
    for (const shown of [drawn, summary].filter((each) => each.includes(name))) {
      for (const [around, before] of shown.matchAll(new RegExp(`.{0,40}(.)${name}.{0,10}`, 'gu')))
        expect(before, around).toBe('\u2068')
    }
  }
})
