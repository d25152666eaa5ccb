import { expect, test } from 'vitest'
import { find } from '../../src/ask/find.ts'
import { understand } from '../../src/ask/understand.ts'
import type { TeamsActivity } from '../../src/teams/activity.ts'
import { spokenText } from '../../src/teams/message-text.ts'
import { escapeMarkdown, plainText } from '../../src/words/safe-text.ts'
import { catalogue, people } from './sample.ts'

// As much as Teams lets through in one message, made to keep a pattern that goes back over its text busy for ever. Each
// test's own time-out is the limit: what grows with the square of the length does not end within it.

const longest = 28_000
const context = { now: new Date('2026-11-23T12:00:00Z'), zone: 'Europe/London', catalogue, people }

const message: Omit<TeamsActivity, 'text'> = {
  type: 'message',
  channelId: 'msteams',
  channelData: {},
  conversation: { id: 'chat', conversationType: 'personal' },
  from: { id: '29:maya' },
  recipient: { id: 'bot' },
  serviceUrl: 'https://smba.example/',
}

const units = [
  [
    ' ',
    '\n',
    '\t',
    '\u00A0',
    '\u200B',
    '.',
    ',',
    '-',
    '–',
    '/',
    '\\',
    '#',
    '*',
    '_',
    '~',
    '`',
    '"',
    "'",
    '(',
    ')',
    '[',
    ']',
  ],
  [
    '{',
    '}',
    '{{',
    '<',
    '>',
    '<at>',
    '</at>',
    '&',
    '&amp;',
    '@',
    '@a ',
    'a',
    'A',
    '1',
    '1 ',
    '1h',
    '1:',
    '0.',
    'é',
    'e\u0301',
  ],
  [
    '東',
    '👩🏽‍💻',
    '\uD800',
    'שלום',
    'and ',
    'und ',
    'for ',
    'until ',
    'bis ',
    'in 2 hours ',
    'INC-',
    'INC-48213 ',
    'a-',
    'https://a/',
  ],
  ['I need ', 'AI Administrator ', 'AI ', 'not ', '[a](b)', '**a**', 'a@b.c ', '00:00 ', '2026-', '1 day '],
].flat()

const messages = units.flatMap((unit) => {
  const repeated = unit.repeat(Math.ceil(longest / unit.length)).slice(0, longest)
  return [
    { unit, text: repeated },
    { unit, text: `I need AI Administrator ${repeated} for 2 hours to rotate the keys, INC-48213` },
    { unit, text: `${repeated}!` },
  ]
})

test.each(messages)('$unit, again and again, is read and shown in time', ({ text }) => {
  expect(understand(text, context)).toHaveProperty('intent')
  expect(find(text, context)).toHaveProperty('fitting')
  expect(spokenText({ ...message, text }).length).toBeLessThanOrEqual(longest + 100)
  expect(escapeMarkdown(plainText(text, 500, () => '…')).length).toBeLessThan(2_000)
})
