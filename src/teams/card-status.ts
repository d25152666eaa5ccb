import { type Refusal, toldByRequest } from '../request/refusal.ts'
import {
  buttonTitle,
  endPossibleFrom,
  lastChecked,
  needsNewerTeams,
  summaryOfStatus,
  whyLine,
} from '../words/card-lines.ts'
import { labels } from '../words/labels.ts'
import { say } from '../words/language.ts'
import { refusalSentence } from '../words/refusals.ts'
import { requesterStatus } from '../words/request-status/status.ts'
import { inPlain, moment, named, quoted, type Reader, span } from '../words/reader.ts'
import type { StatusVerb } from '../request/offers.ts'
import type { StatusView } from '../workflow/ports/views.ts'
import type { StatusCard } from './card-templates.ts'

const mostButtons = 3

export function statusData(reader: Reader, view: StatusView, refused: Refusal | undefined = view.refused): StatusCard {
  const plain = inPlain(reader)
  const { submission } = view.request
  const words = requesterStatus(reader, view)
  const details = [...words.details, ...(view.endPossibleAt ? [endPossibleFrom(reader, view.endPossibleAt)] : [])]
  const summary = statusSummary(reader, view)
  return {
    id: submission.id,
    revision: view.request.revision,
    lang: reader.language,
    speak: summary,
    fallbackText: needsNewerTeams(reader, summary),
    refused: refused && !toldByRequest(view.request, refused) ? refusalSentence(reader, refused, view.names) : '',
    title: named(reader, view.entitlement.name, 100),
    tone: words.tone,
    headline: words.headline,
    details: details.map((text) => ({ text })),
    why: whyLine(reader, submission.justification.freeText),
    facts: [
      { title: say(reader, labels.durationFact), value: span(plain, submission.duration) },
      ...(submission.ticket === undefined || submission.ticket === ''
        ? []
        : [{ title: say(reader, labels.ticketFact), value: quoted(reader, submission.ticket, 60) }]),
      { title: say(reader, labels.submittedFact), value: moment(reader, submission.submittedAt) },
    ],
    observed: lastChecked(reader, view.observedAt, view.silent),
    buttons: view.buttons.slice(0, mostButtons).map((button) => ({
      title: buttonTitle(reader, button, view),
      verb: button,
      style: buttonStyle[button],
    })),
    portal: portalHelps(view)
      ? [
          {
            title: say(reader, labels.portal),
            url: view.portal,
            mode: view.buttons.length < mostButtons ? 'primary' : 'secondary',
          },
        ]
      : [],
  }
}

/** Plain, without the justification: lock screens and screen readers get this. */
export function statusSummary(reader: Reader, view: StatusView): string {
  const plain = inPlain(reader)
  const { headline } = requesterStatus(plain, view)
  return summaryOfStatus(plain, view.entitlement.name, headline)
}

const buttonStyle = {
  activate: 'positive',
  check: 'default',
  withdraw: 'default',
  end: 'destructive',
} as const satisfies Record<StatusVerb, string>

/** Where Entra can tell more than we do, or do what we cannot. */
function portalHelps({ request }: StatusView): boolean {
  if (request.doubt || request.setback) return true
  return ['filed', 'scheduled', 'activating', 'active', 'refused', 'failed'].includes(request.phase.status)
}
