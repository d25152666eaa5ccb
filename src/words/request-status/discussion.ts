import type { FreeText } from '../../request/events.ts'
import type { ApprovalView, QuestionView, StatusView } from '../../workflow/ports/views.ts'
import { longestAnswer, longestQuestion, openQuestions } from '../../request/discuss.ts'
import type { StatusWords } from './decisions.ts'
import { type Names, nameOf, statusWord } from '../refusals.ts'
import { say } from '../language.ts'
import { allOf, count, moment, momentAt, named, quoted, type Reader, span } from '../reader.ts'
import { cutAt } from '../../text.ts'

// What is said about a request while it waits: questions and answers, who is looking at it, and a length cut short.

/** How many of the questions a card shows: the newest, the rest counted. */
const mostShown = 3

/** The newest questions with their answers, oldest first, for somebody who may decide: each a paragraph. */
export function exchanges(reader: Reader, { request, names }: Pick<ApprovalView, 'request' | 'names'>): string[] {
  const shown = request.questions.slice(-mostShown)
  const left = request.questions.length - shown.length
  return [
    ...(left === 0 ? [] : [notShown(reader, left)]),
    ...shown.flatMap(({ by, at, text, answer }) => {
      const who = `${nameOf(reader, names, by)}, ${moment(reader, at)}`
      const question = wrote(reader, text, longestQuestion)
      if (answer === undefined)
        return [
          say(reader, {
            en: `**Asked:** ${question} (${who}, not answered yet)`,
            de: `**Frage:** ${question} (${who}, noch nicht beantwortet)`,
          }),
        ]
      const answered = `${wrote(reader, answer.text, longestAnswer)} (${moment(reader, answer.at)})`
      return [
        say(reader, { en: `**Asked:** ${question} (${who})`, de: `**Frage:** ${question} (${who})` }),
        say(reader, { en: `**Answered:** ${answered}`, de: `**Antwort:** ${answered}` }),
      ]
    }),
  ]
}

const notShown = (reader: Reader, left: number): string =>
  left === 1
    ? say(reader, { en: '1 earlier question not shown.', de: '1 frühere Frage nicht gezeigt.' })
    : say(reader, {
        en: `${count(reader, left)} earlier questions not shown.`,
        de: `${count(reader, left)} frühere Fragen nicht gezeigt.`,
      })

/** No longer than what is kept, in code units: several of them stand on one card, whose size is bounded. */
function wrote(reader: Reader, { freeText }: FreeText, most: number): string {
  if (freeText === null) return say(reader, { en: 'the text has been erased', de: 'der Text wurde gelöscht' })
  const text = quoted(reader, cutAt(freeText, most))
  return say(reader, { en: `"${text}"`, de: `„${text}“` })
}

/** The card on which a requester answers, and what became of it. */
export function questionWords(reader: Reader, view: QuestionView): StatusWords {
  const { request, names, entitlement, number, open } = view
  const question = request.questions[number]
  const what = named(reader, entitlement.name, 60)
  if (question === undefined) return { tone: 'default', headline: what, details: [] }
  const who = nameOf(reader, names, question.by, 'leading')
  const text = wrote(reader, question.text, longestQuestion)
  const asked = say(reader, { en: `**Question:** ${text}`, de: `**Frage:** ${text}` })
  if (question.answer !== undefined) {
    const said = `${wrote(reader, question.answer.text, longestAnswer)} (${moment(reader, question.answer.at)})`
    const answer = say(reader, { en: `**Your answer:** ${said}`, de: `**Deine Antwort:** ${said}` })
    const headline = say(reader, { en: `Answered: ${what}`, de: `Beantwortet: ${what}` })
    return { tone: 'default', headline, details: [asked, answer] }
  }
  if (open)
    return {
      tone: 'accent',
      headline: say(reader, { en: `${who} asks about ${what}`, de: `${who} fragt nach: ${what}` }),
      details: [asked],
    }
  return {
    tone: 'default',
    headline: say(reader, { en: `No answer needed: ${what}`, de: `Keine Antwort mehr nötig: ${what}` }),
    details: [asked, notWaited(reader, view)],
  }
}

function notWaited(reader: Reader, { request }: QuestionView): string {
  const status = statusWord(reader, request.phase.status)
  return say(reader, {
    en: `Nobody waits for an answer any more: the request is ${status}.`,
    de: `Auf eine Antwort wartet niemand mehr: Die Anforderung ist ${status}.`,
  })
}

/** Plain, without the question: lock screens and screen readers get this. */
export function answered(reader: Reader, requester: string, entitlement: string): string {
  const [who, what] = [named(reader, requester, 40), named(reader, entitlement, 60)]
  return say(reader, {
    en: `${who} has answered you about ${what}: see its card above.`,
    de: `${who} hat dir zu ${what} geantwortet: Sieh auf der Karte oben nach.`,
  })
}

export function askLabel(reader: Reader, requester: string): string {
  const who = named(reader, requester, 60)
  return say(reader, { en: `Ask ${who} a question`, de: `Frage an ${who}` })
}

/** Said where a question could be typed. */
export function noQuestion(reader: Reader, requester: string, why: 'enough' | 'unreachable'): string {
  const who = named(reader, requester, 60)
  return why === 'enough'
    ? say(reader, {
        en: `${who} has not answered the last questions yet. Wait for an answer before you ask more.`,
        de: `${who} hat die letzten Fragen noch nicht beantwortet. Warte eine Antwort ab, bevor du mehr fragst.`,
      })
    : say(reader, {
        en: `${who} does not have Latchkey in Teams and cannot be asked here.`,
        de: `${who} hat Latchkey nicht in Teams und lässt sich hier nicht fragen.`,
      })
}

/** For whoever may decide it as well; empty where nobody says that they are looking at it. */
export function claimed(reader: Reader, { claim, names }: Pick<ApprovalView, 'claim' | 'names'>): string {
  if (claim === undefined) return ''
  const since = momentAt(reader, claim.since)
  const who = nameOf(reader, names, claim.by, 'leading')
  return claim.mine
    ? say(reader, {
        en: `You took this ${since}. Reminders come to you alone; the others may still answer.`,
        de: `Du hast das ${since} übernommen. Erinnerungen bekommst nur noch du; die anderen dürfen trotzdem antworten.`,
      })
    : say(reader, {
        en: `${who} took this ${since} and is looking at it. You may still answer.`,
        de: `${who} hat das ${since} übernommen und schaut es sich an. Du darfst trotzdem antworten.`,
      })
}

export const claimTitle = (reader: Reader, { claim }: Pick<ApprovalView, 'claim'>): string =>
  claim === undefined
    ? say(reader, { en: 'I am looking at it', de: 'Ich schaue es mir an' })
    : say(reader, { en: 'Take it over', de: 'Übernehmen' })

/** Who cut the request short, and from what; nothing where it stands as asked. */
export function shortenedNote(reader: Reader, request: StatusView['request'], names: Names): string[] {
  const { shortened, submission } = request
  if (shortened === undefined) return []
  const [from, to] = [span(reader, shortened.asked), span(reader, submission.duration)]
  const [who, at] = [nameOf(reader, names, shortened.by), momentAt(reader, shortened.at)]
  return [
    say(reader, {
      en: `Cut from ${from} to ${to} by ${who} ${at}.`,
      de: `Gekürzt auf ${to} statt ${from} durch ${who} ${at}.`,
    }),
  ]
}

/** What the requester reads of it on their own card. */
export function discussionNotes(
  reader: Reader,
  { request, names, claim }: Pick<StatusView, 'request' | 'names' | 'claim'>,
): string[] {
  const asking = [...new Set(openQuestions(request).map(({ by }) => by))].map((by) => nameOf(reader, names, by))
  return [
    ...(asking.length === 0 ? [] : [askedYou(reader, asking)]),
    ...(claim === undefined ? [] : [lookingAtIt(reader, nameOf(reader, names, claim.by, 'leading'), claim.since)]),
    ...shortenedNote(reader, request, names),
  ]
}

function askedYou(reader: Reader, asking: readonly string[]): string {
  const who = allOf(reader, asking)
  return asking.length === 1
    ? say(reader, {
        en: `${who} has asked you something: answer on its card.`,
        de: `${who} hat dich etwas gefragt: Antworte auf der Karte dazu.`,
      })
    : say(reader, {
        en: `${who} have asked you something: answer on its card.`,
        de: `${who} haben dich etwas gefragt: Antworte auf der Karte dazu.`,
      })
}

function lookingAtIt(reader: Reader, who: string, from: Date): string {
  const since = moment(reader, from)
  return say(reader, {
    en: `${who} has been looking at it since ${since}.`,
    de: `${who} schaut es sich seit ${since} an.`,
  })
}
