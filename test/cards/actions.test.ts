import { expect, test } from 'vitest'
import { cardVerbs, parseAction } from '../../src/teams/card-actions.ts'
import { ok } from '../../src/result.ts'

const tap = (verb: string, data: object, more: object = {}) => ({
  action: { type: 'Action.Execute', title: 'Anything', verb, data },
  trigger: 'manual',
  ...more,
})
const record = { id: 'req_7f7f0b52-5d0c-4a43-9d0e-3f1c1d3c2b1a', revision: 3 }

test.for(cardVerbs.map((verb) => [verb] as const))('%s is read with record and revision', ([verb]) => {
  expect(parseAction(tap(verb, record))).toEqual(ok({ verb, ...record, inputs: {}, trigger: 'manual' }))
})

test('inputs come trimmed, an untouched one as empty or not at all, others not at all', () => {
  const read = parseAction(
    tap('submit', { ...record, duration: 'PT2H', justification: ' rotate keys ', ticket: '', approver: 'me' }),
  )
  expect(read).toMatchObject({
    ok: true,
    value: { inputs: { duration: 'PT2H', justification: 'rotate keys', ticket: '' } },
  })
  expect(JSON.stringify(read)).not.toContain('approver')
})

test('the token of a repeated tap and the state of a sign-in page are handed on', () => {
  expect(parseAction(tap('approve', record, { authentication: { id: '1', token: 'e.y.J' } }))).toMatchObject({
    value: { auth: { token: 'e.y.J' } },
  })
  expect(parseAction(tap('approve', record, { state: '123456' }))).toMatchObject({ value: { state: '123456' } })
})

test('a verb of another version is told apart from something that is no card of ours', () => {
  expect(parseAction(tap('delegate', record))).toEqual({
    ok: false,
    refusal: { kind: 'unknown-verb', verb: 'delegate' },
  })
})

test.for([
  ['nothing', undefined],
  ['a text', 'approve'],
  ['no action', { trigger: 'manual' }],
  ['another kind of action', { action: { type: 'Action.Submit', verb: 'approve', data: record } }],
  ['no record', tap('approve', { revision: 3 })],
  ['an empty record', tap('approve', { id: '', revision: 3 })],
  ['a revision in words', tap('approve', { id: 'x', revision: '3' })],
  ['half a revision', tap('approve', { id: 'x', revision: 1.5 })],
  ['an input that is no text', tap('deny', { ...record, comment: { $ne: '' } })],
  ['an input beyond all measure', tap('deny', { ...record, comment: 'x'.repeat(100_000) })],
  ['an id beyond all measure', tap('deny', { id: 'x'.repeat(1000), revision: 3 })],
  ['a token that is no text', tap('approve', record, { authentication: { token: 7 } })],
] as const)('%s is refused', ([, value]) => {
  expect(parseAction(value)).toMatchObject({ ok: false, refusal: { kind: 'malformed' } })
})

test('a refusal says where, and never repeats what was sent', () => {
  const read = parseAction(tap('deny', { ...record, comment: 'secret '.repeat(10_000) }))
  expect(read).toEqual({ ok: false, refusal: { kind: 'malformed', where: ['action.data.comment: too_big'] } })
})

test('an automatic refresh is told apart from a tap', () => {
  expect(parseAction(tap('check', record, { trigger: 'automatic' }))).toMatchObject({ value: { trigger: 'automatic' } })
})

test.for(['req_\0', 'draft_\ud800', 'req_1 or 1=1', '../../etc', 'x'.repeat(101), ''])(
  'an id that we never wrote (%j) is no card of ours',
  (id) => {
    expect(parseAction(tap('submit', { ...record, id }))).toMatchObject({ ok: false, refusal: { kind: 'malformed' } })
  },
)

test('what is typed comes as a text that can be stored and sent, in every input alike', () => {
  const typed = 'a\0b\ud83d'
  const inputs = { justification: typed, ticket: typed, comment: typed, question: typed, answer: typed }
  const read = parseAction(tap('submit', { ...record, ...inputs }))
  if (!read.ok) throw new Error('it can be read')
  expect(new Set(Object.values(read.value.inputs))).toEqual(new Set(['a\ufffdb\ufffd']))
})
