import { z } from 'zod'
import type { PersonId } from '../people.ts'
import { wellFormed } from '../text.ts'
import { noSuchCommand, nothingFound, tooLong } from '../words/card/find.ts'
import { say, type Sentence, type Spoken } from '../words/language.ts'
import { inPlain, named, quoted, readerOf } from '../words/reader.ts'
import type { FoundEntry } from '../workflow/ports/incoming.ts'
import { spokenIn, type TeamsActivity } from './activity.ts'
import { foundFor, longestSearch } from './answer-search.ts'
import { entryCard, neutralCard } from './card-find.ts'
import type { Edge } from './context.ts'

/** Its `id` in manifest/manifest.json, and the name of its one parameter. */
const command = 'find'
const parameter = 'query'
const mostResults = 15

/** `value` of the invoke `composeExtension/query`. `initialRun` stands among the parameters when it is only just opened. */
const QueryValue = z.object({
  commandId: z.string().max(100),
  parameters: z
    .array(z.object({ name: z.string(), value: z.unknown() }))
    .max(5)
    .nullish(),
  queryOptions: z
    .object({ skip: z.int().nonnegative().catch(0), count: z.int().positive().catch(mostResults) })
    .nullish(),
})

interface ExtensionAnswer {
  readonly status: 200 | 400
  readonly body?: { readonly composeExtension: Readonly<Record<string, unknown>> }
}

/**
 * `composeExtension/query`: what the person may ask for, each as a card that can be sent where they write. Teams takes
 * HTTP 200 alone for an answer, so what cannot be done is said in a message.
 * @see https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
 */
export async function answerExtension(edge: Edge, activity: TeamsActivity, person: PersonId): Promise<ExtensionAnswer> {
  const spoken = spokenIn(activity)
  const parsed = QueryValue.safeParse(activity.value)
  if (!parsed.success) return { status: 400 }
  const { commandId, parameters, queryOptions } = parsed.data
  if (commandId !== command) return message(spoken, noSuchCommand)
  const typed = parameters?.find(({ name }) => name === parameter)?.value
  const words = typeof typed === 'string' ? wellFormed(typed).trim() : ''
  if (words.length > longestSearch) return message(spoken, tooLong)
  const { skip = 0, count = mostResults } = queryOptions ?? {}
  const { id: conversation } = activity.conversation
  const most = Math.min(count, mostResults)
  const found = await foundFor(edge, { person, words, conversation, skip, most })
  if ('trouble' in found) return message(spoken, found.trouble)
  // The end of a list that goes on is no lack of results.
  if (found.entries.length === 0 && skip === 0) return message(spoken, nothingFound(words))
  const reader = readerOf(found.viewer, edge.now())
  const attachments = found.entries.map((entry) => ({
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: found.ownChat ? entryCard(reader, entry) : neutralCard(reader, edge.botAppId),
    // The list is seen by the person alone, wherever they write.
    preview: previewOf(entry),
  }))
  return composed({ type: 'result', attachmentLayout: 'list', attachments })

  function previewOf({ name, grants }: FoundEntry) {
    const plain = inPlain(reader)
    const content = { title: named(plain, name, 100), text: quoted(plain, grants, 150) }
    return { contentType: 'application/vnd.microsoft.card.thumbnail', content }
  }
}

const message = (spoken: Spoken, text: Sentence): ExtensionAnswer =>
  composed({ type: 'message', text: say(spoken, text) })

const composed = (composeExtension: Readonly<Record<string, unknown>>): ExtensionAnswer => ({
  status: 200,
  body: { composeExtension },
})
