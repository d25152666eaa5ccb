import type { PersonId } from '../../people.ts'
import type { Proof } from './incoming.ts'
import type { BrowserSecrets } from './memory.ts'

/** Entra's own sign-in page, for what no silent token carries. */
export interface SignInPage {
  address(asked: {
    /** User principal name. */
    readonly loginHint: string | undefined
    readonly claims: string
    readonly state: string
    readonly nonce: string
    /** The S256 challenge of the verifier. */
    readonly challenge: string
  }): Promise<URL>
  /** Undefined where Entra gave nothing, or not an answer to what was asked; `detail` is for the log. */
  redeem(code: string, secrets: BrowserSecrets): Promise<SignedIn | { readonly detail: string }>
}

/** Whoever signed in on Entra's page, whether or not it is who was asked. */
export interface SignedIn {
  readonly person: PersonId
  readonly tenant: string
  /** As Entra's token names the account, for saying who it was. */
  readonly name: string
  readonly proof: Extract<Proof, { by: 'sign-in' }>
}
