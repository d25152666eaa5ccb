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
