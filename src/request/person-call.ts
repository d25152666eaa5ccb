/** What came of a call that carried a person's token. Nothing is ever retried by itself. */
export type PersonCall<Value> =
  | { readonly came: 'done'; readonly value: Value }
  /** Entra said no. `code` as Entra words it; `failedRules` for a policy refusal, such as `TicketingRule`. */
  | {
      readonly came: 'refused'
      readonly status: number
      readonly code: string
      readonly message: string
      readonly failedRules: readonly string[]
    }
  /** No token could be had, or Entra wants a fresh sign-in; nothing left for Graph. */
  | { readonly came: 'sign-in-needed'; readonly code: string; readonly message: string; readonly claims: string | null }
  /** The broker refused to exchange a token for someone who could grant anything: the portal is the way. */
  | { readonly came: 'portal-only' }
  /** The call may or may not have taken effect. */
  | { readonly came: 'unknown'; readonly detail: string }
