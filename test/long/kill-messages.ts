import { z } from 'zod'
import { Owed } from '../../src/request/effects.ts'
import { type Message, wordsOf } from '../journeys/demo.ts'
import { cardsOf, type Life } from './kill-life.ts'
import type { Stage } from './kill-stage.ts'

/** Messages of all requests together: owed and not there, there more often than owed, or with nobody knowing. */
export interface MessageCount {
  readonly missed: number
  readonly duplicated: number
  readonly unknown: number
}

type NoticeAbout = Extract<Owed, { effect: 'notice' }>['about']
// Some of the sample's people read German.
const notices: Readonly<Record<NoticeAbout, RegExp>> = {
  active: / is active( until|\.)| ist aktiv( bis|\.)/,
  ready: / is approved\. Tap | ist genehmigt\. Tipp |\d of \d approved|\d von \d genehmigt/,
  denied: / was denied by | wurde abgelehnt durch /,
  lapsed: / lapsed| verfallen/,
  failed: / was not granted| wurde nicht vergeben/,
  'ended-early': / has ended before its time| wurde vor der Zeit beendet/,
  'asked-anew': /it is asked anew|es wird neu gefragt/,
}
const nudged = / still waits for your answer about | auf deine Antwort zu /
/** "noah.kim" is Noah Kim. */
const nameOf = (person: string): string =>
  person.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim()
/** The card about the end, before it and after it: the only one that names no ticket. */
const aboutTheEnd =
  /\b(ends|ended) at\b|is ending|is not active|\b(endet|endete) (um|am)\b|wird beendet|ist nicht aktiv/

interface Row {
  readonly owed: Owed
  readonly outcome: string | null
}

/** Counts what stands in the chats against what was owed and carried out. */
export async function countMessages(stage: Stage, lives: readonly Life[]): Promise<MessageCount> {
  const rows = await rowsOf(stage)
  const people = new Set(lives.flatMap(({ asking }) => [asking.requester, ...asking.deciders]))
  const counts = [await countCards(stage, lives)]
  const said: (readonly Message[])[] = []
  for (const person of people) {
    const messages = await stage.demo.person(person).messages()
    said.push(messages)
    const own = new Set<string>(lives.filter(({ asking }) => asking.requester === person).map(({ id }) => id))
    for (const about of Object.keys(notices) as NoticeAbout[]) {
      const owed = rows.filter(
        ({ owed: one }) => one.effect === 'notice' && one.about === about && own.has(one.request),
      )
      counts.push(compare(owed, messages, ({ text }) => text !== undefined && notices[about].test(text)))
    }
    const endings = rows.filter(({ owed }) => owed.effect === 'ending-card' && own.has(owed.request))
    counts.push(compare(endings, messages, ({ card }) => isEnding(wordsOf(card))))
  }
  counts.push(...countNudges(rows, lives, said))
  const unknown = rows.filter(({ outcome }) => outcome === null).length
  return {
    missed: sum(counts.map(({ missed }) => missed)),
    duplicated: sum(counts.map(({ duplicated }) => duplicated)),
    unknown,
  }
}

const isEnding = (words: string): boolean => aboutTheEnd.test(words) && !words.includes('INC-')

async function rowsOf({ demo, database }: Stage): Promise<readonly Row[]> {
  const { body } = await demo.call('GET', '/api/clock')
  const { now } = z.object({ now: z.string() }).parse(body)
  const rows = await database.rows<{ owed: string; outcome: string | null }>(
    'select owed, outcome from outbox where due <= $1',
    [now],
  )
  return rows.map(({ owed, outcome }) => ({ owed: Owed.parse(JSON.parse(owed)), outcome }))
}

/** What is superseded may have been sent by the one that died, or not: either is as it should be. */
function compare(owed: readonly Row[], messages: readonly Message[], isOne: (message: Message) => boolean) {
  const there = messages.filter(isOne).length
  const superseded = owed.filter(({ outcome }) => outcome === 'superseded').length
  const sent = owed.filter(({ outcome }) => outcome !== null).length - superseded
  return { missed: Math.max(0, sent - there), duplicated: Math.max(0, there - sent - superseded) }
}

/**
 * A nudge goes to whoever is asked when it leaves, which is another stage by then where the first one has answered: each
 * that was sent is there at least once, and nobody has more of them than were owed.
 */
function countNudges(rows: readonly Row[], lives: readonly Life[], said: readonly (readonly Message[])[]) {
  const kinds = new Map<string, Set<string>>()
  for (const { id, asking } of lives) {
    const kind = `${nameOf(asking.requester)}|${asking.role}`
    kinds.set(kind, (kinds.get(kind) ?? new Set()).add(id))
  }
  return Array.from(kinds, ([kind, ids]) => {
    const [requester = '', role = ''] = kind.split('|')
    const owed = rows.filter(({ owed: one }) => one.effect === 'nudge' && ids.has(one.request))
    const sent = owed.filter(({ outcome }) => outcome !== null && outcome !== 'superseded').length
    const each = said.map(
      (messages) =>
        messages.filter(
          ({ text }) => text !== undefined && nudged.test(text) && text.includes(requester) && text.includes(role),
        ).length,
    )
    return {
      missed: Math.max(0, sent - sum(each)),
      duplicated: sum(each.map((there) => Math.max(0, there - owed.length))),
    }
  })
}

/** Of each request one status card, and one approval card for each who is asked; whether it is there the judge says. */
async function countCards(stage: Stage, lives: readonly Life[]) {
  const extra = await Promise.all(
    lives.flatMap((life) =>
      [life.asking.requester, ...life.asking.deciders].map(async (person) =>
        Math.max(0, (await cardsOf(stage, person, life)).length - 1),
      ),
    ),
  )
  return { missed: 0, duplicated: sum(extra) }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
