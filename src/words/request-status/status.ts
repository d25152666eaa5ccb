import { type AccessRequest, isOpen } from '../../request/request.ts'
import type { StatusView } from '../../workflow/ports/views.ts'
import { lastTap } from '../card-lines.ts'
import { activatingWords } from '../kinds.ts'
import { closedWords } from './closed.ts'
import { approvalNotes, beganToDecide, doubtSentence, type StatusWords, underWay } from './decisions.ts'
import { deviationNotes } from './deviations.ts'
import { discussionNotes } from './discussion.ts'
import { activeWords } from './active.ts'
import type { Names } from '../refusals.ts'
import { setbackNotes } from './setbacks.ts'
import {
  afterStage,
  awaited,
  filedOutsideStatus,
  ifSilent,
  notReached,
  procedure,
  stageNow,
  stepApproved,
} from './stages.ts'
import { say, type Sentence } from '../language.ts'
import { moment, type Reader } from '../reader.ts'

type Told = Pick<
  StatusView,
  'request' | 'names' | 'deciders' | 'claim' | 'buttons' | 'next' | 'thenEntra' | 'advisory' | 'entitlement'
>

/** Where a request stands, for its requester; speaks of a button only where the card has it. */
export function requesterStatus(reader: Reader, view: Told): StatusWords {
  const { request, names, buttons } = view
  const seen = phaseWords(reader, view)
  const { doubt } = request
  const pressCheck = buttons.includes('check') ? [say(reader, checkToLook)] : []
  // What nobody knows is not also said as if it were known.
  const details = doubt?.about === 'filing' ? [] : seen.details
  const notes = [
    ...details,
    ...decisionNotes(reader, request, names),
    ...discussionNotes(reader, view),
    ...setbackNotes(reader, request),
    ...deviationNotes(reader, request),
    ...(view.advisory && isOpen(request) ? [say(reader, procedure)] : []),
  ]
  if (!doubt) return { ...seen, details: notes }
  // An approver's call leaves the request where it is seen: the requester has nothing to settle.
  if (doubt.about === 'decision') {
    return underWay(reader, doubt)
      ? { ...seen, details: notes }
      : { ...seen, tone: 'warning', details: [doubtSentence(reader, request, names), ...pressCheck, ...notes] }
  }
  const lastSeen = doubt.about === 'filing' ? [] : [lastSeenAs(reader, seen.headline)]
  return underWay(reader, doubt)
    ? { tone: 'accent', headline: say(reader, doing(doubt.about, view)), details: lastSeen }
    : {
        tone: 'warning',
        headline: say(reader, doubtHeadline[doubt.about]),
        details: [doubtSentence(reader, request, names), ...pressCheck, ...lastSeen, ...notes],
      }
}

const checkToLook: Sentence = { en: 'Press Check to look.', de: 'Drück auf Prüfen, um nachzusehen.' }

const lastSeenAs = (reader: Reader, headline: string): string =>
  say(reader, { en: `Last seen: ${headline}.`, de: `Zuletzt gesehen: ${headline}.` })

function doing(about: 'filing' | 'withdrawal' | 'end', { thenEntra }: Told): Sentence {
  if (about === 'withdrawal') return { en: 'Withdrawing', de: 'Wird zurückgezogen' }
  if (about === 'end') return { en: 'Ending', de: 'Wird beendet' }
  return thenEntra
    ? { en: 'Sending to Entra', de: 'Wird an Entra gesendet' }
    : { en: 'Activating', de: 'Wird aktiviert' }
}
const doubtHeadline: Readonly<Record<'filing' | 'withdrawal' | 'end', Sentence>> = {
  filing: { en: 'In doubt: was it sent?', de: 'Ungewiss: wurde sie gesendet?' },
  withdrawal: { en: 'In doubt: was it withdrawn?', de: 'Ungewiss: wurde sie zurückgezogen?' },
  end: { en: 'In doubt: was it ended?', de: 'Ungewiss: wurde der Zugriff beendet?' },
}

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
        headline:
          who === ''
            ? say(reader, { en: 'Waiting for approval in Entra', de: 'Wartet auf Genehmigung in Entra' })
            : say(reader, { en: `Waiting for approval by ${who}`, de: `Wartet auf Genehmigung durch ${who}` }),
        details: [
          ...filedOutsideStatus(reader, request),
          ...stageNow(reader, request),
          ...notReached(reader, view),
          ...ifSilent(reader, view),
        ],
      }
    }
    case 'scheduled':
      return {
        tone: 'good',
        headline: say(reader, {
          en: `Approved · begins ${moment(reader, phase.from)}`,
          de: `Genehmigt · beginnt ${moment(reader, phase.from)}`,
        }),
        details: [
          say(reader, {
            en: 'Entra activates it by itself then. You can withdraw it until it begins.',
            de: 'Entra aktiviert es dann von selbst. Bis dahin kannst du es zurückziehen.',
          }),
        ],
      }
    case 'activating':
      return {
        tone: 'good',
        headline: say(reader, { en: 'Approved · activating', de: 'Genehmigt · wird aktiviert' }),
        details: [say(reader, activatingWords(request.submission.target.kind))],
      }
    case 'active':
      return activeWords(reader, { ...request, phase })
    default:
      return closedWords(reader, { ...request, phase }, view)
  }
}

function inChat(reader: Reader, view: Told): StatusWords {
  const who = awaited(reader, view)
  const meanwhile = [...stageNow(reader, view.request), ...notReached(reader, view), ...ifSilent(reader, view)]
  if (who === '') {
    return {
      tone: 'warning',
      headline: say(reader, { en: 'Nobody can answer it at present', de: 'Zurzeit kann niemand antworten' }),
      details: [
        ...meanwhile,
        say(reader, {
          en: 'Its owner can name another approver.',
          de: 'Die zuständige Person kann jemand anders zum Genehmigen benennen.',
        }),
      ],
    }
  }
  return {
    tone: 'accent',
    headline: say(reader, { en: `Waiting for ${who}`, de: `Wartet auf ${who}` }),
    details: [...meanwhile, afterStage(reader, view)],
  }
}

function readyToFile(
  reader: Reader,
  { request, buttons, thenEntra, until }: Told & { readonly until: Date },
): StatusWords {
  const approved = request.decisions.some(({ verdict }) => verdict === 'approve')
  const end = moment(reader, until)
  const open = say(reader, {
    en: `It is open until ${end}; the clock starts when it is active.`,
    de: `Offen ist das bis ${end}; die Zeit läuft erst, wenn es aktiv ist.`,
  })
  const press = buttons.includes('activate') ? [pressLast(reader, thenEntra)] : []
  return approved
    ? {
        tone: 'good',
        headline:
          stepApproved(reader, request) ??
          say(reader, { en: 'Approved. One more tap', de: 'Genehmigt. Noch ein Schritt' }),
        details: [...press, open],
      }
    : {
        tone: 'accent',
        headline: say(reader, { en: 'Not sent to Entra yet', de: 'Noch nicht an Entra gesendet' }),
        details: [
          say(reader, { en: 'Entra has no request from you.', de: 'Entra hat noch keine Anforderung von dir.' }),
          ...press,
          open,
        ],
      }
}

function pressLast(reader: Reader, thenEntra: boolean): string {
  const button = lastTap(reader, thenEntra)
  return thenEntra
    ? say(reader, {
        en: `Press ${button}: the last approval is asked there.`,
        de: `Drück auf ${button}: Dort wird die letzte Stufe gefragt.`,
      })
    : say(reader, { en: `Press ${button}.`, de: `Drück auf ${button}.` })
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
