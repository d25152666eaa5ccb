import { type AccessRequest, approversOf, type Phase } from '../../request/request.ts'
import type { Gone } from '../../request/events.ts'
import type { StatusView } from '../../workflow/ports/views.ts'
import { commentOf, decider, failedHow, type StatusWords } from './decisions.ts'
import { entraSaid } from '../entra-said.ts'
import { keptFromEntra } from './setbacks.ts'
import { say, type Sentence } from '../language.ts'
import { moment, momentAt, quoted, type Reader } from '../reader.ts'
import { sentence } from '../safe-text.ts'

// How a request ended, for its requester.

type Closed = Exclude<Phase, { status: 'in-chat' | 'ready-to-file' | 'filed' | 'scheduled' | 'activating' | 'active' }>
export type LapsedPhase = Extract<Phase, { status: 'lapsed' }>

export function closedWords(
  reader: Reader,
  request: AccessRequest & { readonly phase: Closed },
  { names, thenEntra }: Pick<StatusView, 'names' | 'thenEntra'>,
): StatusWords {
  const { phase } = request
  const at = momentAt(reader, phase.at)
  switch (phase.status) {
    case 'ended':
      return ended(reader, phase)
    case 'denied': {
      const denial = request.decisions.findLast(({ verdict }) => verdict === 'deny')
      const by = decider(reader, denial, names)
      return {
        tone: 'attention',
        headline: say(reader, { en: `Denied by ${by}`, de: `Abgelehnt durch ${by}` }),
        details: [
          ...(denial?.comment ? [commentOf(reader, denial.comment.freeText)] : []),
          say(reader, {
            en: `Answered ${at}. Nothing was granted; you may ask again with what was missing.`,
            de: `Beantwortet ${at}. Es wurde nichts vergeben; ergänz, was fehlte, und fordere es noch einmal an.`,
          }),
        ],
      }
    }
    case 'withdrawn':
      return {
        tone: 'default',
        headline: say(reader, { en: 'Withdrawn', de: 'Zurückgezogen' }),
        details: [
          say(reader, {
            en: `Taken back ${at}. Nothing was granted.`,
            de: `Zurückgenommen ${at}. Es wurde nichts vergeben.`,
          }),
        ],
      }
    case 'lapsed':
      return {
        tone: 'attention',
        headline: lapsedHeadline(reader, request, phase, thenEntra),
        details: [
          lapsedHow(reader, phase),
          say(reader, {
            en: 'Ask again if you still need it.',
            de: 'Fordere es noch einmal an, wenn du es noch brauchst.',
          }),
        ],
      }
    case 'refused':
      return refused(reader, phase)
    case 'failed':
      return phase.because === undefined ? failed(reader, phase.detail, at) : gone(reader, phase, phase.because)
    default:
      return phase satisfies never
  }
}

function failed(reader: Reader, detail: string, at: string): StatusWords {
  const reported = quoted(reader, detail, 300)
  const told = say(reader, {
    en: `Entra reports "${reported}" ${at}. Ask again, or look in the portal.`,
    de: `Entra meldet ${at} „${reported}“. Fordere es noch einmal an, oder sieh im Portal nach.`,
  })
  return { tone: 'attention', headline: failedHow(reader, detail), details: [told] }
}

const goneHow: Readonly<Record<Gone, Sentence>> = {
  'requester-disabled': {
    en: 'the account of its requester is disabled',
    de: 'Das Konto der anfordernden Person ist deaktiviert',
  },
  'requester-deleted': {
    en: 'its requester is no longer in the directory',
    de: 'Die anfordernde Person ist nicht mehr im Verzeichnis',
  },
  'requester-not-eligible': {
    en: 'its requester is no longer eligible for it',
    de: 'Die anfordernde Person ist dafür nicht mehr berechtigt',
  },
  'left-catalogue': { en: 'it is no longer offered in our catalogue', de: 'Unser Katalog bietet es nicht mehr an' },
  'never-settled': {
    en: 'we never saw whether it reached Entra',
    de: 'Wir haben nie gesehen, ob sie Entra erreicht hat',
  },
}

/** Nobody refused it: there is nobody to grant it to any more, or nothing to grant. */
export function goneHeadline(reader: Reader, because: Gone): string {
  const how = say(reader, goneHow[because])
  return say(reader, { en: `Closed: ${how}`, de: `Geschlossen: ${how}` })
}

function gone(reader: Reader, phase: Extract<Phase, { status: 'failed' }>, because: Gone): StatusWords {
  const open = phase.wasFiled?.closesAt ?? null
  const at = momentAt(reader, phase.at)
  const closed =
    because === 'never-settled'
      ? say(reader, {
          en: `Closed ${at}. Entra keeps no request waiting that long; look in the portal, and ask again if you still need it.`,
          de: `Geschlossen ${at}. So lange lässt Entra keine Anforderung warten; sieh im Portal nach, und fordere es noch einmal an, wenn du es noch brauchst.`,
        })
      : say(reader, {
          en: `Closed ${at}. Nothing was granted.`,
          de: `Geschlossen ${at}. Es wurde nichts vergeben.`,
        })
  const still = open !== null && open > reader.now ? [stillOpen(reader, open)] : []
  return { tone: 'attention', headline: goneHeadline(reader, because), details: [closed, ...still] }
}

function stillOpen(reader: Reader, closesAt: Date): string {
  const until = moment(reader, closesAt)
  return say(reader, {
    en: `Entra itself keeps it open until ${until}; an approver can deny it in the portal.`,
    de: `Entra selbst hält die Anforderung bis ${until} offen; wer genehmigen darf, kann sie im Portal ablehnen.`,
  })
}

function lapsedHeadline(
  reader: Reader,
  request: AccessRequest,
  { waitedFor }: LapsedPhase,
  thenEntra: boolean,
): string {
  switch (waitedFor) {
    case 'stage':
      return lapsedBySilence(reader, request)
    case 'requester':
      return thenEntra
        ? say(reader, { en: 'Lapsed: never sent to Entra', de: 'Verfallen: nie an Entra gesendet' })
        : say(reader, { en: 'Lapsed: approved, never activated', de: 'Verfallen: genehmigt, aber nie aktiviert' })
    case 'entra':
      return say(reader, { en: 'Not active', de: 'Nicht aktiv' })
    default:
      return waitedFor satisfies never
  }
}

/** How silent a stage was that ran out of time. */
export function lapsedBySilence(reader: Reader, request: AccessRequest): string {
  const last = request.stages.findIndex(({ need }, stage) => approversOf(request, stage).length < need)
  return approversOf(request, last).length > 0
    ? say(reader, {
        en: 'Lapsed: too few answered in time',
        de: 'Verfallen: zu wenige haben rechtzeitig geantwortet',
      })
    : say(reader, {
        en: 'Lapsed: nobody answered in time',
        de: 'Verfallen: niemand hat rechtzeitig geantwortet',
      })
}

/** When it was closed, and what that tells. Entra shows no denial to us: of what lapsed there, nothing is claimed. */
export function lapsedHow(reader: Reader, phase: LapsedPhase): string {
  const at = momentAt(reader, phase.at)
  return phase.waitedFor === 'entra'
    ? say(reader, {
        en: `Closed in Entra ${at}; whether somebody said no there is not visible to us.`,
        de: `In Entra ${at} geschlossen; ob dort jemand abgelehnt hat, sehen wir nicht.`,
      })
    : say(reader, {
        en: `Closed ${at}. Nothing was granted.`,
        de: `Geschlossen ${at}. Es wurde nichts vergeben.`,
      })
}

/** Entra has one already, and looking it up has shown that it is not what was asked for here. */
const thereAlready: Readonly<Record<string, Sentence>> = {
  RoleAssignmentExists: { en: 'Active already, by another way', de: 'Schon auf anderem Weg aktiv' },
  PendingRoleAssignmentRequest: {
    en: 'Another request of yours is open in Entra',
    de: 'In Entra ist schon eine andere Anforderung von dir offen',
  },
}
const nothingGranted: Sentence = { en: 'Nothing was granted.', de: 'Es wurde nichts vergeben.' }
const putRight: Sentence = {
  en: 'Nothing was granted. Put that right and ask again, or look in the portal.',
  de: 'Es wurde nichts vergeben. Bring das in Ordnung und fordere es noch einmal an, oder sieh im Portal nach.',
}
function inItsOwnWords(reader: Reader, message: string): string {
  const said = sentence(quoted(reader, message, 300))
  return say(reader, { en: `Entra says: ${said}`, de: `Entra sagt: ${said}` })
}
const entraRefused: Sentence = { en: 'Entra refused it', de: 'Von Entra abgewiesen' }

function refused(reader: Reader, { code, message }: Extract<Phase, { status: 'refused' }>): StatusWords {
  const kept = keptFromEntra(reader, code)
  if (kept !== undefined) {
    return {
      tone: 'attention',
      headline: say(reader, { en: 'Not sent to Entra', de: 'Nicht an Entra gesendet' }),
      details: [
        say(reader, {
          en: `Nothing was asked or granted: ${kept}. Ask for it in the portal.`,
          de: `Es wurde nichts angefordert und nichts vergeben: ${kept}. Fordere es im Portal an.`,
        }),
      ],
    }
  }
  const why = entraSaid(reader, code, message)
  const there = Object.hasOwn(thereAlready, code) ? thereAlready[code] : undefined
  return {
    tone: 'attention',
    headline: say(reader, there ?? entraRefused),
    details:
      why === undefined
        ? [inItsOwnWords(reader, message === '' ? code : message), say(reader, putRight)]
        : [why, say(reader, nothingGranted)],
  }
}

function ended(reader: Reader, { at, from, how }: Extract<Phase, { status: 'ended' }>): StatusWords {
  const [end, start] = [moment(reader, at), moment(reader, from)]
  const since = say(reader, { en: `It was active from ${start}.`, de: `Aktiv war es ab ${start}.` })
  const words = (headline: Sentence, told: Sentence): StatusWords => ({
    tone: 'default',
    headline: say(reader, headline),
    details: [say(reader, told)],
  })
  const endedAt: Sentence = { en: `Ended ${momentAt(reader, at)}`, de: `Beendet ${momentAt(reader, at)}` }
  switch (how) {
    case 'ran-out':
      return words(endedAt, { en: `It ran out as planned. ${since}`, de: `Wie geplant ausgelaufen. ${since}` })
    case 'by-holder':
      return words(endedAt, { en: `You ended it. ${since}`, de: `Du hast es beendet. ${since}` })
    case 'outside':
      return words(endedAt, {
        en: `It was ended outside Latchkey, in Entra itself. ${since}`,
        de: `Es wurde außerhalb von Latchkey beendet, in Entra selbst. ${since}`,
      })
    case 'unseen':
      return words(
        { en: `Over since ${end}`, de: `Vorbei seit ${end}` },
        {
          en: 'It was approved and its time is over, but we never saw it active in Entra. Ask again if you still need it.',
          de: 'Es wurde genehmigt und die Zeit ist um, aber wir haben es in Entra nie aktiv gesehen. Fordere es noch einmal an, wenn du es noch brauchst.',
        },
      )
    default:
      return how satisfies never
  }
}
