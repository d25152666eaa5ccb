import { type AccessRequest, isOpen } from '../request/request.ts'
import type { StatusView } from '../workflow/views.ts'
import { lastTap } from './en.ts'
import { closedWords } from './en-closed.ts'
import { approvalNotes, beganToDecide, doubtSentence, type StatusWords, underWay } from './en-decisions.ts'
import { discussionNotes } from './en-discussion.ts'
import { activeWords } from './en-holder.ts'
import type { Names } from './en-refusals.ts'
import { setbackNotes } from './en-setbacks.ts'
import { afterStage, awaited, filedOutsideStatus, ifSilent, procedure, stageNow } from './en-stages.ts'
import { moment, type Reader } from './reader.ts'

type Told = Pick<
  StatusView,
  'request' | 'names' | 'deciders' | 'claim' | 'buttons' | 'next' | 'thenEntra' | 'advisory' | 'entitlement'
>

/** Where a request stands, for its requester; speaks of a button only where the card has it. */
export function requesterStatus(reader: Reader, view: Told): StatusWords {
  const { request, names, buttons } = view
  const seen = phaseWords(reader, view)
  const { doubt } = request
  const pressCheck = buttons.includes('check') ? ['Press Check to look.'] : []
  // What nobody knows is not also said as if it were known.
  const details = doubt?.about === 'filing' ? [] : seen.details
  const notes = [
    ...details,
    ...decisionNotes(reader, request, names),
    ...discussionNotes(reader, view),
    ...setbackNotes(reader, request),
    ...(view.advisory && isOpen(request) ? [procedure] : []),
  ]
  if (!doubt) return { ...seen, details: notes }
  // An approver's call leaves the request where it is seen: the requester has nothing to settle.
  if (doubt.about === 'decision') {
    return underWay(reader, doubt)
      ? { ...seen, details: notes }
      : { ...seen, tone: 'warning', details: [doubtSentence(reader, request, names), ...pressCheck, ...notes] }
  }
  const lastSeen = doubt.about === 'filing' ? [] : [`Last seen: ${seen.headline}.`]
  return underWay(reader, doubt)
    ? { tone: 'accent', headline: doing(doubt.about, view), details: lastSeen }
    : {
        tone: 'warning',
        headline: `In doubt: ${doubtHeadline[doubt.about]}`,
        details: [doubtSentence(reader, request, names), ...pressCheck, ...lastSeen, ...notes],
      }
}

function doing(about: 'filing' | 'withdrawal' | 'end', { thenEntra }: Told): string {
  if (about === 'filing') return thenEntra ? 'Sending to Entra' : 'Activating'
  return about === 'withdrawal' ? 'Withdrawing' : 'Ending'
}
const doubtHeadline = { filing: 'was it sent?', withdrawal: 'was it withdrawn?', end: 'was it ended?' } as const

function phaseWords(reader: Reader, view: Told): StatusWords {
  const { request } = view
  const { phase } = request
  switch (phase.status) {
    case 'in-chat':
      return inChat(reader, view)
    case 'ready-to-file':
      return readyToFile(reader, { ...view, until: phase.until })
    case 'filed': {
      const who = awaited(reader, view)
      return {
        tone: 'accent',
        headline: who === '' ? 'Waiting for approval in Entra' : `Waiting for approval by ${who}`,
        details: [...filedOutsideStatus(reader, request), ...stageNow(reader, request), ...ifSilent(reader, view)],
      }
    }
    case 'activating':
      return { tone: 'good', headline: 'Approved · activating', details: ['Entra is switching it on.'] }
    case 'active':
      return activeWords(reader, { ...request, phase })
    default:
      return closedWords(reader, { ...request, phase }, view)
  }
}

function inChat(reader: Reader, view: Told): StatusWords {
  const who = awaited(reader, view)
  if (who === '') {
    return {
      tone: 'warning',
      headline: 'Nobody can answer it at present',
      details: [...stageNow(reader, view.request), ...ifSilent(reader, view), 'Its owner can name another approver.'],
    }
  }
  return {
    tone: 'accent',
    headline: `Waiting for ${who}`,
    details: [...stageNow(reader, view.request), ...ifSilent(reader, view), afterStage(reader, view)],
  }
}

function readyToFile(
  reader: Reader,
  { request, buttons, thenEntra, until }: Told & { readonly until: Date },
): StatusWords {
  const approved = request.decisions.some(({ verdict }) => verdict === 'approve')
  const open = `It is open until ${moment(reader, until)}; the clock starts when it is active.`
  const press = buttons.includes('activate')
    ? [`Press ${lastTap(thenEntra)}${thenEntra ? ': the last stage is asked there' : ''}.`]
    : []
  return approved
    ? { tone: 'good', headline: 'Approved. One more tap', details: [...press, open] }
    : { tone: 'accent', headline: 'Not sent to Entra yet', details: ['Entra has no request from you.', ...press, open] }
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
