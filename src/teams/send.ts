import type { Activity } from 'botbuilder'
import type { Conversation } from '../workflow/ports/conversation.ts'
import type { Failure } from '../workflow/ports/failure.ts'
import type { ChatReference, SentCard } from '../workflow/ports/memory.ts'
import type { View, Viewer } from '../workflow/ports/views.ts'
import type { Clock, Duration } from '../time.ts'
import { milliseconds } from '../time.ts'
import type { ChannelAdapter } from './adapter.ts'
import { signInLink } from '../words/sign-in.ts'
import { say, spokenFor } from '../words/language.ts'
import { render } from './cards.ts'
import type { Rendered } from './cards.ts'
import { signInUrl, tokenCard } from './sign-in-card.ts'

const patience = 10_000 // milliseconds; the connector answers within one or two seconds

/** The connector did not take a message. `status` null: no answer came, so it may have. */
export class SendError extends Error implements Failure {
  override readonly name = 'SendError'
  readonly failed = 'connector'
  readonly status: number | null
  readonly lasting: boolean
  readonly wait: Duration | null

  constructor(doing: string, answer: { status: number | null; wait: Duration | null }, options: ErrorOptions) {
    super(`${doing}: ${answer.status === null ? 'no answer' : `the connector answers ${answer.status}`}`, options)
    this.status = answer.status
    this.lasting = answer.status !== null && isLasting(answer.status)
    this.wait = answer.wait
  }
}

/** Of those that blame the message, all but what Teams says to repeat: our token, a conflict, haste. */
const isLasting = (status: number): boolean =>
  status >= 400 && status < 500 && ![401, 408, 409, 412, 425, 429].includes(status)

export interface Sender extends Conversation {
  /** Plain words outside any view: an apology. */
  say(to: Pick<ChatReference, 'conversation' | 'serviceUrl'>, text: string): Promise<void>
}

/**
 * The way out to Teams. Each call is one request and is not repeated here, unless its token was refused; what may be tried again is thrown as
 * {@link SendError}. A stored service URL outside the allow-list counts as unreachable: the next message brings a new one.
 */
export function openSender(adapter: ChannelAdapter, now: Clock, authStart: URL): Sender {
  const post = async (to: Pick<ChatReference, 'conversation' | 'serviceUrl'>, content: Partial<Activity>) => {
    const connector = await adapter.connector(to.serviceUrl)
    if (!connector) return { came: 'unreachable' } as const
    const timeout = { timeout: patience }
    const sent = await attempt(adapter, 'posting a message', () =>
      connector.conversations.sendToConversation(to.conversation, asActivity(content), timeout),
    )
    if (sent.came === 'answered') return { came: 'posted', activity: sent.value.id } as const
    return sent.came === 'gone' ? ({ came: 'no-chat' } as const) : ({ came: 'unreachable' } as const)
  }
  return {
    post: (to, view, viewer) => post(to, contentOf(view, viewer, now(), 'new')),
    async askForToken(to, signIn, viewer) {
      const content = tokenCard(authStart, signIn, spokenFor(viewer.locale))
      await post(to, { attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content }] })
    },
    async offerSignIn(to, signIn, viewer) {
      const text = say(spokenFor(viewer.locale), signInLink(signInUrl(authStart, signIn).href))
      await post(to, { text, textFormat: 'markdown', channelData: alerting })
    },
    say: async (to, text) => void (await post(to, { text, channelData: alerting })),
    async edit(card: SentCard, view, viewer) {
      const connector = await adapter.connector(card.serviceUrl)
      if (!connector) return 'unreachable'
      const activity = { ...contentOf(view, viewer, now(), 'edit'), id: card.activity }
      const timeout = { timeout: patience }
      const sent = await attempt(adapter, 'editing a message', () =>
        connector.conversations.updateActivity(card.conversation, card.activity, asActivity(activity), timeout),
      )
      return sent.came === 'answered' ? 'edited' : sent.came
    },
  }
}

const alerting = { notification: { alert: true } }

/** Text and card never go together: Teams splits such a message, and its id then serves for no edit. */
function contentOf(view: View, viewer: Viewer, now: Date, as: 'new' | 'edit'): Partial<Activity> {
  const { text, card, summary, alert }: Rendered = render(view, viewer, { now })
  return {
    ...(card === undefined
      ? { text: text ?? summary, textFormat: 'markdown' }
      : { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] }),
    summary,
    ...(alert && as === 'new' ? { channelData: alerting } : {}),
  }
}

// The connector stamps sender, conversation and time itself; botbuilder's type wants them of everyone.
const asActivity = (content: Partial<Activity>): Activity => ({ type: 'message', ...content }) as Activity

type Attempt<Value> =
  | { readonly came: 'answered'; readonly value: Value }
  | { readonly came: 'gone' }
  | { readonly came: 'unreachable' }

/** A call whose token the connector refuses did nothing: it is made once more, with another token. */
async function attempt<Value>(
  adapter: ChannelAdapter,
  doing: string,
  call: () => Promise<Value>,
  again = true,
): Promise<Attempt<Value>> {
  const sentAt = performance.now()
  try {
    return { came: 'answered', value: await call() }
  } catch (cause) {
    const { status, wait } = answerIn(cause)
    if (status === 401 && again) {
      adapter.tokenRefused(sentAt)
      return attempt(adapter, doing, call, false)
    }
    if (status === 403) return { came: 'unreachable' }
    if (status === 404) return { came: 'gone' }
    throw new SendError(doing, { status, wait }, { cause })
  }
}

/** What the connector answered, out of @azure/core-rest-pipeline's RestError, whose class botbuilder does not hand on. */
function answerIn(error: unknown): { status: number | null; wait: Duration | null } {
  const { statusCode, response } = error as {
    statusCode?: unknown
    response?: { headers?: { get?(name: string): string | undefined } }
  } // read with care below: anything may be thrown
  const seconds = Number(response?.headers?.get?.('retry-after') ?? Number.NaN)
  return {
    status: typeof statusCode === 'number' ? statusCode : null,
    wait: Number.isFinite(seconds) ? milliseconds(seconds * 1000) : null,
  }
}
