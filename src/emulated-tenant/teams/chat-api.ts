import express from 'express'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { takeAction, viewCard } from './card-actions.ts'
import type { Person } from '../state/people-and-groups.ts'
import type { Channel } from './channel.ts'
import { NewConversation, openConversation } from './conversations.ts'
import { setInstalled } from './install.ts'
import { changeOwn, forge, Forged, Said, say } from './say.ts'
import { Queried, runExtension, searchChoices, Typed } from './search.ts'
import { completeSignIn, handOver } from './sign-in.ts'
import { conversationsOf, revisionsFor } from './timeline.ts'
import type { Message } from './timeline.ts'
import { durationMs } from '../iso-duration.ts'
import { awaitMessages, conversationView, messagesFor, messageView, personView } from './people-view.ts'

const longestWaitMs = 60_000
const Members = z.record(z.string(), z.unknown())
const Pressed = z.intersection(
  z.union([
    z.object({ title: z.string() }),
    z.object({ id: z.string() }),
    z.object({ verb: z.string(), data: Members.optional() }),
  ]),
  z.object({ inputs: Members.optional(), revision: z.literal('old').optional() }),
)
/** A page to go through, or what a page that was gone through in a browser handed to Teams. */
const SignIn = z.union([
  z.strictObject({ url: z.url(), as: z.string().optional(), mfa: z.boolean().optional() }),
  z.strictObject({ state: z.string() }),
])
const Edited = z.strictObject({ text: z.string().min(1) })
const Install = z.strictObject({ do: z.enum(['add', 'remove']) })
/** What each person does in Teams: the part of the demo's API under `/api/people`. */
export function chatApi(channel: Channel): express.Router {
  const api = express.Router()
  const one = '/:person'
  api.get('/', (_, res) => void res.json([...channel.tenant.people.values()].map(personView)))
  api.use(one, (req, res, next) => {
    if (channel.tenant.people.has(req.params.person)) return next()
    refuse(res, 404, `Nobody has the id ${req.params.person}.`)
  })
  api.get(`${one}/conversations`, (req, res) => {
    res.json(conversationsOf(channel.timeline, who(channel, req).id).map(conversationView))
  })
  api.post(`${one}/conversations`, async (req, res) => {
    const opened = await openConversation(channel, who(channel, req), NewConversation.parse(req.body))
    if (opened) res.status(201).json({ id: opened.id })
    else refuse(res, 400, 'Somebody of them is nobody here.')
  })
  api.get(`${one}/messages`, (req, res) => listMessages(channel, req, res))
  api.post(`${one}/messages`, (req, res) => speak(channel, req, res))
  api.use(`${one}/messages/:message`, (req, res, next) => {
    if (messageOf(channel, req)) return next()
    refuse(res, 404, `${req.params.person} sees no message ${req.params.message}.`)
  })
  api.patch(`${one}/messages/:message`, (req, res) => change(channel, req, res, Edited.parse(req.body).text))
  api.delete(`${one}/messages/:message`, (req, res) => change(channel, req, res, undefined))
  api.post(`${one}/messages/:message/view`, (req, res) => comeIntoView(channel, req, res))
  api.post(`${one}/messages/:message/actions`, (req, res) => press(channel, req, res))
  api.post(`${one}/sign-in`, (req, res) => signIn(channel, req, res))
  api.post(`${one}/sign-out`, (req, res) => {
    channel.signedOut.add(who(channel, req).id)
    res.status(204).end()
  })
  api.post(`${one}/install`, (req, res) =>
    setInstalled(channel, who(channel, req), Install.parse(req.body).do).then((answer) => res.json(answer)),
  )
  api.post(`${one}/search`, (req, res) => search(channel, req, res))
  api.post(`${one}/extension`, (req, res) => extend(channel, req, res))
  api.post(`${one}/forge`, (req, res) =>
    forge(channel, who(channel, req), Forged.parse(req.body)).then((answer) => res.json(answer)),
  )
  return api
}

export function refuse(res: Response, status: number, error: string): void {
  res.status(status).json({ error })
}

async function listMessages(channel: Channel, req: Request, res: Response): Promise<void> {
  const query = z.object({ after: z.coerce.number().int().min(0).default(0), wait: z.string().optional() })
  const { after, wait } = query.parse(req.query)
  const person = who(channel, req)
  const waitMs = wait === undefined ? 0 : Math.min(durationMs(wait) ?? 0, longestWaitMs)
  const gone = new AbortController()
  res.once('close', () => gone.abort())
  const messages =
    waitMs > 0
      ? await awaitMessages(channel.timeline, person, after, waitMs, gone.signal)
      : messagesFor(channel.timeline, person, after)
  res.set('chat-epoch', String(channel.epoch)).json(messages)
}

async function comeIntoView(channel: Channel, req: Request, res: Response): Promise<void> {
  const answer = await viewCard(channel, who(channel, req), seenMessage(channel, req))
  if (answer) res.json(answer)
  else res.status(204).end()
}

async function press(channel: Channel, req: Request, res: Response): Promise<void> {
  const { inputs = {}, revision = 'current', ...choice } = Pressed.parse(req.body)
  const answer = await takeAction(channel, who(channel, req), seenMessage(channel, req), { choice, inputs, revision })
  if ('refused' in answer) refuse(res, answer.refused, answer.error)
  else res.json(answer)
}

/** Answered once the message stands in the chat; the bot hears it after that, and what it says comes as messages. */
function speak(channel: Channel, req: Request, res: Response): void {
  const said = say(channel, who(channel, req), Said.parse(req.body))
  if ('refused' in said) refuse(res, said.refused, said.error)
  else res.status(202).json({ id: said.message.id })
}

async function search(channel: Channel, req: Request, res: Response): Promise<void> {
  const typed = Typed.parse(req.body)
  const message = messageNamed(channel, who(channel, req), typed.message)
  if (message) res.json(await searchChoices(channel, who(channel, req), message, typed))
  else refuse(res, 404, `${String(req.params['person'])} sees no message ${typed.message}.`)
}

async function extend(channel: Channel, req: Request, res: Response): Promise<void> {
  const answer = await runExtension(channel, who(channel, req), Queried.parse(req.body))
  if ('refused' in answer) refuse(res, answer.refused, answer.error)
  else res.json(answer)
}

async function signIn(channel: Channel, req: Request, res: Response): Promise<void> {
  const asked = SignIn.parse(req.body)
  const person = who(channel, req)
  res.json(
    'url' in asked ? await completeSignIn(channel, person, asked) : await handOver(channel, person, asked.state, 200),
  )
}

async function change(channel: Channel, req: Request, res: Response, text: string | undefined): Promise<void> {
  const answer = await changeOwn(channel, who(channel, req), seenMessage(channel, req), text)
  if ('refused' in answer) refuse(res, answer.refused, answer.error)
  else res.json(answer)
}

function who(channel: Channel, req: Request): Person {
  const person = channel.tenant.people.get(String(req.params['person']))
  if (!person) throw new Error('routes below a person are reached with a known one only')
  return person
}

const messageOf = (channel: Channel, req: Request): Message | undefined =>
  messageNamed(channel, who(channel, req), String(req.params['message']))

function messageNamed(channel: Channel, person: Person, id: string): Message | undefined {
  const message = channel.timeline.messages.get(id)
  if (!message?.conversation.members.has(person.id)) return undefined
  return revisionsFor(message, person.id).at(-1)?.deleted || !messageView(message, person) ? undefined : message
}

function seenMessage(channel: Channel, req: Request): Message {
  const message = messageOf(channel, req)
  if (!message) throw new Error('routes below a message are reached with one that is seen only')
  return message
}
