import { randomUUID } from 'node:crypto'
import { wellFormed } from '../text.ts'
import { z } from 'zod'
import type { PersonId } from '../people.ts'
import { couldNotSearch, noSuchList, tooLong, tooSlow } from '../words/card/find.ts'
import { say, type Sentence } from '../words/language.ts'
import { tooMany } from '../words/sign-in.ts'
import { inPlain, named, readerOf } from '../words/reader.ts'
import type { Found, Search } from '../workflow/ports/incoming.ts'
import { spokenIn, type TeamsActivity } from './activity.ts'
import { catalogueDataset } from './card-find.ts'
import type { Edge } from './context.ts'
import * as answers from './invoke-answer.ts'
import type { InvokeAnswer } from './invoke-answer.ts'
import { within } from './in-flight.ts'

/** Nobody types more than this to find something by its name. */
export const longestSearch = 200
/** However many are answered, Teams shows no more. */
const mostChoices = 15

/** `value` of the invoke `application/search`: what stands so far in an input with a `Data.Query`. */
const SearchValue = z.object({
  queryText: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  dataset: z.string().max(100),
  queryOptions: z
    .object({ skip: z.int().nonnegative().catch(0), top: z.int().positive().catch(mostChoices) })
    .nullish(),
})

/**
 * `application/search`: the choices of an input that is being typed into.
 * @see https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
 */
export async function answerSearch(edge: Edge, activity: TeamsActivity, person: PersonId): Promise<InvokeAnswer> {
  const spoken = spokenIn(activity)
  const parsed = SearchValue.safeParse(activity.value)
  if (!parsed.success || parsed.data.dataset !== catalogueDataset)
    return answers.errorAnswer(400, say(spoken, noSuchList))
  const { queryText, queryOptions } = parsed.data
  if (queryText.length > longestSearch) return answers.errorAnswer(400, say(spoken, tooLong))
  const { skip = 0, top = mostChoices } = queryOptions ?? {}
  const { id: conversation } = activity.conversation
  const found = await foundFor(edge, {
    person,
    words: wellFormed(queryText).trim(),
    conversation,
    skip,
    most: Math.min(top, mostChoices),
  })
  if ('trouble' in found) return answers.errorAnswer(500, say(spoken, found.trouble))
  const reader = inPlain(readerOf(found.viewer, edge.now()))
  return answers.choicesAnswer(
    found.entries.map(({ name, record }) => ({ title: named(reader, name, 100), value: record })),
  )
}

/** What was found within the budget, or why nothing could be said: never an empty list instead. */
export async function foundFor(edge: Edge, search: Search): Promise<Found | { readonly trouble: Sentence }> {
  if (!edge.perPerson.take(`searches of ${search.person}`)) return { trouble: tooMany.searches }
  const searching = edge.handlers.search(search).catch((error: unknown) => {
    const reference = randomUUID().slice(0, 8)
    edge.log.error({ err: error, reference }, 'a search failed')
    return { trouble: couldNotSearch(reference) }
  })
  const found = await within(edge.invokeBudget, edge.underWay.track(searching))
  return found === 'late' ? { trouble: tooSlow } : found
}
