import { describe, expect, test } from 'vitest'
import { render } from '../../src/teams/cards.ts'
import { hours, minutes } from '../../src/time.ts'
import type { NoticeView, View } from '../../src/workflow/ports/views.ts'
import { approvalView, asked, london, now, questionView, request, situations } from './situations.ts'

// Questions, claims and less time, as cards show them.

function cardOf(view: View): unknown {
  const { card } = render(view, london, { now })
  if (card === undefined) throw new Error('this view is drawn as text')
  return card
}

function all(node: unknown, type: string): Readonly<Record<string, unknown>>[] {
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.values(node).flatMap((child) => all(child, type))
  return 'type' in node && node.type === type ? [{ ...node }, ...inner] : inner
}
const texts = (card: unknown) => all(card, 'TextBlock').map(({ text }) => String(text))
const verbs = (card: unknown) => all(card, 'Action.Execute').map(({ verb }) => verb)

function situation(name: string): unknown {
  const view = situations.get(name)
  if (view === undefined) throw new Error(`no situation is called ${name}`)
  return cardOf(view)
}

describe('the approval card', () => {
  test('shows the last three questions with their answers, and how many came before', () => {
    expect(texts(situation('approval: questions'))).toEqual(
      expect.arrayContaining([
        '1 earlier question not shown.',
        '**Asked:** "Which connectors?" (Priya Raman, 10:31 GMT)',
        '**Answered:** "The three of the sales copilot." (10:35 GMT)',
        '**Asked:** "Who else knows?" (Priya Raman, 10:31 GMT, not answered yet)',
      ]),
    )
    expect(texts(situation('approval: questions')).join(' ')).not.toContain('Is this the key that leaked?')
  })

  test('has under More a question to type, unless the requester has enough to answer', () => {
    const [open, enough] = ['approval: questions', 'approval: no more questions'].map(situation)
    expect(all(open, 'Input.Text').map(({ id }) => id)).toEqual(['comment', 'question'])
    expect(verbs(enough)).not.toContain('ask')
    expect(texts(enough)).toContain(
      'Maya Okafor has not answered the last questions yet. Wait for an answer before you ask more.',
    )
  })

  test('offers shorter lengths only, and none where Entra holds the request or nothing is shorter', () => {
    const of = (change: object) =>
      all(
        cardOf(approvalView(request({}, change), { shorter: { shortest: minutes(5), longest: hours(8) } })),
        'Input.ChoiceSet',
      )
    expect(of({})).toMatchObject([{ id: 'duration', value: 'PT1H' }])
    expect(of({})[0]?.['choices']).toEqual([
      { title: '15 minutes', value: 'PT15M' },
      { title: '30 minutes', value: 'PT30M' },
      { title: '1 hour', value: 'PT1H' },
    ])
    expect(of({ duration: minutes(10) })[0]?.['choices']).toEqual([{ title: '5 minutes', value: 'PT5M' }])
    expect(of({ duration: minutes(5) })).toEqual([])
    expect(verbs(cardOf(approvalView()))).not.toContain('approve-shorter')
  })

  test('says who is looking at it, and lets anybody else take it over', () => {
    const [theirs, own, alone] = ['claimed by another', 'claimed by the reader', 'the only one asked'].map((name) =>
      situation(`approval: ${name}`),
    )
    expect(texts(theirs)).toContain('Hannah Vogt took this at 10:30 GMT and is looking at it. You may still answer.')
    expect(all(theirs, 'Action.Execute')).toContainEqual(
      expect.objectContaining({ title: 'Take it over', verb: 'claim' }),
    )
    expect(texts(own).join(' ')).toContain('Reminders come to you alone')
    for (const card of [own, alone]) expect(verbs(card)).not.toContain('claim')
  })

  test('says who cut it short, and from what', () => {
    const card = situation('approval: cut short before')
    expect(texts(card)).toContain('Cut from 2 hours to 1 hour by Priya Raman at 10:20 GMT.')
    expect(JSON.stringify(all(card, 'FactSet')[0])).toContain('"value":"1 hour"')
  })

  test('has nothing under More that is not one of ours to be sent', () => {
    const view = approvalView(request(), { shorter: { shortest: minutes(5), longest: hours(8) } })
    expect(verbs(cardOf(view))).toEqual(['approve', 'deny', 'claim', 'ask', 'approve-shorter'])
    expect(verbs(cardOf({ ...view, open: false }))).toEqual([])
  })
})

describe('the question’s card', () => {
  test('shows the question, takes an answer, and makes the phone buzz without telling it', () => {
    const view = questionView(request({ questions: [asked('Which connectors?')] }))
    const { card, summary, alert } = render(view, london, { now })
    expect(texts(card)).toEqual(['Priya Raman asks about AI Administrator', '**Question:** "Which connectors?"'])
    expect(all(card, 'Input.Text')).toMatchObject([{ id: 'answer', isRequired: true }])
    expect(verbs(card)).toEqual(['answer'])
    expect({ summary, alert }).toEqual({ summary: 'Priya Raman asks about AI Administrator', alert: true })
  })

  test.for(['question: answered', 'question: not needed any more', 'question: erased'])('%s: is inert', (name) => {
    expect(verbs(situation(name))).toEqual([])
    expect(all(situation(name), 'Input.Text')).toEqual([])
  })

  test('says why the last tap was not carried out', () => {
    expect(texts(situation('question: not needed any more'))[0]).toBe(
      'Thank you, but nobody waits for this answer any more: the request is denied. Nothing was sent.',
    )
  })
})

describe('the requester', () => {
  test('reads on the status card who asks, who is looking at it, and who cut it short', () => {
    expect(texts(situation('status: asked something'))).toContain(
      'Priya Raman has asked you something: answer on its card.',
    )
    expect(texts(situation('status: somebody is looking at it'))).toContain(
      'Hannah Vogt has been looking at it since 10:30 GMT.',
    )
    expect(texts(situation('status: cut short'))).toContain('Cut from 2 hours to 1 hour by Priya Raman at 10:20 GMT.')
  })

  test('hears with the news that it is approved for how long', () => {
    const shortened = { asked: hours(2), to: hours(1) }
    const view: NoticeView = { view: 'notice', about: 'ready', entitlement: 'AI Administrator', until: now, by: null }
    const { text, summary } = render({ ...view, shortened }, london, { now })
    expect(text).toBe('AI Administrator is approved for 1 hour, not 2 hours. Tap Activate now by 10:42 GMT.')
    expect(summary.length).toBeLessThanOrEqual(80)
  })
})

test('whoever asked hears that it is answered, and not what', () => {
  const view = { view: 'answered', requester: 'Maya Okafor', entitlement: 'AI Administrator' } as const
  expect(render(view, london, { now })).toEqual({
    text: 'Maya Okafor has answered you about AI Administrator: see its card above.',
    summary: 'Maya Okafor has answered you about AI Administrator: see its card above.',
    alert: true,
  })
})
