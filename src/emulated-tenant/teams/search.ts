import { z } from 'zod'
import type { Refused } from './card-actions.ts'
import type { Channel } from './channel.ts'
import { deliver, somethingWentWrong, stampActivity } from './delivery.ts'
import type { BotAnswer } from './channel.ts'
import { addMessage, conversationsOf } from './timeline.ts'
import type { Conversation, Json, Message } from './timeline.ts'
import type { Person } from '../state/people-and-groups.ts'

/** `queryText`: what stands in the input of a card so far. */
export const Typed = z.strictObject({ message: z.string(), dataset: z.string(), queryText: z.string() })

/**
 * `query` absent: the command was only just opened. `insert`: puts this result's card into the conversation, as
 * picking it and pressing Send does.
 */
export const Queried = z.strictObject({
  command: z.string(),
  query: z.string().optional(),
  conversation: z.string().optional(),
  insert: z.int().nonnegative().optional(),
})

type Choice = { title: string; value: string }
type Result = { title: string; text: string; card: Json }

/** However many a bot answers, Teams shows no more. */
const mostChoices = 15
const mostResults = 25

const Choices = z.object({ results: z.array(z.object({ title: z.string(), value: z.string() })) })
const Preview = z.object({
  contentType: z.enum(['application/vnd.microsoft.card.thumbnail', 'application/vnd.microsoft.card.hero']),
  content: z.object({ title: z.string(), text: z.string().default('') }),
})
const Extension = z.object({
  composeExtension: z.discriminatedUnion('type', [
    z.object({ type: z.literal('message'), text: z.string() }),
    z.object({
      type: z.literal('result'),
      attachmentLayout: z.enum(['list', 'grid']),
      // A card without a preview is not listed.
      attachments: z.array(
        z.object({
          contentType: z.literal('application/vnd.microsoft.card.adaptive'),
          content: z.record(z.string(), z.unknown()),
          preview: Preview,
        }),
      ),
    }),
  ]),
})

/** The choices that the bot gives for what was typed into an input with a `Data.Query`. */
export async function searchChoices(
  channel: Channel,
  person: Person,
  message: Message,
  { dataset, queryText }: z.infer<typeof Typed>,
): Promise<BotAnswer & { choices: Choice[] }> {
  const value = { queryText, queryOptions: { skip: 0, top: mostChoices }, dataset }
  const content = { type: 'invoke', name: 'application/search', value, replyToId: message.id }
  const answer = await deliver(channel, stampActivity(channel, person, message.conversation, content))
  const found = Choices.safeParse(answer.value)
  if (!found.success || answer.error !== undefined)
    return { ...answer, error: answer.error ?? somethingWentWrong, choices: [] }
  return { ...answer, choices: found.data.results.slice(0, mostChoices) }
}

/** Runs a command of the bot's message extension where the person writes. */
export async function runExtension(
  channel: Channel,
  person: Person,
  asked: z.infer<typeof Queried>,
): Promise<(BotAnswer & { results: Result[]; text?: string; inserted?: string }) | Refused> {
  const conversation = conversationsOf(channel.timeline, person.id).find(({ id, type }) =>
    asked.conversation === undefined ? type === 'personal' : id === asked.conversation,
  )
  if (!conversation) return { refused: 404, error: `${person.id} is in no conversation ${asked.conversation}.` }
  if (!person.accountEnabled || !person.appInstalled)
    return { refused: 409, error: `${person.id} has not the bot's app, and so not its message extension.` }
  const parameter =
    asked.query === undefined ? { name: 'initialRun', value: 'true' } : { name: 'query', value: asked.query }
  const value = { commandId: asked.command, parameters: [parameter], queryOptions: { skip: 0, count: mostResults } }
  const content = { type: 'invoke', name: 'composeExtension/query', value }
  const answer = await deliver(channel, stampActivity(channel, person, conversation, content))
  const read = Extension.safeParse(answer.value)
  if (!read.success || answer.error !== undefined)
    return { ...answer, error: answer.error ?? somethingWentWrong, results: [] }
  const { composeExtension } = read.data
  if (composeExtension.type === 'message') return { ...answer, text: composeExtension.text, results: [] }
  const results = composeExtension.attachments.map(({ content: card, preview }) => ({ ...preview.content, card }))
  if (asked.insert === undefined) return { ...answer, results }
  const picked = results[asked.insert]
  if (!picked) return { refused: 409, error: `There are ${results.length} results.` }
  return { ...answer, results, inserted: insert(channel, person, conversation, picked.card) }
}

/** The card becomes a message of the person's own; outside personal chats a bot hears only what mentions it. */
function insert(channel: Channel, person: Person, conversation: Conversation, card: Json): string {
  const message = addMessage(channel.timeline, conversation, person.id, channel.tenant.now(), { card })
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }]
  if (conversation.type === 'personal') {
    const content = { type: 'message', id: message.id, textFormat: 'plain', attachments }
    void deliver(channel, stampActivity(channel, person, conversation, content))
  }
  return message.id
}
