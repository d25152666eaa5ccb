import type { NotSignedIn } from '../workflow/incoming.ts'

/** What the conversation edge itself says, before or instead of the shell. */
export const working = 'Working on it. The outcome will show here in a moment.'

export const signIn = {
  text: 'Sign in, so that this is done in your name and nobody else’s.',
  button: 'Sign in',
} as const

export const signInFailed =
  'Your sign-in could not be used, so nothing was done. Press the button again; if that does not help, sign in to Teams anew.'

export const signedInAsAnother =
  'The sign-in that came with this was another person’s, so nothing was done. Sign in to Teams as yourself, then press the button again.'

export const signInWithoutScope =
  'Your sign-in does not cover Latchkey, so nothing was done. Ask your help desk whether Latchkey has been consented to.'

export const notAButtonOfOurs =
  'This button is not one Latchkey knows, so nothing was done. Ask again in this chat to get a new card.'

/** `reference` is how the log's reader finds this very trouble. */
export const wentWrong = (reference: string): string =>
  `Something went wrong on our side, and we do not know how much was done. Look again in a minute, and name ${reference} to your help desk if it stays.`

export const stepUp = 'Entra asks you to sign in once more before this is done in your name.'

/** `url` is our own page's. */
export const signInLink = (url: string): string =>
  `Entra asks you to sign in once more before this is done in your name: [Sign in](${url}). The link is yours alone and works for ten minutes.`

export const signInByLink =
  'Nothing was done yet: Entra asks you to sign in first. Open the link in the newest message of this chat, or press the button again.'

export function notSignedIn(because: NotSignedIn): string {
  switch (because.why) {
    case 'unknown':
      return 'This sign-in has been used, has run out, or was begun in another browser, so nothing was done. Go back to Teams and press the button again.'
    case 'not-yet':
      return 'You have not signed in yet, so nothing was done. Press the button again when you are ready.'
    case 'under-way':
      return working
    case 'given-up':
      return 'The sign-in was not completed, so nothing was done. Go back to Teams and press the button again.'
    case 'another-account':
      return `You signed in as ${because.signedIn}, but it was ${because.asked} who pressed the button, so nothing was done. Go back to Teams, press the button again and sign in as ${because.asked}.`
    default:
      return because satisfies never
  }
}

/** The page after the sign-in, for whoever looks at it before Teams closes it. */
export const signInPage = {
  title: 'Signing in to Latchkey',
  done: 'You are signed in, and what you pressed has been carried out. You can close this window and go back to Teams.',
  notDone: 'You are signed in, but what you pressed was not carried out.',
} as const
