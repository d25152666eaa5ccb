import type { AccessRequest, Decision, Phase } from '../../request/request.ts'
import type { RecapView } from '../../workflow/ports/answers.ts'
import { decider, where } from '../request-status/decisions.ts'
import { type Names, statusWord } from '../refusals.ts'
import { labels } from '../labels.ts'
import { say, type Sentence } from '../language.ts'
import { moment, momentAt, named, quoted, type Reader, span } from '../reader.ts'

// One elevation from its asking to its end, as the journal has it.

export function recapTitle(reader: Reader, { entitlement }: Pick<RecapView, 'entitlement'>): string {
  const what = named(reader, entitlement, 80)
  return say(reader, { en: `${what}: what I know of it`, de: `${what}: was ich davon weiß` })
}

export const recapNote: Sentence = {
  en: "This is the bot's own journal. What was done with the role stands in Entra's audit log, which I do not read for you yet.",
  de: 'Das ist das eigene Journal des Bots. Was mit der Rolle getan wurde, steht im Überwachungsprotokoll von Entra; das lese ich noch nicht für dich.',
}

export interface Fact {
  readonly title: string
  readonly value: string
}

const titles = {
  asked: { en: 'Asked', de: 'Angefordert' },
  why: { en: 'Why', de: 'Warum' },
  approved: { en: 'Approved', de: 'Genehmigt' },
  denied: { en: 'Denied', de: 'Abgelehnt' },
  decided: { en: 'Decided', de: 'Entschieden' },
  active: { en: 'Active', de: 'Aktiv' },
  ended: { en: 'Ended', de: 'Beendet' },
  now: { en: 'Now', de: 'Jetzt' },
} as const satisfies Record<string, Sentence>

export function recapFacts(reader: Reader, request: AccessRequest, names: Names): readonly Fact[] {
  const { submission, decisions, phase } = request
  const { justification, ticket } = submission
  const fact = (title: Sentence, value: string): Fact => ({ title: say(reader, title), value })
  return [
    fact(titles.asked, asked(reader, request)),
    fact(titles.why, whyOf(reader, justification.freeText)),
    ...(ticket === undefined || ticket === '' ? [] : [fact(labels.ticketFact, quoted(reader, ticket, 60))]),
    ...decisions.map((decision) =>
      fact(
        decision.verdict === 'approve' ? approvedTitle(request, decision) : titles.denied,
        byWhom(reader, decision, names),
      ),
    ),
    ...(decisions.length === 0 ? [fact(titles.decided, say(reader, byNobody))] : []),
    ...standing(reader, phase).map(([title, value]) => fact(title, value)),
  ]
}

/** One yes of several is not called an approval of the whole. */
function approvedTitle({ stages }: AccessRequest, { stage }: Decision): Sentence {
  return stages.length === 1
    ? titles.approved
    : { en: `Step ${stage + 1} approved`, de: `Stufe ${stage + 1} genehmigt` }
}

const byNobody: Sentence = { en: 'by nobody that I saw', de: 'durch niemanden, soweit ich gesehen habe' }

function asked(reader: Reader, { submission }: AccessRequest): string {
  const [at, length] = [moment(reader, submission.submittedAt), span(reader, submission.duration)]
  return say(reader, { en: `${at}, for ${length}`, de: `${at}, für ${length}` })
}

const whyOf = (reader: Reader, text: string | null): string => {
  if (text === null) return say(reader, { en: 'has been erased', de: 'wurde gelöscht' })
  return text === '' ? say(reader, labels.none) : quoted(reader, text, 300)
}

function byWhom(reader: Reader, decision: Decision, names: Names): string {
  const [who, at] = [decider(reader, decision, names), momentAt(reader, decision.at)]
  const place = where(reader, decision)
  return say(reader, { en: `by ${who} ${at}, ${place}`, de: `durch ${who} ${at}, ${place}` })
}

function standing(reader: Reader, phase: Phase): readonly (readonly [title: Sentence, value: string])[] {
  switch (phase.status) {
    case 'active':
      return [[titles.active, activeFor(reader, phase)]]
    case 'ended': {
      const [from, at] = [moment(reader, phase.from), momentAt(reader, phase.at)]
      return [
        ...(phase.how === 'unseen'
          ? []
          : [[titles.active, say(reader, { en: `from ${from}`, de: `ab ${from}` })] as const]),
        [titles.ended, `${at}: ${say(reader, endings[phase.how])}`],
      ]
    }
    default:
      return [[titles.now, statusWord(reader, phase.status)]]
  }
}

function activeFor(reader: Reader, { from, until }: Extract<Phase, { status: 'active' }>): string {
  const start = moment(reader, from)
  if (until === null) return say(reader, { en: `since ${start}, no end`, de: `seit ${start}, ohne Ende` })
  const end = moment(reader, until)
  return say(reader, { en: `since ${start}, until ${end}`, de: `seit ${start}, bis ${end}` })
}

const endings: Readonly<Record<Extract<Phase, { status: 'ended' }>['how'], Sentence>> = {
  'ran-out': { en: 'its time was over', de: 'die Zeit war um' },
  'by-holder': { en: 'you ended it', de: 'du hast es beendet' },
  outside: { en: 'ended in Entra, not through us', de: 'in Entra beendet, nicht über uns' },
  unseen: { en: 'we never saw it active', de: 'wir haben es nie aktiv gesehen' },
}
