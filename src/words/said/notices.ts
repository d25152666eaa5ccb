import type { ClosedDraftView, NoticeView, NudgeView } from '../../workflow/ports/views.ts'
import { lastTap } from '../card-lines.ts'
import { say, type Sentence } from '../language.ts'
import { count, moment, named, type Reader, span } from '../reader.ts'

// One short message that makes the phone buzz, and what stands where a form was.

export function notice(reader: Reader, view: NoticeView): string {
  const what = named(reader, view.entitlement, 60)
  switch (view.about) {
    case 'active':
      return nowActive(reader, what, view.until)
    case 'denied': {
      const inEntra = say(reader, { en: 'an approver in Entra', de: 'eine genehmigende Person in Entra' })
      const by = view.by === null || view.by === '' ? inEntra : named(reader, view.by, 40)
      return say(reader, { en: `${what} was denied by ${by}.`, de: `${what} wurde abgelehnt durch ${by}.` })
    }
    case 'ready':
      return ready(reader, what, view)
    case 'asked-anew':
      return say(reader, {
        en: `The approvers of ${what} have changed: it is asked anew.`,
        de: `${what}: Die Genehmigenden haben gewechselt, es wird neu gefragt.`,
      })
    case 'lapsed':
      return say(reader, lapsed(what, view.waitedFor))
    case 'failed':
      return say(reader, {
        en: `${what} was not granted: see the card above for why.`,
        de: `${what} wurde nicht vergeben: Warum, steht auf der Karte oben.`,
      })
    case 'ended-early':
      return say(reader, {
        en: `${what} has ended before its time.`,
        de: `${what} wurde vor der Zeit beendet.`,
      })
    default:
      return view.about satisfies never
  }
}

function nowActive(reader: Reader, what: string, until: Date | null): string {
  if (until === null) return say(reader, { en: `${what} is active.`, de: `${what} ist aktiv.` })
  const end = moment(reader, until)
  return say(reader, { en: `${what} is active until ${end}.`, de: `${what} ist aktiv bis ${end}.` })
}

function ready(reader: Reader, what: string, { until, shortened, steps }: NoticeView): string {
  const button = lastTap(reader, steps !== undefined)
  const end = until === null ? undefined : moment(reader, until)
  const length =
    shortened === undefined ? undefined : { asked: span(reader, shortened.asked), to: span(reader, shortened.to) }
  if (steps !== undefined) {
    const [number, all] = [count(reader, steps.approved), count(reader, steps.of)]
    return say(reader, {
      en: `${what}: step ${number} of ${all} approved${length === undefined ? '' : ` for ${length.to}, not ${length.asked}`}. Tap ${button}${end === undefined ? '' : ` by ${end}`}.`,
      de: `${what}: Stufe ${number} von ${all} genehmigt${length === undefined ? '' : ` für ${length.to} statt ${length.asked}`}. Tipp${end === undefined ? '' : ` bis ${end}`} auf ${button}.`,
    })
  }
  return say(reader, {
    en: `${what} is approved${length === undefined ? '' : ` for ${length.to}, not ${length.asked}`}. Tap ${button}${end === undefined ? '' : ` by ${end}`}.`,
    de: `${what} ist genehmigt${length === undefined ? '' : ` für ${length.to} statt ${length.asked}`}. Tipp${end === undefined ? '' : ` bis ${end}`} auf ${button}.`,
  })
}

/** Entra does not show us whether somebody said no: of what lapsed there, nothing is claimed. */
function lapsed(what: string, waitedFor: NoticeView['waitedFor']): Sentence {
  switch (waitedFor) {
    case 'stage':
      return {
        en: `${what} has lapsed: nobody answered in time.`,
        de: `${what} ist verfallen: niemand hat rechtzeitig geantwortet.`,
      }
    case 'requester':
      return {
        en: `${what} has lapsed: the last tap was not made in time.`,
        de: `${what} ist verfallen: der letzte Schritt kam nicht rechtzeitig.`,
      }
    case 'entra':
      return {
        en: `${what} is not active: closed in Entra. See the card above.`,
        de: `${what} ist nicht aktiv: in Entra geschlossen. Mehr auf der Karte oben.`,
      }
    case undefined:
      return {
        en: `${what} has lapsed: see the card above for why.`,
        de: `${what} ist verfallen: Warum, steht auf der Karte oben.`,
      }
    default:
      return waitedFor satisfies never
  }
}

/** To somebody who was asked and has not answered. */
export function nudge(reader: Reader, view: NudgeView): string {
  const [who, what] = [named(reader, view.requester, 60), named(reader, view.entitlement, 60)]
  const since = moment(reader, view.since)
  return say(reader, {
    en: `${who} still waits for your answer about ${what}, since ${since}.`,
    de: `${who} wartet seit ${since} auf deine Antwort zu ${what}.`,
  })
}

export function closedDraft(reader: Reader, view: ClosedDraftView): { readonly title: string; readonly text: string } {
  const { title, text } = putAway(view.why, named(reader, view.entitlement, 100))
  return { title: say(reader, title), text: say(reader, text) }
}

function putAway(why: ClosedDraftView['why'], what: string): { readonly title: Sentence; readonly text: Sentence } {
  switch (why) {
    case 'discarded':
      return {
        title: { en: 'Discarded', de: 'Verworfen' },
        text: {
          en: `Nothing was sent for ${what}. Ask again whenever you need it.`,
          de: `Für ${what} wurde nichts gesendet. Fordere es wieder an, wenn du es brauchst.`,
        },
      }
    case 'replaced':
      return {
        title: { en: 'Replaced', de: 'Ersetzt' },
        text: {
          en: `A newer form for ${what} is further down in this chat. Use that one.`,
          de: `Ein neueres Formular für ${what} steht weiter unten in diesem Chat. Nimm das.`,
        },
      }
    case 'moved':
      return {
        title: { en: 'Further down', de: 'Weiter unten' },
        text: {
          en: `The card of ${what} now stands further down in this chat.`,
          de: `Die Karte zu ${what} steht jetzt weiter unten in diesem Chat.`,
        },
      }
    default:
      return why satisfies never
  }
}
