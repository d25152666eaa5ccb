import { type AccessRequest, approversOf, type Phase } from '../request/request.ts'
import type { StatusView } from '../workflow/views.ts'
import { commentOf, decider, failedHow, type StatusWords } from './en-decisions.ts'
import { sentence } from './en-refusals.ts'
import { notEntra } from './en-setbacks.ts'
import { moment, momentAt, quoted, type Reader } from './reader.ts'

// How a request ended, for its requester.

type Closed = Exclude<Phase, { status: 'in-chat' | 'ready-to-file' | 'filed' | 'activating' | 'active' }>
export type LapsedPhase = Extract<Phase, { status: 'lapsed' }>

export function closedWords(
  reader: Reader,
  request: AccessRequest & { readonly phase: Closed },
  { names, thenEntra }: Pick<StatusView, 'names' | 'thenEntra'>,
): StatusWords {
  const { phase } = request
  switch (phase.status) {
    case 'ended':
      return ended(reader, phase)
    case 'denied': {
      const denial = request.decisions.findLast(({ verdict }) => verdict === 'deny')
      return {
        tone: 'attention',
        headline: `Denied by ${decider(reader, denial, names)}`,
        details: [
          ...(denial?.comment ? [commentOf(reader, denial.comment.freeText)] : []),
          `Answered ${momentAt(reader, phase.at)}. Nothing was granted; you may ask again with what was missing.`,
        ],
      }
    }
    case 'withdrawn':
      return {
        tone: 'default',
        headline: 'Withdrawn',
        details: [`Taken back ${momentAt(reader, phase.at)}. Nothing was granted.`],
      }
    case 'lapsed':
      return {
        tone: 'attention',
        headline: lapsedHeadline(request, phase, thenEntra),
        details: [lapsedHow(reader, phase), 'Ask again if you still need it.'],
      }
    case 'refused':
      return refused(reader, phase)
    case 'failed':
      return {
        tone: 'attention',
        headline: failedHow(phase.detail),
        details: [
          `Entra reports "${quoted(reader, phase.detail, 300)}" ${momentAt(reader, phase.at)}. Ask again, or look in the portal.`,
        ],
      }
    default:
      return phase satisfies never
  }
}

function lapsedHeadline(request: AccessRequest, { waitedFor }: LapsedPhase, thenEntra: boolean): string {
  switch (waitedFor) {
    case 'stage':
      return `Lapsed: ${silence(request)}`
    case 'requester':
      return thenEntra ? 'Lapsed: never sent to Entra' : 'Lapsed: approved, never activated'
    case 'entra':
      return 'Not active'
    default:
      return waitedFor satisfies never
  }
}

/** How silent a stage was that ran out of time. */
export function silence(request: AccessRequest): string {
  const last = request.stages.findIndex(({ need }, stage) => approversOf(request, stage).length < need)
  return approversOf(request, last).length > 0 ? 'too few answered in time' : 'nobody answered in time'
}

/** When it was closed, and what that tells. Entra shows no denial to us: of what lapsed there, nothing is claimed. */
export const lapsedHow = (reader: Reader, { at, waitedFor }: LapsedPhase): string =>
  waitedFor === 'entra'
    ? `Closed in Entra ${momentAt(reader, at)}; whether somebody said no there is not visible to us.`
    : `Closed ${momentAt(reader, at)}. Nothing was granted.`

function refused(reader: Reader, { code, message }: Extract<Phase, { status: 'refused' }>): StatusWords {
  if (Object.hasOwn(notEntra, code)) {
    return {
      tone: 'attention',
      headline: 'Not sent to Entra',
      details: [`Nothing was asked or granted: ${notEntra[code]}. Ask for it in the portal.`],
    }
  }
  return {
    tone: 'attention',
    headline: 'Entra refused it',
    details: [
      `Entra says: ${sentence(quoted(reader, message === '' ? code : message, 300))}`,
      'Nothing was granted. Put that right and ask again, or look in the portal.',
    ],
  }
}

function ended(reader: Reader, { at, from, how }: Extract<Phase, { status: 'ended' }>): StatusWords {
  const words = (headline: string, told: string): StatusWords => ({
    tone: 'default',
    headline: `${headline} ${moment(reader, at)}`,
    details: [told],
  })
  const since = `It was active from ${moment(reader, from)}.`
  switch (how) {
    case 'ran-out':
      return words('Ended at', `It ran out as planned. ${since}`)
    case 'by-holder':
      return words('Ended at', `You ended it. ${since}`)
    case 'outside':
      return words('Ended at', `It was ended outside Latchkey, in Entra itself. ${since}`)
    case 'unseen':
      return words(
        'Over since',
        'It was approved and its time is over, but we never saw it active in Entra. Ask again if you still need it.',
      )
    default:
      return how satisfies never
  }
}
