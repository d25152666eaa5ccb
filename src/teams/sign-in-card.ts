import { randomUUID } from 'node:crypto'
import * as words from '../words/sign-in.ts'
import { say, type Spoken } from '../words/language.ts'

/** The name under which Teams repeats a tap or sends a token; ours alone, no Bot Framework connection stands behind it. */
export const connectionName = 'latchkey'

/** Our page, for one sign-in where there is one. */
export function signInUrl(authStart: URL, transaction?: string): URL {
  const url = new URL(authStart)
  if (transaction !== undefined) url.searchParams.set('txn', transaction)
  return url
}

const button = (url: URL, spoken: Spoken) => [
  { type: 'signin', title: say(spoken, words.signIn.button), value: url.href },
]

/**
 * The card by which Teams is asked for the person's SSO token: unseen where Teams can hand one over, else the button
 * that opens our own page. Teams repeats the tap with the token.
 */
export const loginCard = (authStart: URL, spoken: Spoken) => ({
  text: say(spoken, words.signIn.text),
  connectionName,
  tokenExchangeResource: { id: randomUUID() },
  buttons: button(authStart, spoken),
})

/** Asks for a sign-in that no silent token can replace: without an exchange, Teams opens our page. */
export const stepUpCard = (authStart: URL, transaction: string, spoken: Spoken) => ({
  text: say(spoken, words.stepUp),
  connectionName,
  buttons: button(signInUrl(authStart, transaction), spoken),
})

/** The same within a conversation; `exchange` is what a client names when it hands over a token. */
export const tokenCard = (
  authStart: URL,
  { id, exchange }: { readonly id: string; readonly exchange: string },
  spoken: Spoken,
) => ({
  text: say(spoken, words.signIn.text),
  connectionName,
  tokenExchangeResource: { id: exchange },
  buttons: button(signInUrl(authStart, id), spoken),
})
