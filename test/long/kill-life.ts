import { z } from 'zod'
import { requestOf } from '../../src/workflow/record/record-id.ts'
import type { RequestId } from '../../src/request/events.ts'
import { Answer, dataOf, Message, type Teammate, wordsOf } from '../journeys/demo.ts'
import type { Asking } from './kill-askings.ts'
import type { Stage } from './kill-stage.ts'

/** One request from its first word on. Its ticket tells its cards from those of all others. */
export interface Life {
  readonly asking: Asking
  readonly ticket: string
  readonly form: Message
  readonly id: RequestId
}

let tickets = 100_000

/** Real time after which somebody who got no answer would write again. */
const patience = 'PT10S'

/** @returns undefined where no form came: the bot that heard it died, or says why there is none. */
export async function tryAsk(stage: Stage, asking: Asking): Promise<Life | undefined> {
  const came = await answered(stage, asking)
  return 'id' in came ? came : undefined
}

/** The form, or what was said in its place. */
async function answered({ demo }: Stage, asking: Asking): Promise<Life | { readonly said: string }> {
  const ticket = `INC-${(tickets += 1)}`
  const person = demo.person(asking.requester)
  const base = `/api/people/${asking.requester}/messages`
  const before = await newest(person)
  const text = `I need ${asking.role} for 30 minutes to rotate the connector keys of case ${ticket.slice(4)}, ${ticket}`
  await demo.call('POST', base, { text })
  for (let seen = before; ;) {
    const { body } = await demo.call('GET', `${base}?after=${seen}&wait=${patience}`)
    const news = z.array(Message).parse(body)
    if (news.length === 0) return { said: 'nothing' }
    const form = news.find(({ card }) => wordsOf(card).includes(ticket))
    const { id } = dataOf(form?.card, 'submit')
    if (form !== undefined && typeof id === 'string') return { asking, ticket, form, id: requestOf(id) }
    // What came of others' requests goes on meanwhile; only an answer in words says that there will be no form.
    const words = news.find((each) => each.text !== undefined && !each.alert && each.text !== text)
    if (words?.text !== undefined) return { said: words.text }
    seen = Math.max(...news.map(({ sequence }) => sequence))
  }
}

export async function ask(stage: Stage, asking: Asking): Promise<Life> {
  const came = await answered(stage, asking)
  if ('id' in came) return came
  throw new Error(`${asking.requester} got no form for ${asking.role}, but: ${came.said}`)
}

/**
 * Presses a button as the person sees it now, through the sign-in page where one is asked for.
 * @returns undefined where the card has no such button.
 */
export async function press(
  { demo }: Stage,
  person: string,
  message: Pick<Message, 'id'>,
  title: string,
  inputs?: Record<string, string>,
): Promise<Answer | undefined> {
  const before = await newest(demo.person(person))
  const pressed = { title, ...(inputs === undefined ? {} : { inputs }) }
  const { status, body } = await demo.call('POST', `/api/people/${person}/messages/${message.id}/actions`, pressed)
  if (status === 409) return undefined
  if (status >= 300) throw new Error(`${person} pressed ${title}: ${status} ${JSON.stringify(body)}`)
  const answer = Answer.parse(body)
  // Asked a second time the page does not open by itself: the link to it stands in the chat.
  const url = answer.signIn ?? (await linkSince(demo.person(person), before))
  if (url === undefined) return answer
  const signedIn = await demo.call('POST', `/api/people/${person}/sign-in`, { url })
  return signedIn.status < 300 ? Answer.parse(signedIn.body) : answer
}

const newest = async (person: Teammate): Promise<number> =>
  Math.max(0, ...(await person.messages()).map(({ sequence }) => sequence))

async function linkSince(person: Teammate, before: number): Promise<string | undefined> {
  const links = (await person.messages(before)).map(
    ({ text }) => /\((\S+\/auth-start\?txn=[^)]+)\)/.exec(text ?? '')?.[1],
  )
  return links.findLast((link) => link !== undefined)
}

/**
 * Every card that a person has of this request, oldest first, but those about its end. An approver's closed card names
 * no ticket any more, and is known by what the bot stored of it.
 */
export async function cardsOf(
  { demo, database }: Stage,
  person: string,
  { ticket, id }: Life,
): Promise<readonly Message[]> {
  const rows = await database.rows<{ activity: string }>(
    `select activity from sent_card where record = $1 and role <> 'ending'`,
    [id],
  )
  const stored = new Set(rows.map(({ activity }) => activity))
  return (await demo.person(person).messages()).filter(
    (message) => message.card !== undefined && (stored.has(message.id) || wordsOf(message.card).includes(ticket)),
  )
}

/** What the requester presses on the request's own card: a verb, since cards speak their reader's language. */
export const pressOwn = (stage: Stage, life: Life, title: string) =>
  press(stage, life.asking.requester, life.form, title)

/** A decider presses on the newest of their cards. */
export async function pressDecision(
  stage: Stage,
  life: Life,
  title: 'Approve' | 'Deny',
  decider = life.asking.deciders[0],
): Promise<Answer | undefined> {
  const card = (await cardsOf(stage, decider, life)).at(-1)
  if (card === undefined) throw new Error(`${decider} has no card of ${life.ticket}`)
  return press(stage, decider, card, title, title === 'Deny' ? { comment: 'Not while the audit runs.' } : undefined)
}

export async function submitted(stage: Stage, asking: Asking): Promise<Life> {
  const life = await ask(stage, asking)
  await pressOwn(stage, life, 'Submit')
  await stage.demo.settled()
  return life
}

/** Asked for, decided, and switched on. */
export async function active(stage: Stage, asking: Asking): Promise<Life> {
  const life = await submitted(stage, asking)
  await pressDecision(stage, life, 'Approve')
  await stage.demo.settled()
  if (asking.inChat) await pressOwn(stage, life, 'activate')
  await stage.demo.settled()
  return life
}
