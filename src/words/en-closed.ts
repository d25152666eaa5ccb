import { type AccessRequest, approversOf, type Phase } from '../request/request.ts'
import type { Gone } from '../request/events.ts'
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
      if (phase.because !== undefined) return gone(reader, phase, phase.because)
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

const goneHow: Readonly<Record<Gone, string>> = {
  'requester-disabled': 'the account of its requester is disabled',
  'requester-deleted': 'its requester is no longer in the directory',
  'requester-not-eligible': 'its requester is no longer eligible for it',
  'left-catalogue': 'it is no longer offered in our catalogue',
  'never-settled': 'we never saw whether it reached Entra',
}

/** Nobody refused it: there is nobody to grant it to any more, or nothing to grant. */
export const goneHeadline = (because: Gone): string => `Closed: ${goneHow[because]}`

function gone(reader: Reader, { at, wasFiled }: Extract<Phase, { status: 'failed' }>, because: Gone): StatusWords {
  const still =
    wasFiled === undefined || wasFiled.lapsesAt <= reader.now
      ? []
      : [
          `Entra itself keeps it open until ${moment(reader, wasFiled.lapsesAt)}; an approver can deny it in the portal.`,
        ]
  const closed =
    because === 'never-settled'
      ? `Closed ${momentAt(reader, at)}. Entra keeps no request waiting that long; look in the portal, and ask again if you still need it.`
      : `Closed ${momentAt(reader, at)}. Nothing was granted.`
  return { tone: 'attention', headline: goneHeadline(because), details: [closed, ...still] }
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

/** Entra has one already, and looking it up has shown that it is not what was asked for here. */
const thereAlready: Readonly<Record<string, string>> = {
  RoleAssignmentExists: 'Active already, by another way',
  PendingRoleAssignmentRequest: 'Another request of yours is open in Entra',
}

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
    headline: Object.hasOwn(thereAlready, code) ? (thereAlready[code] ?? '') : 'Entra refused it',
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
