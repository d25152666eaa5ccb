import type { AccessRequest, Phase } from '../request/request.ts'
import type { StatusView } from '../workflow/views.ts'
import { approvalNotes, beganToDecide, commentOf, decider, doubtSentence, failedHow } from './en-decisions.ts'
import { type StatusWords, underWay } from './en-decisions.ts'
import { type Names, sentence } from './en-refusals.ts'
import { anyOf, moment, named, quoted, type Reader } from './reader.ts'

/** Where a request stands, for its requester; speaks of a button only where the card has it. */
export function requesterStatus(
  reader: Reader,
  view: Pick<StatusView, 'request' | 'names' | 'deciders' | 'buttons'>,
): StatusWords {
  const { request, names, buttons } = view
  const seen = phaseWords(reader, view)
  const { doubt } = request
  const pressCheck = buttons.includes('check') ? ['Press Check to look.'] : []
  // What nobody knows is not also said as if it were known.
  const details = doubt?.about === 'filing' ? [] : seen.details
  const notes = [...details, ...decisionNotes(reader, request, names), ...setbackNotes(reader, request)]
  if (!doubt) return { ...seen, details: notes }
  // An approver's call leaves the request where it is seen: the requester has nothing to settle.
  if (doubt.about === 'decision') {
    return underWay(reader, doubt)
      ? { ...seen, details: notes }
      : { ...seen, tone: 'warning', details: [doubtSentence(reader, request, names), ...pressCheck, ...notes] }
  }
  const lastSeen = doubt.about === 'filing' ? [] : [`Last seen: ${seen.headline}.`]
  return underWay(reader, doubt)
    ? { tone: 'accent', headline: doing[doubt.about], details: lastSeen }
    : {
        tone: 'warning',
        headline: `In doubt: ${doubtHeadline[doubt.about]}`,
        details: [doubtSentence(reader, request, names), ...pressCheck, ...lastSeen, ...notes],
      }
}

const doing = { filing: 'Sending to Entra', withdrawal: 'Withdrawing', end: 'Ending' } as const
const doubtHeadline = { filing: 'was it sent?', withdrawal: 'was it withdrawn?', end: 'was it ended?' } as const

function phaseWords(
  reader: Reader,
  { request, names, deciders, buttons }: Pick<StatusView, 'request' | 'names' | 'deciders' | 'buttons'>,
): StatusWords {
  const { phase } = request
  switch (phase.status) {
    case 'ready-to-file':
      return {
        tone: 'accent',
        headline: 'Not sent to Entra yet',
        details: [
          'Entra has no request from you.',
          ...(buttons.includes('submit') ? ['Press Send to Entra to send it.'] : []),
        ],
      }
    case 'filed': {
      const who = deciders.map(({ name }) => named(reader, name))
      return {
        tone: 'accent',
        headline: who.length > 0 ? `Waiting for approval by ${anyOf(reader, who)}` : 'Waiting for approval in Entra',
        details: [`Entra closes it at ${moment(reader, phase.filed.lapsesAt)} unless somebody answers.`],
      }
    }
    case 'activating':
      return { tone: 'good', headline: 'Approved · activating', details: ['Entra is switching it on.'] }
    case 'active':
      return {
        tone: 'good',
        headline: request.endedByHolder
          ? 'Ending'
          : phase.until === null
            ? 'Active, no end set in Entra'
            : `Active until ${moment(reader, phase.until)}`,
        details: [
          `Active since ${moment(reader, phase.from)}.`,
          ...(request.endedByHolder ? ['Entra took your End now; it is over once Entra no longer shows it.'] : []),
        ],
      }
    case 'ended':
      return ended(reader, phase)
    case 'denied': {
      const denial = request.decisions.findLast(({ verdict }) => verdict === 'deny')
      return {
        tone: 'attention',
        headline: `Denied by ${decider(reader, denial, names)}`,
        details: [
          ...(denial?.comment ? [commentOf(reader, denial.comment.freeText)] : []),
          `Answered at ${moment(reader, phase.at)}. Nothing was granted; you may ask again with what was missing.`,
        ],
      }
    }
    case 'withdrawn':
      return {
        tone: 'default',
        headline: 'Withdrawn',
        details: [`Taken back at ${moment(reader, phase.at)}. Nothing was granted.`],
      }
    case 'lapsed':
      return {
        tone: 'attention',
        headline: 'Lapsed: nobody answered in time',
        details: [
          `Entra closed it at ${moment(reader, phase.at)}. Nothing was granted; ask again if you still need it.`,
        ],
      }
    case 'refused':
      if (Object.hasOwn(notEntra, phase.code)) {
        return {
          tone: 'attention',
          headline: 'Not sent to Entra',
          details: [`Nothing was asked or granted: ${notEntra[phase.code]}. Ask for it in the portal.`],
        }
      }
      return {
        tone: 'attention',
        headline: 'Entra refused it',
        details: [
          `Entra says: ${sentence(quoted(reader, phase.message === '' ? phase.code : phase.message, 300))}`,
          'Nothing was granted. Put that right and ask again, or look in the portal.',
        ],
      }
    case 'failed':
      return {
        tone: 'attention',
        headline: failedHow(phase.detail),
        details: [
          `Entra reports "${quoted(reader, phase.detail, 300)}" at ${moment(reader, phase.at)}. Ask again, or look in the portal.`,
        ],
      }
    default:
      return phase satisfies never
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

/** Who decided, as far as Entra shows; who is deciding now. */
function decisionNotes(reader: Reader, request: AccessRequest, names: Names): string[] {
  const { phase, reservation, doubt } = request
  const notes: string[] = []
  const inDoubt = doubt !== undefined && !underWay(reader, doubt)
  if (phase.status === 'filed' && reservation && !inDoubt) notes.push(beganToDecide(reader, reservation, names))
  const approvals = request.decisions.filter(({ verdict }) => verdict === 'approve')
  for (const approval of approvals) notes.push(...approvalNotes(reader, request, approval, names))
  return notes
}

/** What kept a call from Entra, where it was not Entra that said no; by the code that the journal has. */
const notEntra: Readonly<Record<string, string>> = {
  'portal-only': 'you hold a role with which Latchkey does not act for anybody',
  'sign-in-needed': 'Entra wants you to sign in first',
  'not-received': 'the call never reached Entra',
}

function setbackNotes(reader: Reader, { setback, phase }: AccessRequest): string[] {
  if (!setback) return []
  const said = sentence(quoted(reader, setback.message === '' ? setback.code : setback.message, 300))
  const until = phase.status === 'filed' ? ` Entra keeps it open until ${moment(reader, phase.filed.lapsesAt)}.` : ''
  if (Object.hasOwn(notEntra, setback.code)) {
    const why = notEntra[setback.code] ?? ''
    return setback.about === 'withdrawal'
      ? [`It was not taken back: ${why}.${until} Press Withdraw again, or take it back in the portal.`]
      : [`It was not ended: ${why}. Press End now again, or end it in the portal.`]
  }
  switch (setback.about) {
    case 'withdrawal': {
      return [`Entra would not take the request back: ${said}${until} Ask an approver to deny it.`]
    }
    case 'end':
      return [`Entra would not end it: ${said} Press End now again, or end it in the portal.`]
    case 'decision':
      return [`Entra did not accept the last answer: ${said} An approver has to answer again.`]
    default:
      return setback.about satisfies never
  }
}
