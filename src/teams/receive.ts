import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
// Not the package's index, which loads planners and tokenizers too: 33 MB and two seconds more at every start. 1.7.4 is
// its last release, so the path stays.
import { Application } from '@microsoft/teams-ai/lib/Application.js'
import type { TurnState } from '@microsoft/teams-ai/lib/TurnState.js'
import type { TurnContext } from 'botbuilder'
import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { milliseconds } from '../time.ts'
import type { Incoming } from '../workflow/ports/incoming.ts'
import type { PersonId } from '../people.ts'
import { tooMany, wentWrong } from '../words/sign-in.ts'
import { say } from '../words/language.ts'
import type { TeamsActivity } from './activity.ts'
import { chatOf, checkActivity, speakerOf, spokenIn } from './activity.ts'
import { answerExtension } from './answer-extension.ts'
import { answerSearch } from './answer-search.ts'
import { answerFailure, answerTokenExchange, answerVerifyState } from './answer-sign-in.ts'
import { answerTap } from './answer-tap.ts'
import { authPages } from './auth-pages.ts'
import type { FromTheChannel } from './channel-token.ts'
import { door } from './door.ts'
import type { Edge } from './context.ts'
import { health } from './health.ts'
import { spokenText } from './message-text.ts'
import { within } from './in-flight.ts'

const cardType = 'application/vnd.microsoft.card.adaptive'
const messagePatience = milliseconds(10_000) // the Bot Connector gives up after about 15 seconds

/**
 * `POST /api/messages`. Anything not from our bot's own channel, tenant and service answers 401 or 403 and reaches
 * nobody; a body that cannot be read answers 400 or 413; 503 when the channel's keys cannot be read.
 */
export function receiver(edge: Edge): RequestListener {
  const application = routes(edge)
  const app = express()
  app.disable('x-powered-by')
  app.post(
    '/api/messages',
    (req: Request, res: Response, next: NextFunction) => onlyTheChannel(edge, req, res, next),
    express.json({ limit: '256kb' }),
    (req: Request, res: Response) => receive(edge, application, req, res),
  )
  app.use(health(edge))
  app.use(authPages(edge))
  // Express 5 would answer with a stack trace.
  app.use((error: unknown, _: Request, res: Response, __: NextFunction) => {
    const status = clientsFault(error)
    if (status === undefined) edge.log.error({ err: error }, 'an activity could not be received')
    else edge.handlers.stranger('unreadable')
    if (!res.headersSent) res.status(status ?? 503).end()
  })
  return door(edge, app)
}

/** What the door let in, with what its token vouches for. */
async function onlyTheChannel(edge: Edge, req: Request, res: Response, next: NextFunction): Promise<void> {
  const channel = await edge.channelTokens.verify((req.get('authorization') ?? '').slice('Bearer '.length))
  if (channel === undefined) return void res.status(401).end()
  res.locals['channel'] = channel
  next()
}

async function receive(edge: Edge, application: Application<TurnState>, req: Request, res: Response): Promise<void> {
  const checked = checkActivity(req.body, edge)
  if (!checked.ok) {
    // With a genuine token this is more often a wrong setting of ours than an attack.
    if (edge.oncePerMinute.take(checked.refusal))
      edge.log.warn({ why: checked.refusal }, 'an activity of the channel was not for this bot')
    edge.handlers.stranger(checked.refusal)
    return void res.status(403).end()
  }
  const { serviceUrl }: FromTheChannel = res.locals['channel']
  if (serviceUrl !== checked.value.serviceUrl) {
    edge.handlers.stranger('service-url')
    return void res.status(401).end()
  }
  const answer = await edge.adapter.turn(checked.value, (context) => application.run(context).then(() => {}))
  res.status(answer?.status ?? 200)
  if (answer?.body === undefined) res.end()
  else res.json(answer.body)
}

/** teams-ai's router alone: without storage its turn state keeps nothing, and its one typing timer is shared by all turns. */
function routes(edge: Edge): Application<TurnState> {
  const application = new Application({ startTypingTimer: false, removeRecipientMention: false })
  application.addRoute(isInvoke, (context) => onInvoke(edge, context), true)
  application.activity('message', (context) => onMessage(edge, received(context), edge.handlers.hear))
  application.activity('messageUpdate', (context) => onMessageUpdate(edge, received(context)))
  application.activity('messageDelete', (context) => onMessage(edge, received(context), edge.handlers.deleted))
  application.activity('installationUpdate', (context) => onInstallation(edge, received(context)))
  application.conversationUpdate('membersAdded', (context) => onMembersAdded(edge, received(context)))
  return application
}

const isInvoke = (context: TurnContext) => Promise.resolve(context.activity.type === 'invoke')

// The adapter hands on the very object that checkActivity made; the turn context types it as botbuilder's.
const received = (context: TurnContext) => context.activity as unknown as TeamsActivity

async function onInvoke(edge: Edge, context: TurnContext): Promise<void> {
  // By ourselves: teams-ai's own card route would edit the message for everybody. Left unanswered it would be 501.
  await context.sendActivity({ type: 'invokeResponse', value: await invokeAnswer(edge, received(context)) })
}

async function invokeAnswer(edge: Edge, activity: TeamsActivity): Promise<{ status: number; body?: unknown }> {
  const speaker = speakerOf(activity)
  if (speaker === undefined) return { status: 200 }
  if (activity.name?.startsWith('signin/') && !edge.perPerson.take(`sign-ins of ${speaker.id}`)) return { status: 412 }
  switch (activity.name) {
    case 'adaptiveCard/action':
      return { status: 200, body: await answerTap(edge, activity, speaker.id) }
    case 'application/search':
      return { status: 200, body: await answerSearch(edge, activity, speaker.id) }
    case 'composeExtension/query':
      return answerExtension(edge, activity, speaker.id)
    case 'signin/tokenExchange':
      return answerTokenExchange(edge, activity, speaker.id)
    case 'signin/failure':
      return answerFailure(edge, activity, speaker.id)
    case 'signin/verifyState':
      return answerVerifyState(edge, activity, speaker.id)
    default:
      return { status: 200 }
  }
}

/** An edit; a deletion that was taken back is an update as well, and brings nothing back. */
async function onMessageUpdate(edge: Edge, activity: TeamsActivity): Promise<void> {
  if (activity.channelData.eventType !== 'undeleteMessage') await onMessage(edge, activity, edge.handlers.edited)
}

async function onMessage(edge: Edge, activity: TeamsActivity, hear: Incoming['hear']): Promise<void> {
  const speaker = speakerOf(activity)
  const text = activity.type === 'messageDelete' ? '' : spokenText(activity)
  // An Action.Submit comes as a message without words; our cards have none, and it carries no proof of who pressed.
  // Nor does a card that the message extension put into somebody's message say anything.
  const carriesMore =
    activity.value !== undefined || activity.attachments?.some(({ contentType }) => contentType === cardType)
  if (speaker === undefined || activity.id === undefined || (text === '' && carriesMore === true)) return
  if (!edge.perPerson.take(`messages of ${speaker.id}`)) return tellTooMany(edge, activity, speaker.id)
  const hearing = hear({ activity: activity.id, text, speaker, chat: chatOf(activity) })
  const settled = hearing.catch((error: unknown) => apologise(edge, activity, error))
  await within(messagePatience, edge.underWay.track(settled))
}

/** Once a minute: a sentence for each would be the same flood the other way. */
async function tellTooMany(edge: Edge, activity: TeamsActivity, person: PersonId): Promise<void> {
  if (!edge.oncePerMinute.take(`too many messages of ${person}`)) return
  edge.log.warn({ person }, 'a person sent more messages than are read in a minute')
  const to = { conversation: activity.conversation.id, serviceUrl: activity.serviceUrl }
  await edge.underWay.track(edge.sender.say(to, say(spokenIn(activity), tooMany.messages)))
}

async function apologise(edge: Edge, activity: TeamsActivity, error: unknown): Promise<void> {
  const reference = randomUUID().slice(0, 8)
  edge.log.error({ err: error, reference, activity: activity.id }, 'a message could not be answered')
  const to = { conversation: activity.conversation.id, serviceUrl: activity.serviceUrl }
  await edge.sender
    .say(to, say(spokenIn(activity), wentWrong(reference)))
    .catch((error: unknown) => edge.log.error({ err: error, reference }, 'and the apology could not be sent'))
}

async function onInstallation(edge: Edge, activity: TeamsActivity): Promise<void> {
  const speaker = speakerOf(activity)
  if (speaker === undefined || chatOf(activity) !== 'personal') return
  // An upgrade takes the old version away (`remove-upgrade`) and adds the new one: nobody left.
  if (activity.action === 'remove') await edge.handlers.removed(speaker.id)
  else if (activity.action === 'add' || activity.action === 'add-upgrade') await edge.handlers.installed(speaker)
}

async function onMembersAdded(edge: Edge, activity: TeamsActivity): Promise<void> {
  const speaker = speakerOf(activity)
  const joined = activity.membersAdded?.some((member) => member.id === activity.recipient.id)
  if (joined && speaker !== undefined && chatOf(activity) === 'personal') await edge.handlers.installed(speaker)
}

/** The status of an unreadable body, as express.json words it. */
function clientsFault(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined
  const { status } = error
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}
