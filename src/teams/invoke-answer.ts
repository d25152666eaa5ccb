/**
 * The body by which a card action or a search is answered; HTTP says 200 each time.
 * @see https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format
 */
export interface InvokeAnswer {
  readonly statusCode: number
  readonly type: string
  readonly value: unknown
}

/** Replaces the card for this person on this client only. */
export const cardAnswer = (card: unknown): InvokeAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
})

/** Shown below the card. */
export const messageAnswer = (text: string): InvokeAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
})

/** What an input offers for what was typed into it. */
export const choicesAnswer = (
  results: readonly { readonly title: string; readonly value: string }[],
): InvokeAnswer => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.search.searchResponse',
  value: { results },
})

/** Teams repeats the tap with the person's SSO token. */
export const loginAnswer = (oauthCard: unknown): InvokeAnswer => ({
  statusCode: 401,
  type: 'application/vnd.microsoft.activity.loginRequest',
  value: oauthCard,
})

/** The token that Teams repeated the tap with is of no use. */
export const signInFailedAnswer = (message: string): InvokeAnswer => ({
  statusCode: 412,
  type: 'application/vnd.microsoft.error.preconditionFailed',
  value: { code: '412', message },
})

/** The code that the sign-in page handed to Teams is none of ours. */
export const invalidAuthCodeAnswer: InvokeAnswer = {
  statusCode: 401,
  type: 'application/vnd.microsoft.error.invalidAuthCode',
  value: null,
}

export const errorAnswer = (statusCode: 400 | 403 | 500, message: string): InvokeAnswer => ({
  statusCode,
  type: 'application/vnd.microsoft.error',
  value: { code: String(statusCode), message },
})
