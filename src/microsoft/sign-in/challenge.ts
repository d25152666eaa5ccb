/** What Graph answers when the token lacks an authentication context. */
const contextMissing = 'RoleAssignmentRequestAcrsValidationFailed'

/** What a sign-in is asked for where the session was without multifactor authentication. */
export const mfaClaims = JSON.stringify({ access_token: { amr: { essential: true, values: ['mfa'] } } })

/**
 * The claims of a step-up that an answer asks for: `claims` is JSON for the authorize request, null where the answer
 * asks for one without saying which; undefined where it asks for none. The challenge has been seen in four dresses:
 * URL-encoded in the message, as JSON in the message, under other codes, and in `WWW-Authenticate`.
 */
export function challengeIn(
  response: Response,
  error: { readonly code: string; readonly message: string } | undefined,
): { readonly claims: string | null } | undefined {
  const header = response.headers.get('www-authenticate') ?? ''
  if (/error="?insufficient_claims/.test(header)) return { claims: claimsInHeader(header) }
  if (error === undefined) return undefined
  const claims = claimsInMessage(error.message)
  return error.code === contextMissing || claims !== null ? { claims } : undefined
}

function claimsInHeader(header: string): string | null {
  const encoded = /claims="([^"]+)"/.exec(header)?.[1]
  return encoded === undefined ? null : asClaims(Buffer.from(encoded, 'base64').toString('utf8'))
}

function claimsInMessage(message: string): string | null {
  const encoded = /claims=([^&\s]+)/.exec(message)?.[1]
  if (encoded !== undefined) return asClaims(decoded(encoded))
  const plain = /\{.*"access_token".*\}/s.exec(message)?.[0]
  return plain === undefined ? null : asClaims(plain)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function asClaims(text: string): string | null {
  try {
    const claims: unknown = JSON.parse(text)
    return typeof claims === 'object' && claims !== null ? JSON.stringify(claims) : null
  } catch {
    return null
  }
}
