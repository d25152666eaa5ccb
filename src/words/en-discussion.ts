import type { FreeText } from '../request/events.ts'
import type { ApprovalView, QuestionView, StatusView } from '../workflow/views.ts'
import { longestAnswer, longestQuestion, openQuestions } from '../request/discuss.ts'
import type { StatusWords } from './en-decisions.ts'
import { type Names, nameOf, statusWord } from './en-refusals.ts'
import { allOf, count, moment, momentAt, named, quoted, type Reader, span } from './reader.ts'

// What is said about a request while it waits: questions and answers, who is looking at it, and a length cut short.

/** How many of the questions a card shows: the newest, the rest counted. */
const mostShown = 3

/** The newest questions with their answers, oldest first, for somebody who may decide: each a paragraph. */
export function exchanges(reader: Reader, { request, names }: Pick<ApprovalView, 'request' | 'names'>): string[] {
  const shown = request.questions.slice(-mostShown)
  const left = request.questions.length - shown.length
  return [
    ...(left === 0 ? [] : [`${count(reader, left)} earlier ${left === 1 ? 'question' : 'questions'} not shown.`]),
    ...shown.flatMap(({ by, at, text, answer }) => {
      const who = `${nameOf(reader, names, by)}, ${moment(reader, at)}`
      return answer === undefined
        ? [`**Asked:** ${wrote(reader, text, longestQuestion)} (${who}, not answered yet)`]
        : [
            `**Asked:** ${wrote(reader, text, longestQuestion)} (${who})`,
            `**Answered:** ${wrote(reader, answer.text, longestAnswer)} (${moment(reader, answer.at)})`,
          ]
    }),
  ]
}

/** No longer than what is kept, in code units: several of them stand on one card, whose size is bounded. */
const wrote = (reader: Reader, { freeText }: FreeText, most: number): string =>
  freeText === null ? 'the text has been erased' : `"${quoted(reader, freeText.slice(0, most))}"`

/** The card on which a requester answers, and what became of it. */
export function questionWords(reader: Reader, view: QuestionView): StatusWords {
  const { request, names, entitlement, number, open } = view
  const question = request.questions[number]
  const what = named(reader, entitlement.name, 60)
  if (question === undefined) return { tone: 'default', headline: what, details: [] }
  const who = nameOf(reader, names, question.by, 'leading')
  const asked = `**Question:** ${wrote(reader, question.text, longestQuestion)}`
  if (question.answer !== undefined) {
    const { at, text } = question.answer
    const answer = `**Your answer:** ${wrote(reader, text, longestAnswer)} (${moment(reader, at)})`
    return { tone: 'default', headline: `Answered: ${what}`, details: [asked, answer] }
  }
  return open
    ? { tone: 'accent', headline: `${who} asks about ${what}`, details: [asked] }
    : { tone: 'default', headline: `No answer needed: ${what}`, details: [asked, notWaited(reader, view)] }
}

const notWaited = (reader: Reader, { request }: QuestionView): string =>
  `Nobody waits for an answer any more: the request is ${statusWord(reader, request.phase.status)}.`

/** Plain, without the question: lock screens and screen readers get this. */
export const answered = (reader: Reader, requester: string, entitlement: string): string =>
  `${named(reader, requester, 40)} has answered you about ${named(reader, entitlement, 60)}: see its card above.`

export const askLabel = (reader: Reader, requester: string): string => `Ask ${named(reader, requester, 60)} a question`

/** Said where a question could be typed. */
export const noQuestion = (reader: Reader, requester: string, why: 'enough' | 'unreachable'): string =>
  why === 'enough'
    ? `${named(reader, requester, 60)} has not answered the last questions yet. Wait for an answer before you ask more.`
    : `${named(reader, requester, 60)} does not have Latchkey in Teams and cannot be asked here.`

/** For whoever may decide it as well; empty where nobody says that they are looking at it. */
export function claimed(reader: Reader, { claim, names }: Pick<ApprovalView, 'claim' | 'names'>): string {
  if (claim === undefined) return ''
  const since = momentAt(reader, claim.since)
  return claim.mine
    ? `You took this ${since}. Reminders come to you alone; the others may still answer.`
    : `${nameOf(reader, names, claim.by, 'leading')} took this ${since} and is looking at it. You may still answer.`
}

export const claimTitle = ({ claim }: Pick<ApprovalView, 'claim'>): string =>
  claim === undefined ? 'I am looking at it' : 'Take it over'

/** Who cut the request short, and from what; nothing where it stands as asked. */
export const shortenedNote = (reader: Reader, request: StatusView['request'], names: Names): string[] => {
  const { shortened, submission } = request
  if (shortened === undefined) return []
  const lengths = `from ${span(reader, shortened.asked)} to ${span(reader, submission.duration)}`
  return [`Cut ${lengths} by ${nameOf(reader, names, shortened.by)} ${momentAt(reader, shortened.at)}.`]
}

/** What the requester reads of it on their own card. */
export function discussionNotes(
  reader: Reader,
  { request, names, claim }: Pick<StatusView, 'request' | 'names' | 'claim'>,
): string[] {
  const asking = [...new Set(openQuestions(request).map(({ by }) => by))].map((by) => nameOf(reader, names, by))
  return [
    ...(asking.length === 0
      ? []
      : [`${allOf(reader, asking)} ${asking.length === 1 ? 'has' : 'have'} asked you something: answer on its card.`]),
    ...(claim === undefined
      ? []
      : [`${nameOf(reader, names, claim.by, 'leading')} has been looking at it since ${moment(reader, claim.since)}.`]),
    ...shortenedNote(reader, request, names),
  ]
}
