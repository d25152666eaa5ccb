import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ApprovalCard, approvalCard, ConfirmCard, confirmCard } from '../../src/teams/card-templates.ts'
import { EndingCard, endingCard, NoteCard, noteCard, PendingCard, pendingCard } from '../../src/teams/card-templates.ts'
import { ListCard, listCard, RecapCard, recapCard } from '../../src/teams/card-templates.ts'
import { FindCard, findCard, FoundCard, foundCard } from '../../src/teams/card-templates.ts'
import { QuestionCard, questionCard, StatusCard, statusCard } from '../../src/teams/card-templates.ts'
import { type AdaptiveCardJson, render } from '../../src/teams/cards.ts'
import { addTime, days, hours, isoDuration, minutes } from '../../src/time.ts'
import { schemaOf } from './adaptive-card-schema.ts'
import { answers } from './answer-situations.ts'
import { approvalView, berlin, confirmView, decided, endingView, london, named, now } from './situations.ts'
import { filedOutside, pendingView } from './situations.ts'
import { phases, request, situations, stageView, statusView, terms, threeStages } from './situations.ts'

const contracts = process.env['LATCHKEY_CONTRACTS']

type Json = Readonly<Record<string, unknown>>

function cardOf(...[view, viewer = london]: [Parameters<typeof render>[0], typeof london?]): AdaptiveCardJson {
  const { card } = render(view, viewer, { now })
  if (card === undefined) throw new Error('this view is drawn as text')
  return card
}

/** Every object of a card that has this type, in reading order. */
function all(node: unknown, type: string): Json[] {
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.values(node).flatMap((child) => all(child, type))
  return 'type' in node && node.type === type ? [{ ...node }, ...inner] : inner
}

const texts = (card: unknown) => all(card, 'TextBlock').map(({ text }) => String(text))
const verbs = (card: unknown) => all(card, 'Action.Execute').map(({ verb }) => verb)

function input(card: unknown, id: string): Json {
  const found = ['Input.Text', 'Input.ChoiceSet'].flatMap((type) => all(card, type)).find((each) => each['id'] === id)
  if (found === undefined) throw new Error(`the card has no input ${id}`)
  return found
}

/** The values that the confirm card's list of lengths offers. */
function choices(view: Parameters<typeof confirmView>[0]): unknown[] {
  const { choices } = input(cardOf(confirmView(view)), 'duration')
  return Array.isArray(choices) ? choices.map(({ value }) => value) : []
}

function card(name: string): AdaptiveCardJson {
  const view = situations.get(name)
  if (view === undefined) throw new Error(`no situation is called ${name}`)
  return cardOf(view)
}
const said = (name: string) => texts(card(name))
const titles = (name: string) => all(card(name), 'Action.Execute').map(({ title }) => title)
const headline = (name: string) => said(name)[1]

const drawn = [...situations, ...answers].filter(([, view]) => view.view !== 'notice' && view.view !== 'say')

describe('every card', () => {
  test.for(drawn)('%s: is whole, small and reads on a lock screen', ([, view]) => {
    const { card, summary } = render(view, london, { now })
    const json = JSON.stringify(card)
    expect(json).not.toContain('${')
    expect(json).not.toContain('null')
    expect(Buffer.byteLength(json)).toBeLessThan(25 * 1024)
    expect(summary.length).toBeLessThanOrEqual(80)
    expect(summary).not.toContain('rotate')
    expect(card).toMatchObject({
      lang: 'en',
      speak: expect.stringMatching(/\w/),
      fallbackText: expect.stringMatching(/\w/),
    })
    expect(card?.['speak']).not.toContain('rotate')
  })

  test.for(drawn)('%s: sends back nothing but a record and its revision', ([, view]) => {
    for (const action of all(cardOf(view), 'Action.Execute')) {
      expect(Object.keys(Object(action['data']))).toEqual(['id', 'revision'])
      expect(action['data']).toMatchObject({ id: expect.any(String), revision: 3 })
    }
  })

  test.for(drawn)('%s: shows at most three actions and has a label on every input', ([, view]) => {
    const card = cardOf(view)
    const actions = Array.isArray(card['actions']) ? card['actions'] : []
    expect(actions.filter(({ mode }) => mode !== 'secondary').length).toBeLessThanOrEqual(3)
    for (const each of [...all(card, 'Input.Text'), ...all(card, 'Input.ChoiceSet')])
      expect(each['label']).toMatch(/\w/)
    for (const each of all(card, 'TextBlock')) expect(each['wrap']).toBe(true)
  })
})

describe.skipIf(contracts === undefined)('against the published schema (needs LATCHKEY_CONTRACTS)', () => {
  const holds = contracts === undefined ? undefined : schemaOf(contracts)

  test.for(drawn)('%s: is a valid Adaptive Card 1.5', ([, view]) => {
    expect(holds?.(cardOf(view))).toEqual([])
  })

  test('the schema itself bites', () => {
    expect(holds?.({ ...cardOf(confirmView()), body: [{ type: 'TextBlock', text: 3 }] })).not.toEqual([])
  })
})

describe('templates', () => {
  const cards = new URL('../../cards/', import.meta.url)
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, cards), 'utf8'))

  test.for([
    ['confirm', (data: unknown) => confirmCard(ConfirmCard.parse(data))],
    ['status', (data: unknown) => statusCard(StatusCard.parse(data))],
    ['approval', (data: unknown) => approvalCard(ApprovalCard.parse(data))],
    ['ending', (data: unknown) => endingCard(EndingCard.parse(data))],
    ['question', (data: unknown) => questionCard(QuestionCard.parse(data))],
    ['note', (data: unknown) => noteCard(NoteCard.parse(data))],
    ['pending', (data: unknown) => pendingCard(PendingCard.parse(data))],
    ['find', (data: unknown) => findCard(FindCard.parse(data))],
    ['found', (data: unknown) => foundCard(FoundCard.parse(data))],
    ['list', (data: unknown) => listCard(ListCard.parse(data))],
    ['recap', (data: unknown) => recapCard(RecapCard.parse(data))],
  ] as const)('%s.json is filled whole by the sample data beside it', ([name, fill]) => {
    expect(JSON.stringify(fill(read(`${name}.data.json`)))).not.toMatch(/\$\{|null/)
  })

  test('every template has sample data, so that the Designer opens it', () => {
    const names = readdirSync(cards).filter((name) => name.endsWith('.json'))
    const templates = names.filter((name) => !name.endsWith('.data.json'))
    expect(templates.map((name) => name.replace('.json', '.data.json')).sort()).toEqual(
      names.filter((name) => name.endsWith('.data.json')).sort(),
    )
  })
})

describe('the confirm card', () => {
  test('comes filled in with what was asked, and one tap submits it', () => {
    const card = cardOf(confirmView())
    expect(input(card, 'duration')['value']).toBe('PT2H')
    expect(input(card, 'justification')['value']).toBe('rotate the connector keys')
    expect(input(card, 'ticket')['value']).toBe('INC-48213')
    expect(verbs(card)).toEqual(['submit', 'discard'])
  })

  test('offers lengths from the shortest to the longest, the one asked for among them', () => {
    expect(choices({ duration: minutes(45) })).toEqual(['PT15M', 'PT30M', 'PT45M', 'PT1H', 'PT2H', 'PT4H'])
    const short = { ...terms, longest: minutes(10), usual: minutes(10) }
    expect(choices({ duration: minutes(10), terms: short })).toEqual(['PT10M'])
    const long = choices({ duration: days(2), terms: { ...terms, longest: days(10) } })
    expect(long).toContain(isoDuration(days(2)))
    expect(long.at(-1)).toBe(isoDuration(days(10)))
  })

  test('requires on the client what the terms require, and says so in the label otherwise', () => {
    const card = cardOf(confirmView({ terms: { ...terms, ticket: 'optional' } }))
    expect(input(card, 'justification')['isRequired']).toBe(true)
    expect(input(card, 'ticket')).toMatchObject({ isRequired: false, label: expect.stringContaining('optional') })
  })

  test('says when the length asked for was cut, and to what', () => {
    expect(texts(cardOf(confirmView({ duration: hours(4), cutFrom: hours(8) })))).toContain(
      'You asked for 8 hours. The longest allowed is 4 hours, so that is filled in.',
    )
  })

  test('names who decides, and who of them the bot cannot reach', () => {
    const said = texts(
      cardOf(
        confirmView({
          stages: [stageView({ asked: [named('Priya Raman')], standIn: [named('Hannah Vogt', false)] })],
        }),
      ),
    ).join(' ')
    expect(said).toContain('Priya Raman decides, and Entra enforces it.')
    expect(said).toContain('If nobody answers: Hannah Vogt.')
    expect(said).toContain('Hannah Vogt does not have Latchkey in Teams')
  })

  test('when sent back, says why on top and again beside the input', () => {
    const view = confirmView({
      ticket: '',
      sentBack: { refusal: { kind: 'ticket-missing' }, missing: ['ticket'] },
    })
    const said = texts(cardOf(view))
    expect(said[0]).toMatch(/^Nothing was sent: a ticket is required/)
    expect(said.filter((text) => text.includes('ticket'))).toHaveLength(2)
  })

  test('an approval that Entra does not enforce is called that', () => {
    expect(texts(cardOf(confirmView({ stages: [stageView({ by: 'advisory' })] })))).toContain(
      'This approval is procedure, not enforced by Entra: whoever is eligible can switch it on in the portal.',
    )
  })

  test('tells several stages in the order in which they decide', () => {
    const said = texts(cardOf(confirmView({ stages: threeStages })))
    expect(said).toEqual(
      expect.arrayContaining([
        'Step 1: Priya Raman decides in chat. If nobody answers: Hannah Vogt.',
        'Step 2: Two of Jonas Weber, Mei Lin and Elif Kaya decide in chat.',
        'Step 3: One of Jonas Weber, Mei Lin or Elif Kaya decides, and Entra enforces it.',
        'Nobody decides more than one of these steps.',
      ]),
    )
    expect(said.join(' ')).not.toContain('procedure')
  })

  test.for([
    [{ need: 1, asked: ['Priya Raman'] }, 'Priya Raman decides in chat.'],
    [
      { need: 2, asked: ['Priya Raman', 'Mei Lin'] },
      'Priya Raman and Mei Lin decide in chat, and each has to say yes.',
    ],
    [{ need: 2, asked: ['Priya Raman'] }, 'Priya Raman is asked, and two have to say yes in chat.'],
    [{ need: 1, asked: [] }, 'Nobody is named to decide this.'],
  ] as const)('%j reads as people would say it', ([{ need, asked }, words]) => {
    const stages = [stageView({ by: 'chat', need, asked: asked.map((name) => named(name)) })]
    expect(texts(cardOf(confirmView({ stages })))).toContain(words)
  })

  test('says of somebody without the app whether the portal is a way out', () => {
    const asked = [named('Priya Raman', false)]
    const of = (['chat', 'entra'] as const).map((by) => confirmView({ stages: [stageView({ by, asked })] }))
    const [inChat, inEntra] = of.map((view) => texts(cardOf(view)).join(' '))
    expect(inChat).toContain('Priya Raman does not have Latchkey in Teams and cannot be asked here')
    expect(inEntra).toContain('Priya Raman does not have Latchkey in Teams and can answer in the Entra portal only')
  })

  test('announces a fresh sign-in before submitting', () => {
    const view = confirmView({ terms: { ...terms, stepUp: { request: 'c1' } } })
    expect(texts(cardOf(view)).join(' ')).toContain('a fresh sign-in when you submit')
  })
})

describe('the status card', () => {
  test.for([
    ['status: filed', 'Waiting for approval by Priya Raman or Hannah Vogt'],
    ['status: activating', 'Approved · activating'],
    ['status: active', 'Active until 12:20 GMT'],
    ['status: ended', 'Ended at 10:30 GMT'],
    ['status: over, never seen active', 'Over since 10:20 GMT'],
    ['status: denied', 'Denied by Priya Raman'],
    ['status: withdrawn', 'Withdrawn'],
    ['status: first of three stages', 'Waiting for Priya Raman'],
    ['status: two of three, one has said yes', 'Waiting for Mei Lin or Elif Kaya'],
    ['status: nobody left to ask in chat', 'Nobody can answer it at present'],
    ['status: last of three stages', 'Waiting for approval by Mei Lin or Elif Kaya'],
    ['status: approved, activate now', 'Approved. One more tap'],
    ['status: approved, send to Entra', 'Step 2 of 3 approved'],
    ['status: not sent', 'Not sent to Entra yet'],
    ['status: lapsed', 'Lapsed: nobody answered in time'],
    ['status: lapsed, one of two said yes', 'Lapsed: too few answered in time'],
    ['status: lapsed for entra', 'Not active'],
    ['status: lapsed for requester', 'Lapsed: never sent to Entra'],
    ['status: refused', 'Entra refused it'],
    ['status: failed', 'Failed in Entra'],
    ['status: being sent', 'Sending to Entra'],
    ['status: filing in doubt', 'In doubt: was it sent?'],
    ['status: withdrawal in doubt', 'In doubt: was it withdrawn?'],
    ['status: end in doubt', 'In doubt: was it ended?'],
  ] as const)('%s reads "%s"', ([name, words]) => {
    expect(headline(name)).toBe(words)
  })

  test('says when Entra closes it, with the date where that is another day', () => {
    expect(texts(cardOf(statusView()))).toContain('Entra closes it on Tue 24 Nov, 10:00 GMT unless somebody answers.')
  })

  test('says which stage waits, what happens if nobody answers, and what a yes leads to', () => {
    expect(said('status: first of three stages')).toEqual(
      expect.arrayContaining([
        'Step 1 of 3.',
        'If nobody answers by 12:30 GMT, Hannah Vogt is asked too.',
        'It lapses on Tue 24 Nov, 10:00 GMT unless somebody answers.',
        'Once approved, step 2 is asked.',
      ]),
    )
  })

  test('says how many of several have said yes, and who', () => {
    expect(said('status: two of three, one has said yes')).toEqual(
      expect.arrayContaining([
        'Step 2 of 3. 1 of 2 have said yes.',
        'Step 1: approved by Priya Raman at 10:20 GMT, in chat.',
        'Step 2: approved by Jonas Weber at 10:20 GMT, in chat.',
      ]),
    )
  })

  test('names the last tap for what it does, and how long it is open', () => {
    expect(titles('status: approved, activate now')).toEqual(['Activate now', 'Withdraw'])
    expect(titles('status: approved, send to Entra')).toEqual(['Send to Entra', 'Withdraw'])
    for (const name of ['status: approved, activate now', 'status: approved, send to Entra']) {
      expect(said(name)).toContain('It is open until Tue 24 Nov, 10:20 GMT; the clock starts when it is active.')
    }
  })

  test('claims nothing of what Entra closed unseen', () => {
    const words = said('status: lapsed for entra').join(' ')
    expect(words).toContain(
      'Not active Closed in Entra at 10:20 GMT; whether somebody said no there is not visible to us.',
    )
    expect(words).not.toMatch(/nobody answered|nothing was granted/i)
    expect(said('approval: closed, lapsed for entra').join(' ')).not.toMatch(/nobody answered|nothing was granted/i)
  })

  test('asks to try again what never reached Entra', () => {
    expect(said('status: end never reached Entra')).toContain('Your request to end it did not reach Entra. Try again.')
  })

  test('calls an approval procedure while it still matters', () => {
    const procedure = expect.stringContaining('procedure, not enforced by Entra')
    expect(said('status: procedure only')).toContainEqual(procedure)
    expect(said('status: filed')).not.toContainEqual(procedure)
  })

  test('shows the denial’s comment', () => {
    const comment = { freeText: 'Use Global Reader instead' }
    const view = statusView(request({ phase: phases.denied, decisions: [decided({ verdict: 'deny', comment })] }))
    expect(texts(cardOf(view))).toContain('Comment: "Use Global Reader instead"')
  })

  test('says of an erased justification that it was erased', () => {
    const view = statusView(request({}, { justification: { freeText: null } }))
    expect(texts(cardOf(view))).toContain('The justification has been erased.')
  })

  test('names an approver whose answer was never seen as that, not as one who approved', () => {
    const began = new Date('2026-11-23T10:02:00Z')
    const view = statusView(request({ phase: phases.active, decisions: [decided({ confirmed: false, began })] }))
    const said = texts(cardOf(view)).join(' ')
    expect(said).toContain('Priya Raman began to approve this at 10:02 GMT; Entra shows it active')
    expect(said).not.toContain('Approved by Priya Raman')
  })

  test('calls a call in doubt only once its time is over or its answer lost', () => {
    const doubt = { about: 'withdrawal', since: now, by: request().submission.requester, leaseUntil: now } as const
    const at = (seconds: number, answerLost: boolean) => {
      const { card } = render(statusView(request({ doubt: { ...doubt, answerLost } })), london, {
        now: addTime(now, minutes(seconds / 60)),
      })
      return texts(card)[1]
    }
    expect(at(5, false)).toBe('Withdrawing')
    expect(at(10, false)).toBe('In doubt: was it withdrawn?')
    expect(at(0, true)).toBe('In doubt: was it withdrawn?')
  })

  test('has the buttons it was given, and speaks of Check only where that is one', () => {
    expect(verbs(cardOf(statusView(request(), { buttons: ['withdraw', 'check'] })))).toEqual(['withdraw', 'check'])
    const doubt = {
      about: 'end',
      since: now,
      by: request().submission.requester,
      leaseUntil: now,
      answerLost: true,
    } as const
    const said = (buttons: readonly 'check'[]) =>
      texts(cardOf(statusView(request({ phase: phases.active, doubt }), { buttons }))).join(' ')
    expect(said(['check'])).toContain('Press Check to look.')
    expect(said([])).not.toContain('Press Check')
  })

  test('shows on top why a tap on it was not carried out', () => {
    const refused = { kind: 'too-early-to-end', possibleAt: new Date('2026-11-23T10:47:00Z') } as const
    const { card } = render(statusView(), london, { now, refused })
    expect(texts(card)[0]).toContain('Press End now again from 10:47 GMT.')
    expect(texts(cardOf(statusView(request(), { refused })))[0]).toContain('Press End now again from 10:47 GMT.')
  })

  test('shows every instant in the reader’s own zone, with the zone', () => {
    const view = statusView(request({ phase: phases.active }))
    expect(texts(cardOf(view, berlin))[1]).toBe('Aktiv bis 13:20 MEZ')
  })
})

describe('the list of what waits', () => {
  test('has one tap a row, the most urgent first, and says where each other is decided', () => {
    const view = pendingView()
    const card = cardOf(view)
    expect(verbs(card)).toEqual(view.rows.map(() => 'open'))
    expect(texts(card)).toContain('Maya Okafor: AI Administrator')
    expect(texts(card).join(' ')).toContain('filed in the portal')
    expect(all(card, 'Action.OpenUrl')).toHaveLength(1)
  })

  test('stays readable and small when very much waits', () => {
    const [row] = pendingView().rows
    const card = cardOf(pendingView({ rows: Array.from({ length: 200 }, () => row).filter((each) => !!each) }))
    expect(verbs(card)).toHaveLength(15)
    expect(texts(card).join(' ')).toContain('And 185 more')
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(25 * 1024)
  })

  test('is one sentence when nothing waits, and says so when Entra could not be asked', () => {
    const view = pendingView({ rows: [], elsewhere: [], complete: false })
    expect(render(view, london, { now }).text).toMatch(
      /^Nothing waits for your decision.*more may be waiting in the portal/,
    )
  })
})

describe('the approval card', () => {
  test('has no Approve where its tap would be refused, and says why', () => {
    expect(verbs(cardOf(approvalView(request())))).toEqual(expect.arrayContaining(['approve', 'deny']))
    const card = cardOf(approvalView(request(), { notApprovable: 'terms-stricter' }))
    expect(verbs(card)).toContain('deny')
    expect(verbs(card)).not.toContain('approve')
    expect(JSON.stringify(card)).toContain('so it cannot be approved here. Deny it')
  })

  test('of a request that went round its approvals says so and leads with Deny', () => {
    const card = cardOf(approvalView(filedOutside()))
    const [first, second] = Object(card['actions'])
    expect([first.title, second.title]).toEqual(['Deny', 'Approve'])
    expect(second.style).toBeUndefined()
    expect(texts(card).join(' ')).toMatch(/Filed in the Entra portal .* past the approval in chat by Priya Raman/)
  })

  test('of one filed in the portal that skipped nothing says where it comes from, and stays as it is', () => {
    const card = cardOf(approvalView(request({}, { filedOutside: true })))
    expect(Object(card['actions'])[0].title).toBe('Approve')
    expect(texts(card).join(' ')).toContain('what you read here is what Entra shows')
  })

  test('has the facts before the actions: who, why, how long, ticket', () => {
    const card = cardOf(approvalView())
    const [title, who, asked, why] = texts(card)
    expect(title).toBe('Maya Okafor asks for AI Administrator')
    expect(who).toContain('Machine learning engineer')
    expect(asked).toBe('Also asked: Hannah Vogt')
    expect(why).toBe('**Why:** rotate the connector keys')
    expect(all(card, 'FactSet')[0]).toMatchObject({
      facts: [
        { title: 'For', value: '2 hours' },
        { title: 'Ticket', value: 'INC-48213' },
        { title: 'Risk', value: 'High' },
        { title: 'Last held', value: 'never through Latchkey' },
        { title: 'Answer by', value: 'Tue 24 Nov, 10:00 GMT' },
      ],
    })
  })

  test('approves with one tap and no input; denies with a comment of its own', () => {
    const [approve, deny, more] = Object(cardOf(approvalView())['actions'])
    expect(approve).toMatchObject({ verb: 'approve', associatedInputs: 'none' })
    expect(deny).toMatchObject({ type: 'Action.ShowCard', title: 'Deny' })
    expect(input(deny, 'comment')).toMatchObject({ isRequired: true, isMultiline: true })
    expect(all(deny, 'Action.Execute')).toMatchObject([{ title: 'Deny', verb: 'deny' }])
    expect(more).toMatchObject({ type: 'Action.ShowCard', title: 'More' })
    expect(all(more, 'Action.OpenUrl')).toMatchObject([{ title: 'Portal' }])
  })

  test('once closed, only says what happened and by whom', () => {
    const view = approvalView(request({ phase: phases.denied, decisions: [decided({ verdict: 'deny' })] }), {
      open: false,
    })
    const card = cardOf(view)
    expect(texts(card)).toEqual([
      'Denied by Priya Raman at 10:20 GMT',
      'Decided in Entra.',
      'Maya Okafor · AI Administrator · 2 hours',
    ])
    expect(card['actions']).toEqual([])
  })

  test('says which stage it is, how far it is, who else is asked, and what was answered before', () => {
    const words = said('approval: two of three, with a signal')
    expect(words).toEqual(
      expect.arrayContaining([
        'Step 2 of 3 · 1 of 2 have said yes · Also asked: Elif Kaya',
        'Step 1: approved by Priya Raman at 10:20 GMT, in chat.',
        'Comment: "Only for the connectors, please."',
        expect.stringMatching(/^\*\*Real customer data:\*\* Opens records/),
        'You decide in chat; Entra asks for an approval of its own afterwards.',
      ]),
    )
    const facts = all(card('approval: two of three, with a signal'), 'FactSet')[0]?.['facts']
    expect(facts).toContainEqual({ title: 'Last held', value: 'on Mon 9 Nov' })
  })

  test.for(['entra', 'chat', 'advisory'] as const)('decided by %s: says what a yes is worth', (by) => {
    const words = texts(cardOf(approvalView(request(), { by }))).join(' ')
    expect(words.includes('Entra enforces this approval')).toBe(by === 'entra')
    expect(words.includes('procedure, not enforced by Entra')).toBe(by === 'advisory')
  })

  test('shows a long justification in part, says how much is missing, and has all of it one tap away', () => {
    const words = said('approval: long justification')
    const [short, whole] = words.filter((text) => text.startsWith('**Why:**'))
    expect(short).toMatch(/… \(\d+ more characters under More\)$/)
    expect(whole).toHaveLength('**Why:** '.length + 'The connector keys have to be rotated. '.repeat(12).trim().length)
  })

  test('after an answer says by whom and where, and what it waits for now', () => {
    const words = said('approval: answered, and still waiting for others')
    expect(words).toEqual([
      'Yes 1 of 2 by Jonas Weber at 10:20 GMT',
      'Decided in chat.',
      'Comment: "Only for the connectors, please."',
      'It waits for step 2 of 3.',
      'Maya Okafor · AI Administrator · 2 hours',
    ])
  })

  test('shows both values where Entra’s request is another', () => {
    expect(said('approval: differs')[0]).toContain('Duration: here "2 hours", in Entra "4 hours".')
  })

  test('shows on top why this person’s tap was refused, whether open or closed', () => {
    for (const open of [true, false]) {
      const view = approvalView(request(), { open, refused: { kind: 'own-request' } })
      expect(texts(cardOf(view))[0]).toContain('You cannot decide a request of your own')
    }
  })

  test('marks a guest', () => {
    const view = approvalView()
    const said = texts(cardOf({ ...view, requester: { ...view.requester, guest: true } }))
    expect(said[1]).toMatch(/^Guest · /)
  })

  test('makes the phone buzz only while there is something to decide', () => {
    expect(render(approvalView(), london, { now }).alert).toBe(true)
    expect(render(approvalView(request(), { open: false }), london, { now }).alert).toBe(false)
  })
})

describe('the card before the end', () => {
  test('offers to end it only from the minute that Entra allows, and names that', () => {
    const view = endingView(request({ phase: phases.active }), { endPossibleAt: now })
    expect(verbs(cardOf(view))).toEqual(['let-end'])
    expect(JSON.stringify(cardOf(view))).toContain('You can end it from')
    expect(JSON.stringify(cardOf(view))).not.toContain('Press End now')
  })

  test('names what ends and when, and offers to end it or let it end', () => {
    const card = cardOf(endingView(request({ phase: phases.active })))
    expect(texts(card)[0]).toBe('AI Administrator ends at 12:03 GMT')
    expect(verbs(card)).toEqual(['end', 'let-end'])
    expect(render(endingView(request({ phase: phases.active })), london, { now }).alert).toBe(true)
  })

  test.for(['ending: let it end', 'ending: ended by the holder', 'ending: over'])('%s: has no buttons', (name) => {
    expect(card(name)['actions']).toEqual([])
  })

  test('shows on top why a tap on it was not carried out', () => {
    const refused = { kind: 'too-early-to-end', possibleAt: new Date('2026-11-23T10:47:00Z') } as const
    const { card } = render(endingView(request({ phase: phases.active })), london, { now, refused })
    expect(texts(card)[0]).toContain('Press End now again from 10:47 GMT.')
  })
})
