import { expect, test } from 'vitest'
import type { Language } from '../../src/words/language.ts'
import { readerOf } from '../../src/words/reader.ts'
import { said } from '../../src/words/said/said.ts'
import { heard, idsOf } from '../ask/sample.ts'
import { now, says } from './everything.ts'

// What people are told to write is read as what it was told for, in whichever language they were told.

const role = 'AI Administrator'
const readers = { en: 'en-GB', de: 'de-DE' } as const satisfies Record<Language, string>
const languages = Object.entries(readers).map(([language, locale]) => ({
  language,
  reader: readerOf({ locale, zone: 'Europe/London' }, now),
}))
const help = { kind: 'can-help', owns: [role], decides: true, examples: [role] } as const

const boldIn = (text: string): string[] => [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) => words ?? '')
const quotedIn = (text: string): string[] => [...text.matchAll(/["„]([^"„“]+)["“]/g)].map(([, words]) => words ?? '')
const intents = (messages: readonly string[]) => messages.map((text) => heard(text.replace('…', role)).intent)

test.for(languages)('in $language each command of the help is read as what the help says it brings', ({ reader }) => {
  expect(intents(boldIn(said(reader, help)))).toEqual([
    'mine',
    'expiring',
    'status',
    'cancel',
    'end',
    'catalogue',
    'approvers',
    'why',
    'pending',
    'holders',
  ])
})

test.for(languages)('in $language the examples of the help are a request and a task', ({ reader }) => {
  const [request = '', task = ''] = quotedIn(said(reader, help))
  const asked = heard(request)
  expect(asked).toMatchObject({ intent: 'request', duration: 2 * 3_600_000 })
  expect(idsOf(asked)).toEqual(['ai-administrator'])
  expect(heard(task)).toMatchObject({ intent: 'catalogue' })
})

test.for(languages)('in $language the example of the welcome is a whole request', ({ reader }) => {
  const [example = ''] = quotedIn(said(reader, says.welcome))
  const asked = heard(example)
  expect(asked).toMatchObject({ intent: 'request', duration: 2 * 3_600_000, justification: expect.any(String) })
  expect(idsOf(asked)).toEqual(['ai-administrator'])
})

test.for(languages)('in $language every command that any answer names is understood', ({ reader }) => {
  // Names of buttons and headings are bold as well; commands are what somebody is told to write.
  const told = Object.values(says).flatMap((what) =>
    said(reader, what)
      .split(/(?<=[.!?;])\s/)
      .filter((sentence) => /\b[Ww]rite \*\*|schreib \*\*|Schreib \*\*/.test(sentence))
      .flatMap((sentence) => boldIn(sentence.slice(sentence.search(/write \*\*|schreib \*\*/i)))),
  )
  expect(told.length).toBeGreaterThan(5)
  for (const command of new Set(told)) expect(heard(command).intent, command).not.toBe('none')
})
