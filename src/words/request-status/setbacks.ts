import type { AccessRequest } from '../../request/request.ts'
import { entraSaid } from '../entra-said.ts'
import { say, type Sentence } from '../language.ts'
import { moment, quoted, type Reader } from '../reader.ts'
import { sentence } from '../safe-text.ts'

/** What kept a call from Entra, where it was not Entra that said no; by the code that the journal has. */
const notEntra: Readonly<Record<string, Sentence>> = {
  'portal-only': {
    en: 'you hold a role with which Latchkey does not act for anybody',
    de: 'du hast eine Rolle, für die Latchkey nicht handelt',
  },
  'sign-in-needed': { en: 'Entra wants you to sign in first', de: 'Entra verlangt zuerst eine Anmeldung von dir' },
  'not-received': { en: 'the call never reached Entra', de: 'der Aufruf hat Entra nie erreicht' },
}

/** To follow a colon; undefined where it was Entra that said no. */
export function keptFromEntra(reader: Reader, code: string): string | undefined {
  const known = Object.hasOwn(notEntra, code) ? notEntra[code] : undefined
  return known === undefined ? undefined : say(reader, known)
}

/** What the holder wanted undone and was not: once, with the words of whoever refused. */
export function setbackNotes(reader: Reader, { setback, phase }: AccessRequest): string[] {
  if (!setback) return []
  const own = sentence(quoted(reader, setback.message === '' ? setback.code : setback.message, 300))
  const said = entraSaid(reader, setback.code, setback.message) ?? own
  const until = phase.status === 'filed' && phase.filed.closesAt !== null ? keptOpen(reader, phase.filed.closesAt) : ''
  if (setback.code === 'not-received') return [neverReached(reader, setback.about, until)]
  if (setback.code === 'granted-already') {
    return [
      say(reader, {
        en: 'It could not be withdrawn: it has been approved meanwhile. As soon as it shows here as active, you can end it.',
        de: 'Zurückziehen ließ es sich nicht mehr: Es ist inzwischen genehmigt. Sobald es hier als aktiv erscheint, kannst du es beenden.',
      }),
    ]
  }
  const why = keptFromEntra(reader, setback.code)
  if (why !== undefined) {
    return setback.about === 'withdrawal'
      ? [
          say(reader, {
            en: `It was not taken back: ${why}.${until} Press Withdraw again, or take it back in the portal.`,
            de: `Die Anforderung wurde nicht zurückgezogen: ${why}.${until} Drück noch einmal auf Zurückziehen, oder zieh sie im Portal zurück.`,
          }),
        ]
      : [
          say(reader, {
            en: `It was not ended: ${why}. Press End now again, or end it in the portal.`,
            de: `Der Zugriff wurde nicht beendet: ${why}. Drück noch einmal auf Jetzt beenden, oder beende ihn im Portal.`,
          }),
        ]
  }
  switch (setback.about) {
    case 'withdrawal':
      return [
        say(reader, {
          en: `Entra would not take the request back: ${said}${until} Ask an approver to deny it.`,
          de: `Entra hat die Anforderung nicht zurückgenommen: ${said}${until} Bitte eine genehmigende Person, sie abzulehnen.`,
        }),
      ]
    case 'end':
      return [
        say(reader, {
          en: `Entra would not end it: ${said} Press End now again, or end it in the portal.`,
          de: `Entra hat den Zugriff nicht beendet: ${said} Drück noch einmal auf Jetzt beenden, oder beende ihn im Portal.`,
        }),
      ]
    case 'decision':
      return [
        say(reader, {
          en: `Entra did not accept the last answer: ${said} An approver has to answer again.`,
          de: `Entra hat die letzte Antwort nicht angenommen: ${said} Eine genehmigende Person muss noch einmal antworten.`,
        }),
      ]
    default:
      return setback.about satisfies never
  }
}

function neverReached(reader: Reader, about: NonNullable<AccessRequest['setback']>['about'], until: string): string {
  switch (about) {
    case 'end':
      return say(reader, {
        en: 'Your request to end it did not reach Entra. Try again.',
        de: 'Dein Beenden hat Entra nicht erreicht. Versuch es noch einmal.',
      })
    case 'withdrawal':
      return say(reader, {
        en: `Your withdrawal did not reach Entra. Try again.${until}`,
        de: `Dein Zurückziehen hat Entra nicht erreicht. Versuch es noch einmal.${until}`,
      })
    case 'decision':
      return say(reader, {
        en: 'The last answer did not reach Entra. An approver has to answer again.',
        de: 'Die letzte Antwort hat Entra nicht erreicht. Eine genehmigende Person muss noch einmal antworten.',
      })
    default:
      return about satisfies never
  }
}

function keptOpen(reader: Reader, closesAt: Date): string {
  const until = moment(reader, closesAt)
  return say(reader, {
    en: ` Entra keeps it open until ${until}.`,
    de: ` Entra hält die Anforderung bis ${until} offen.`,
  })
}
