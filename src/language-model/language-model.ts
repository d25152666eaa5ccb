import { addTime, type Clock, type Duration, milliseconds } from '../time.ts'
import type { Log } from '../workflow/ports/ports.ts'
import type { LanguageModel, ToRead, Unread } from '../workflow/ports/reading.ts'
import { Completion, readAnswer } from './answer.ts'
import { openBudget, type Limits } from './budget.ts'
import { answerSchema, messagesFor } from './prompt.ts'

export interface LanguageModelOptions extends Limits {
  /** A chat-completions endpoint, query included: Azure OpenAI's of one deployment, or any that speaks the same. */
  readonly endpoint: URL
  /** Sent as `model`, where the endpoint serves several. */
  readonly model?: string
  /** The value of the `Authorization` header, anew for every call. */
  readonly authorization: () => Promise<string>
  /** A person waits for the answer: later than this it is not wanted any more. */
  readonly patience: Duration
  readonly realNow: Clock
  readonly log: Log
}

/** Longer messages are read by the rules alone: what is pasted in is no conversation. */
const longestText = 4_000
const mostTokens = 400

/** The most of an answer that is read, in characters. */
const longestAnswer = 100_000

/**
 * A language model as a second reader. Whatever goes wrong with it, there is no reading, and never an error: the rules
 * have read the message already. What was written is never logged.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs
 */
export function openLanguageModel(options: LanguageModelOptions): LanguageModel {
  const budget = openBudget(options, options.realNow)
  return {
    async read(message) {
      if (message.text.length > longestText) return { came: 'unusable' }
      const denied = budget.take(message.speaker)
      if (denied !== undefined) return { came: denied }
      const answer = await ask(options, message)
      const failed = 'came' in answer && (answer.came === 'trouble' || answer.came === 'too-slow')
      budget.went(!failed, 'restUntil' in answer ? answer.restUntil : undefined)
      if ('came' in answer) {
        options.log.warn({ came: answer.came }, 'the language model gave no reading')
        return { came: answer.came }
      }
      const reading = readAnswer(answer.content, message)
      if (reading !== undefined) return { came: 'read', reading }
      options.log.warn({ came: 'unusable' }, 'the language model gave no reading')
      return { came: 'unusable' }
    },
  }
}

type Answer = { readonly content: string } | { readonly came: Unread; readonly restUntil?: Date }

async function ask(options: LanguageModelOptions, message: ToRead): Promise<Answer> {
  const signal = AbortSignal.timeout(options.patience)
  try {
    const response = await fetch(options.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await options.authorization() },
      body: JSON.stringify({
        ...(options.model === undefined ? {} : { model: options.model }),
        messages: messagesFor(message),
        response_format: answerSchema(message),
        temperature: 0,
        max_tokens: mostTokens,
      }),
      // Where the key goes is what was configured, and nowhere that it points to.
      redirect: 'error',
      signal,
    })
    if (!response.ok) {
      await response.body?.cancel()
      return { came: 'trouble', ...restAsked(response, options.realNow()) }
    }
    const text = await response.text()
    return text.length > longestAnswer ? { came: 'unusable' } : contentOf(text)
  } catch {
    return { came: signal.aborted ? 'too-slow' : 'trouble' }
  }
}

function contentOf(text: string): Answer {
  const [choice] = Completion.safeParse(jsonOf(text)).data?.choices ?? []
  if (choice === undefined) return { came: 'unusable' }
  const { message, finish_reason: finish } = choice
  if (message.refusal || finish === 'content_filter') return { came: 'refused' }
  return message.content && finish !== 'length' ? { content: message.content } : { came: 'unusable' }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Seconds, as services of this kind send them; a wait of more than an hour is not believed. */
function restAsked({ status, headers }: Response, now: Date): { readonly restUntil?: Date } {
  const seconds = Number(headers.get('retry-after'))
  const wait = milliseconds(1000 * Math.min(3600, seconds))
  return status === 429 && seconds > 0 ? { restUntil: addTime(now, wait) } : {}
}
