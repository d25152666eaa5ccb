import type { AccessRequest, Decision, Phase } from '../request/request.ts'
import type { RecapView } from '../workflow/answers.ts'
import { labels } from './en.ts'
import { decider, where } from './en-decisions.ts'
import { type Names, statusWord } from './en-refusals.ts'
import { moment, momentAt, named, quoted, type Reader, span } from './reader.ts'

// One elevation from its asking to its end, as the journal has it.

export const recapTitle = (reader: Reader, { entitlement }: Pick<RecapView, 'entitlement'>): string =>
  `${named(reader, entitlement, 80)}: what I know of it`

export const recapNote =
  "This is the bot's own journal. What was done with the role stands in Entra's audit log, which I do not read for you yet."

export interface Fact {
  readonly title: string
  readonly value: string
}

export function recapFacts(reader: Reader, request: AccessRequest, names: Names): readonly Fact[] {
  const { submission, decisions, phase } = request
  const { justification, ticket } = submission
  return [
    { title: 'Asked', value: `${moment(reader, submission.submittedAt)}, for ${span(reader, submission.duration)}` },
    { title: 'Why', value: whyOf(reader, justification.freeText) },
    ...(ticket === undefined || ticket === '' ? [] : [{ title: labels.ticketFact, value: quoted(reader, ticket, 60) }]),
    ...decisions.map((decision) => ({ title: decided(decision), value: byWhom(reader, decision, names) })),
    ...(decisions.length === 0 ? [{ title: 'Decided', value: 'by nobody that I saw' }] : []),
    ...standing(reader, phase),
  ]
}

const whyOf = (reader: Reader, text: string | null): string => {
  if (text === null) return 'has been erased'
  return text === '' ? labels.none : quoted(reader, text, 300)
}

const decided = ({ verdict }: Decision): string => (verdict === 'approve' ? 'Approved' : 'Denied')

const byWhom = (reader: Reader, decision: Decision, names: Names): string =>
  `by ${decider(reader, decision, names)} ${momentAt(reader, decision.at)}, ${where(decision)}`

function standing(reader: Reader, phase: Phase): readonly Fact[] {
  switch (phase.status) {
    case 'active': {
      const until = phase.until === null ? 'no end' : `until ${moment(reader, phase.until)}`
      return [{ title: 'Active', value: `since ${moment(reader, phase.from)}, ${until}` }]
    }
    case 'ended':
      return [
        ...(phase.how === 'unseen' ? [] : [{ title: 'Active', value: `from ${moment(reader, phase.from)}` }]),
        { title: 'Ended', value: `${momentAt(reader, phase.at)}: ${endings[phase.how]}` },
      ]
    default:
      return [{ title: 'Now', value: statusWord(reader, phase.status) }]
  }
}

const endings = {
  'ran-out': 'its time was over',
  'by-holder': 'you ended it',
  outside: 'ended in Entra, not through us',
  unseen: 'we never saw it active',
} as const
