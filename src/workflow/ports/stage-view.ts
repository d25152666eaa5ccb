/** Somebody who may decide, as the requester's card names them. */
export interface NamedDecider {
  readonly name: string
  /** False where the person has not the app: the bot cannot show them a card. */
  readonly reachable: boolean
}

/** One stage as people are told of it. */
export interface StageView {
  /** `advisory`: in chat, and Entra does not enforce it: the portal can go round it. */
  readonly by: 'entra' | 'chat' | 'advisory'
  readonly need: number
  readonly asked: readonly NamedDecider[]
  /** Who is asked when those stay silent. */
  readonly standIn: readonly NamedDecider[]
}
