import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { ApprovalCard, approvalCard, ConfirmCard, confirmCard } from '../../src/teams/card-templates.ts'
import { NoteCard, noteCard, StatusCard, statusCard } from '../../src/teams/card-templates.ts'
import { type AdaptiveCardJson, render } from '../../src/teams/cards.ts'
import { addTime, days, hours, isoDuration, minutes } from '../../src/time.ts'
import { approvalView, berlin, confirmView, decided, london, now, phases, request } from './situations.ts'
import { situations, statusView, terms } from './situations.ts'

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

function headline(name: string): string | undefined {
  const view = situations.get(name)
  if (view === undefined) throw new Error(`no situation is called ${name}`)
  return texts(cardOf(view))[1]
}

const drawn = [...situations].filter(([, view]) => view.view !== 'notice' && view.view !== 'say')

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

/** Microsoft's schema knows a card as it is without what hosts add to it. */
function schemaOf(folder: string): (card: unknown) => unknown[] {
  const schema: Json = JSON.parse(readFileSync(join(folder, 'schemas/adaptive-card-1.5.0.schema.json'), 'utf8'))
  const { $schema: _draft, id: _id, ...rules } = schema
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const holds = ajv.compile(rules)
  return (card) => (holds(withoutHostParts(card)) ? [] : (holds.errors ?? []))
}

function withoutHostParts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutHostParts)
  if (typeof node !== 'object' || node === null) return node
  if ('fallback' in node && typeof node.fallback === 'object') return withoutHostParts(node.fallback)
  const kept = Object.entries(node).filter(([key]) => !['msteams', 'metadata', 'choices.data'].includes(key))
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutHostParts(child)]))
}

describe('templates', () => {
  const cards = new URL('../../cards/', import.meta.url)
  const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, cards), 'utf8'))

  test.for([
    ['confirm', (data: unknown) => confirmCard(ConfirmCard.parse(data))],
    ['status', (data: unknown) => statusCard(StatusCard.parse(data))],
    ['approval', (data: unknown) => approvalCard(ApprovalCard.parse(data))],
    ['note', (data: unknown) => noteCard(NoteCard.parse(data))],
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
          deciders: [{ name: 'Priya Raman', reachable: true }],
          backup: [{ name: 'Hannah Vogt', reachable: false }],
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
    expect(texts(cardOf(confirmView({ decidedIn: 'chat' })))).toContain(
      'This approval is procedure: Entra does not enforce it.',
    )
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
    ['status: lapsed', 'Lapsed: nobody answered in time'],
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
    expect(texts(cardOf(statusView()))).toContain('Entra closes it at Tue 24 Nov, 10:00 GMT unless somebody answers.')
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
    const view = statusView(request({ phase: phases.active, decisions: [decided({ confirmed: false })] }))
    const said = texts(cardOf(view)).join(' ')
    expect(said).toContain('Priya Raman began to approve this; Entra shows it active')
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
  })

  test('shows every instant in the reader’s own zone, with the zone', () => {
    const view = statusView(request({ phase: phases.active }))
    expect(texts(cardOf(view, berlin))[1]).toBe('Active until 13:20 CET')
  })
})

describe('the approval card', () => {
  test('has the facts before the actions: who, why, how long, ticket', () => {
    const card = cardOf(approvalView())
    const [title, who, why] = texts(card)
    expect(title).toBe('Maya Okafor asks for AI Administrator')
    expect(who).toContain('Machine learning engineer')
    expect(why).toBe('**Why:** rotate the connector keys')
    expect(all(card, 'FactSet')[0]).toMatchObject({
      facts: [
        { title: 'For', value: '2 hours' },
        { title: 'Ticket', value: 'INC-48213' },
        { title: 'Risk', value: 'High' },
        { title: 'Answer by', value: 'Tue 24 Nov, 10:00 GMT' },
      ],
    })
  })

  test('approves with one tap and no input; denies with a comment of its own', () => {
    const [approve, deny, portal] = Object(cardOf(approvalView())['actions'])
    expect(approve).toMatchObject({ verb: 'approve', associatedInputs: 'none' })
    expect(deny).toMatchObject({ type: 'Action.ShowCard', title: 'Deny' })
    expect(input(deny, 'comment')).toMatchObject({ isRequired: true, isMultiline: true })
    expect(all(deny, 'Action.Execute')).toMatchObject([{ title: 'Deny', verb: 'deny' }])
    expect(portal).toMatchObject({ type: 'Action.OpenUrl' })
  })

  test('once closed, only says what happened and by whom', () => {
    const view = approvalView(request({ phase: phases.denied, decisions: [decided({ verdict: 'deny' })] }), {
      open: false,
    })
    const card = cardOf(view)
    expect(texts(card)).toEqual(['Denied by Priya Raman at 10:20 GMT', 'Maya Okafor · AI Administrator · 2 hours'])
    expect(card['actions']).toEqual([])
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
