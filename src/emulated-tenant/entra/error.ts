/** A refusal of Entra's token endpoint, by its AADSTS number. */
export class EntraError extends Error {
  override readonly name = 'EntraError'
  readonly status: number
  readonly error: string
  readonly number: number
  readonly suberror: string | undefined
  readonly claims: string | undefined

  constructor(error: string, number: number, text: string, more: { suberror?: string; claims?: string } = {}) {
    super(`AADSTS${number}: ${text}`)
    this.status = error === 'invalid_client' ? 401 : 400
    this.error = error
    this.number = number
    this.suberror = more.suberror
    this.claims = more.claims
  }
}
