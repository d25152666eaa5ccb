import type { NotSignedIn } from '../workflow/ports/incoming.ts'
import type { Sentence } from './language.ts'

/** What the conversation edge itself says, before or instead of the shell. */
export const working: Sentence = {
  en: 'Working on it. The outcome will show here in a moment.',
  de: 'Ich bin dabei. Das Ergebnis steht gleich hier.',
}

/** More than a person can do by hand: a client that repeats itself, or a script. */
export const tooMany = {
  messages: {
    en: 'That’s more messages than I can read in a minute, so I haven’t read this one or those right after it. Wait a minute, then send it again.',
    de: 'Das sind mehr Nachrichten, als ich in einer Minute lesen kann. Diese und die gleich danach habe ich nicht gelesen. Warte eine Minute, und schick sie dann noch einmal.',
  },
  taps: {
    en: 'That’s more than I can do for one person in a minute, so nothing was done this time. Wait a minute, then press it again.',
    de: 'Das ist mehr, als ich in einer Minute für eine Person tun kann, deshalb ist diesmal nichts geschehen. Warte eine Minute, und drück dann noch einmal.',
  },
  searches: {
    en: 'That’s more than I can look up for one person in a minute. Wait a minute, then type again.',
    de: 'Das ist mehr, als ich in einer Minute für eine Person nachsehen kann. Warte eine Minute, und tipp dann noch einmal.',
  },
} as const satisfies Record<string, Sentence>

export const signIn = {
  text: {
    en: 'Sign in, so that this is done in your name and nobody else’s.',
    de: 'Melde dich an, damit das in deinem Namen geschieht und in keinem anderen.',
  },
  button: { en: 'Sign in', de: 'Anmelden' },
} as const satisfies Record<string, Sentence>

export const signInFailed: Sentence = {
  en: 'Your sign-in could not be used, so nothing was done. Press the button again; if that does not help, sign in to Teams anew.',
  de: 'Deine Anmeldung war nicht verwendbar, deshalb ist nichts geschehen. Drück die Schaltfläche noch einmal; hilft das nicht, melde dich neu bei Teams an.',
}

export const signedInAsAnother: Sentence = {
  en: 'The sign-in that came with this was another person’s, so nothing was done. Sign in to Teams as yourself, then press the button again.',
  de: 'Die Anmeldung dazu war die einer anderen Person, deshalb ist nichts geschehen. Melde dich mit deinem eigenen Konto bei Teams an und drück die Schaltfläche noch einmal.',
}

export const signInWithoutScope: Sentence = {
  en: 'Your sign-in does not cover Latchkey, so nothing was done. Ask your help desk whether Latchkey has been consented to.',
  de: 'Deine Anmeldung gilt nicht für Latchkey, deshalb ist nichts geschehen. Frag deinen Helpdesk, ob Latchkey die Zustimmung erteilt wurde.',
}

/** `code` is Entra's own, by which an administrator finds what is missing. */
export const consentMissing = (code: string): Sentence => ({
  en: `Entra doesn't let Latchkey act for you yet, so nothing was done. Ask your help desk to have an administrator consent to Latchkey, and give them this code: ${code}.`,
  de: `Entra lässt Latchkey noch nicht für dich handeln, deshalb ist nichts geschehen. Bitte deinen Helpdesk, dass die Administration Latchkey zustimmt, und nenn diesen Code: ${code}.`,
})

/** What Teams says when it cannot hand a token over, by what helps. */
const notMended = new Set(['resourcematchfailed', 'invalidresource', 'oauthcardnotvalid', 'appnotfound'])

/** Teams' client could not get a token for its person. `code` is its own word for why. */
export function teamsSignInFailed(code: string): Sentence {
  if (notMended.has(code))
    return {
      en: `Teams couldn't sign you in to Latchkey, because the app isn't set up as it should be. Ask your help desk, and give them this code: ${code}.`,
      de: `Teams konnte dich nicht bei Latchkey anmelden, weil die App nicht richtig eingerichtet ist. Wende dich an deinen Helpdesk, und nenn diesen Code: ${code}.`,
    }
  return {
    en: `Teams couldn't sign you in to Latchkey. Press **Sign in** on the message above, or sign out of Teams and in again, then ask once more. If that doesn't help, give your help desk this code: ${code}.`,
    de: `Teams konnte dich nicht bei Latchkey anmelden. Drück in der Nachricht darüber auf **Anmelden**, oder melde dich bei Teams ab und wieder an, und frag dann noch einmal. Hilft das nicht, nenn deinem Helpdesk diesen Code: ${code}.`,
  }
}

export const notAButtonOfOurs: Sentence = {
  en: 'This button is not one Latchkey knows, so nothing was done. Ask again in this chat to get a new card.',
  de: 'Diese Schaltfläche kennt Latchkey nicht, deshalb ist nichts geschehen. Frag noch einmal in diesem Chat, dann bekommst du eine neue Karte.',
}

/** `reference` is how the log's reader finds this very trouble. */
export const wentWrong = (reference: string): Sentence => ({
  en: `Something went wrong on our side, and we do not know how much was done. Look again in a minute, and name ${reference} to your help desk if it stays.`,
  de: `Bei uns ist etwas schiefgegangen, und wir wissen nicht, wie viel davon geschehen ist. Sieh in einer Minute noch einmal nach, und nenn deinem Helpdesk ${reference}, wenn es so bleibt.`,
})

export const stepUp: Sentence = {
  en: 'Entra asks you to sign in once more before this is done in your name.',
  de: 'Entra verlangt, dass du dich noch einmal anmeldest, bevor das in deinem Namen geschieht.',
}

/** `url` is our own page's. */
export const signInLink = (url: string): Sentence => ({
  en: `Entra asks you to sign in once more before this is done in your name: [Sign in](${url}). The link is yours alone and works for ten minutes.`,
  de: `Entra verlangt, dass du dich noch einmal anmeldest, bevor das in deinem Namen geschieht: [Anmelden](${url}). Der Link ist nur für dich und gilt zehn Minuten.`,
})

export const signInByLink: Sentence = {
  en: 'Nothing was done yet: Entra asks you to sign in first. Open the link in the newest message of this chat, or press the button again.',
  de: 'Noch ist nichts geschehen: Entra verlangt zuerst eine Anmeldung von dir. Öffne den Link in der neuesten Nachricht dieses Chats, oder drück die Schaltfläche noch einmal.',
}

export function notSignedIn(because: NotSignedIn): Sentence {
  switch (because.why) {
    case 'unknown':
      return {
        en: 'This sign-in has been used, has run out, or was begun in another browser, so nothing was done. Go back to Teams and press the button again.',
        de: 'Diese Anmeldung ist verbraucht, abgelaufen oder in einem anderen Browser begonnen worden, deshalb ist nichts geschehen. Geh zurück zu Teams und drück die Schaltfläche noch einmal.',
      }
    case 'not-yet':
      return {
        en: 'You have not signed in yet, so nothing was done. Press the button again when you are ready.',
        de: 'Du hast dich noch nicht angemeldet, deshalb ist nichts geschehen. Drück die Schaltfläche noch einmal, wenn du so weit bist.',
      }
    case 'under-way':
      return working
    case 'given-up':
      return {
        en: 'The sign-in was not completed, so nothing was done. Go back to Teams and press the button again.',
        de: 'Die Anmeldung wurde nicht abgeschlossen, deshalb ist nichts geschehen. Geh zurück zu Teams und drück die Schaltfläche noch einmal.',
      }
    case 'consent-missing':
      return consentMissing(because.code)
    case 'another-account':
      return {
        en: `You signed in as ${because.signedIn}, but it was ${because.asked} who pressed the button, so nothing was done. Go back to Teams, press the button again and sign in as ${because.asked}.`,
        de: `Angemeldet hast du dich als ${because.signedIn}, die Schaltfläche hat aber ${because.asked} gedrückt, deshalb ist nichts geschehen. Geh zurück zu Teams, drück die Schaltfläche noch einmal und melde dich als ${because.asked} an.`,
      }
    default:
      return because satisfies never
  }
}

/** The page after the sign-in, for whoever looks at it before Teams closes it. */
export const signInPage = {
  title: { en: 'Signing in to Latchkey', de: 'Anmeldung bei Latchkey' },
  done: {
    en: 'You are signed in, and what you pressed has been carried out. You can close this window and go back to Teams.',
    de: 'Du bist angemeldet, und was du gedrückt hast, ist ausgeführt. Du kannst dieses Fenster schließen und zu Teams zurückgehen.',
  },
  notDone: {
    en: 'You are signed in, but what you pressed was not carried out.',
    de: 'Du bist angemeldet, aber was du gedrückt hast, wurde nicht ausgeführt.',
  },
} as const satisfies Record<string, Sentence>
