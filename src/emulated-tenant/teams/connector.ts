import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { withFaults } from '../faults.ts'
import { memberOf, personByAccount, personalConversationId } from './accounts.ts'
import type { Person } from '../state/people-and-groups.ts'
import { openIdMetadata, serviceUrl } from './channel.ts'
import type { Channel } from './channel.ts'
import { receiveFromBot } from './from-bot.ts'
import { blocked, onlyTheBot, refuseCall, staysUnderWay } from './gate.ts'
import { revise } from './timeline.ts'
import type { Conversation, Json, Message } from './timeline.ts'

const largestMessage = 80 * 1024 // bytes; Teams refuses at about 100 KB and asks bots to stay below 80

/**
 * The Bot Connector of the emulated Teams: what a bot calls to speak, edit and look people up.
 * Refuses: 401 another token than the bot's for this service, 403 who has not the app, 404 unknown conversation or
 * activity, 413 beyond 80 KB.
 * @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export function connectorApp(channel: Channel): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.get('/v1/.well-known/openidconfiguration', (_, res) => void res.json(openIdMetadata(channel).configuration))
  app.get('/v1/.well-known/keys', (_, res) => void res.json(openIdMetadata(channel).keys))
  app.use((req, res, next) => staysUnderWay(channel, req, res, next))
  app.use((req, res, next) => withFaults(channel.tenant, 'connector')(req, res, next))
  app.use((req, res, next) => onlyTheBot(channel, req, res, next))
  app.use(express.json({ limit: largestMessage }))
  const at = '/v3/conversations/:conversation'
  app.post('/v3/conversations', (req, res) => createConversation(channel, req, res))
  app.post(`${at}/activities`, (req, res) => send(channel, req, res))
  // A reply; proactive sends of botbuilder come here too, with an id that never was.
  app.post(`${at}/activities/:activity`, (req, res) => send(channel, req, res))
  app.put(`${at}/activities/:activity`, (req, res) => edit(channel, req, res))
  app.delete(`${at}/activities/:activity`, (req, res) => remove(channel, req, res))
  app.get(`${at}/members`, (req, res) => listMembers(channel, req, res, (members) => members))
  app.get(`${at}/pagedmembers`, (req, res) => listMembers(channel, req, res, (members) => ({ members })))
  app.get(`${at}/members/:member`, (req, res) => findMember(channel, req, res))
  app.use((req, res) => refuseCall(res, 404, 'ServiceError', `No such operation: ${req.method} ${req.path}`))
  app.use(explain)
  return app
}

function createConversation(channel: Channel, req: Request, res: Response): void {
  const body: Json = req.body ?? {}
  const [first, ...others] = Array.isArray(body['members']) ? body['members'] : []
  if (body['isGroup'] === true || others.length > 0)
    return refuseCall(res, 400, 'BadSyntax', 'Bots cannot create group conversations here')
  const person = personByAccount(channel.tenant, String(first?.id ?? ''))
  if (!person) return refuseCall(res, 400, 'BadArgument', 'Failed to decrypt pairwise id: no such member')
  const conversation = channel.timeline.conversations.get(personalConversationId(person))
  if (!conversation || !hasTheApp(person)) return blocked(res)
  const activity = body['activity']
  const sent = isObject(activity) ? receiveFromBot(channel, conversation, activity) : undefined
  const ids = { id: conversation.id, serviceUrl: serviceUrl(channel), ...(sent ? { activityId: sent } : {}) }
  res.status(201).json(ids)
}

function send(channel: Channel, req: Request, res: Response): void {
  const conversation = reachableConversation(channel, req, res)
  if (!conversation) return
  if (!isObject(req.body)) return refuseCall(res, 400, 'BadSyntax', 'Missing activity')
  res.status(201).json({ id: receiveFromBot(channel, conversation, req.body) })
}

function edit(channel: Channel, req: Request, res: Response): void {
  const message = ownMessage(channel, req, res)
  if (!message) return
  receiveFromBot(channel, message.conversation, req.body ?? {}, message)
  res.status(200).json({ id: message.id })
}

function remove(channel: Channel, req: Request, res: Response): void {
  const message = ownMessage(channel, req, res)
  if (!message) return
  revise(channel.timeline, message, channel.tenant.now(), { deleted: true })
  res.status(200).end()
}

function listMembers(
  channel: Channel,
  req: Request,
  res: Response,
  shape: (members: ReturnType<typeof memberOf>[]) => unknown,
): void {
  const conversation = conversationOf(channel, req, res)
  if (conversation) res.json(shape(membersOf(channel, conversation).map((person) => memberOf(channel.tenant, person))))
}

function findMember(channel: Channel, req: Request, res: Response): void {
  const conversation = conversationOf(channel, req, res)
  if (!conversation) return
  const person = personByAccount(channel.tenant, String(req.params['member']))
  if (!person || !conversation.members.has(person.id))
    return refuseCall(res, 404, 'MemberNotFoundInConversation', 'Member not found in conversation')
  res.json(memberOf(channel.tenant, person))
}

function conversationOf(channel: Channel, req: Request, res: Response): Conversation | undefined {
  // A channel's replies carry the thread's first message behind the id.
  const id = String(req.params['conversation']).split(';')[0] ?? ''
  const conversation = channel.timeline.conversations.get(id)
  if (!conversation) refuseCall(res, 404, 'ConversationNotFound', 'Conversation not found.')
  return conversation
}

function reachableConversation(channel: Channel, req: Request, res: Response): Conversation | undefined {
  const conversation = conversationOf(channel, req, res)
  if (!conversation) return undefined
  if (conversation.type !== 'personal' || membersOf(channel, conversation).every(hasTheApp)) return conversation
  blocked(res)
  return undefined
}

function ownMessage(channel: Channel, req: Request, res: Response): Message | undefined {
  if (channel.switches.editsAnswer === 'blocked') {
    blocked(res)
    return undefined
  }
  const conversation = reachableConversation(channel, req, res)
  if (!conversation) return undefined
  const message = channel.timeline.messages.get(String(req.params['activity']))
  const there = message?.from === 'bot' && message.conversation === conversation && !message.revisions.at(-1)?.deleted
  if (message && there && channel.switches.editsAnswer === 'ok') return message
  refuseCall(res, 404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.')
  return undefined
}

function membersOf(channel: Channel, conversation: Conversation): Person[] {
  return [...conversation.members].flatMap((id) => channel.tenant.people.get(id) ?? [])
}

function hasTheApp(person: Person): boolean {
  return person.appInstalled
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function explain(error: unknown, _: Request, res: Response, __: NextFunction): void {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) refuseCall(res, 413, 'MessageSizeTooBig', 'Message size too large.')
  else refuseCall(res, 400, 'BadSyntax', error instanceof Error ? error.message : 'Bad format of the request')
}
