import { say, type Sentence } from './language.ts'
import type { Reader } from './reader.ts'

/*
 * What Entra's refusals mean to whoever reads them, and what they can do. By the codes and rules that PIM's API is known
 * to answer with; its own words are kept in the journal.
 */

const stillOpen: Sentence = {
  en: 'Another request of yours for this is open in Entra. Wait for its answer, or withdraw it in the portal.',
  de: 'In Entra ist dafür schon eine andere Anforderung von dir offen. Warte auf die Antwort, oder zieh sie im Portal zurück.',
}
const notKnownYet: Sentence = {
  en: 'Entra does not know this account or what you asked for, as happens right after one is made. Try again in a few minutes.',
  de: 'Entra kennt dieses Konto oder das Angeforderte nicht, wie es gleich nach dem Anlegen vorkommt. Versuch es in ein paar Minuten noch einmal.',
}
const notAllowed: Sentence = {
  en: 'Entra does not let Latchkey do this in your name. Ask your Entra administrator to check its permissions, or do it in the portal.',
  de: 'Entra lässt Latchkey das nicht in deinem Namen tun. Bitte die Entra-Administration, die Berechtigungen zu prüfen, oder erledige es im Portal.',
}

const byCode: Readonly<Record<string, Sentence>> = {
  RoleAssignmentExists: {
    en: 'You have it in Entra already. Look in the portal until when.',
    de: 'Du hast es in Entra schon. Sieh im Portal nach, bis wann.',
  },
  RoleAssignmentDoesNotExist: {
    en: 'Entra does not show you holding it: it may be over already, or have begun only a moment ago. Look again in a minute.',
    de: 'Entra zeigt es bei dir nicht: Es ist vielleicht schon vorbei, oder es hat eben erst begonnen. Sieh in einer Minute noch einmal nach.',
  },
  PendingRoleAssignmentRequest: stillOpen,
  RoleAssignmentRequestExists: stillOpen,
  ActiveDurationTooShort: {
    en: 'Entra grants nothing for less than five minutes, and ends nothing that is younger. Choose longer, or end it once five minutes have passed.',
    de: 'Entra vergibt nichts für weniger als fünf Minuten und beendet nichts, was jünger ist. Wähl eine längere Dauer, oder beende es nach fünf Minuten.',
  },
  RoleAssignmentRequestAcrsValidationFailed: {
    en: 'Entra wants a stronger sign-in for this. Try again and follow the sign-in that opens.',
    de: 'Entra verlangt dafür eine stärkere Anmeldung. Versuch es noch einmal, und folge der Anmeldung, die sich öffnet.',
  },
  SubjectNotFound: notKnownYet,
  RoleNotFound: notKnownYet,
  ResourceIsLocked: {
    en: 'It is locked, so Entra changes nothing on it. Ask its owner to lift the lock.',
    de: 'Es ist gesperrt, deshalb ändert Entra nichts daran. Bitte die zuständige Person, die Sperre aufzuheben.',
  },
  InvalidScope: {
    en: 'You are eligible for it in another scope than the one asked for. Ask its owner to correct the catalogue.',
    de: 'Du bist dafür in einem anderen Bereich berechtigt als dem angeforderten. Bitte die zuständige Person, den Katalog zu berichtigen.',
  },
  InsufficientPermissions: notAllowed,
  PermissionScopeNotGranted: notAllowed,
  AuthorizationFailed: notAllowed,
  Authorization_RequestDenied: notAllowed,
  InvalidPolicy: {
    en: 'Its settings in Entra contradict themselves. Ask your Entra administrator to correct them.',
    de: 'Die Einstellungen dafür in Entra widersprechen sich. Bitte die Entra-Administration, sie zu berichtigen.',
  },
}

const byRule: Readonly<Record<string, Sentence>> = {
  EligibilityRule: {
    en: "Entra finds no eligibility of your own for this: it has ended, or it is a group's and Entra does not count it for members. Ask your Entra administrator to make you eligible yourself.",
    de: 'Entra findet dafür keine eigene Berechtigung von dir: Sie ist abgelaufen, oder sie gehört einer Gruppe und zählt in Entra nicht für deren Mitglieder. Bitte die Entra-Administration, dich selbst zu berechtigen.',
  },
  ExpirationRule: {
    en: 'Entra does not allow it for that long. Ask again for less time.',
    de: 'So lange lässt Entra das nicht zu. Fordere es noch einmal für kürzere Zeit an.',
  },
  JustificationRule: {
    en: 'Entra wants a justification. Ask again, and say what you need it for.',
    de: 'Entra verlangt eine Begründung. Fordere es noch einmal an, und schreib, wofür du es brauchst.',
  },
  TicketingRule: {
    en: 'Entra wants a ticket. Ask again, and give its number.',
    de: 'Entra verlangt ein Ticket. Fordere es noch einmal an, und gib seine Nummer an.',
  },
  MfaRule: {
    en: 'Entra wants a second factor. Sign in with one, then try again.',
    de: 'Entra verlangt einen zweiten Faktor. Melde dich damit an, und versuch es dann noch einmal.',
  },
}

const someRule: Sentence = {
  en: "Entra's rules for it do not allow this. Ask its owner which of them stands in the way.",
  de: 'Die Regeln in Entra lassen das nicht zu. Frag die zuständige Person, welche davon im Weg steht.',
}

const policyFailed = 'RoleAssignmentRequestPolicyValidationFailed'

/** What kept Entra from doing it, and what to do now; undefined for what is not known, where Entra's own words must do. */
export function entraSaid(reader: Reader, code: string, message: string): string | undefined {
  const known = sentencesFor(code, message).map((each) => say(reader, each))
  return known.length === 0 ? undefined : known.join(' ')
}

function sentencesFor(code: string, message: string): readonly Sentence[] {
  if (code === policyFailed) {
    const failed = [...message.matchAll(/"(\w{1,40}Rule)\\?"/g)].map(([, rule]) => rule ?? '')
    const known = failed.flatMap((rule) => (Object.hasOwn(byRule, rule) ? (byRule[rule] ?? []) : []))
    return known.length === 0 ? [someRule] : known
  }
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined
  if (known !== undefined) return [known]
  // Some tenants answer the phrase under a code that says nothing.
  const exists = byCode['RoleAssignmentExists']
  return code === 'BadRequest' && exists !== undefined && /role assignment already exists/i.test(message)
    ? [exists]
    : []
}
