import type { PersonId } from '../people.ts'
import type { Refusal } from '../request/refusal.ts'
import type { View, Viewer } from './views.ts'

// What reaches the shell from the conversation, after the edge has checked who it comes from.

/** A person as the channel stamps them on what they say, and where the bot can answer them. */
export interface Speaker {
  readonly id: PersonId
  /** Opaque, one per person and bot: `29:…`. */
  readonly teamsId: string
  /** BCP 47, where the client tells. */
  readonly locale?: string
  /** IANA, where the client tells. */
  readonly zone?: string
  readonly serviceUrl: string
  readonly conversation: string
}

export type Chat = 'personal' | 'group' | 'channel'

export interface Heard {
  /** The message's id; Teams may deliver the same one twice. */
  readonly activity: string
  /** Without the mention of the bot; empty for a picture or the like. */
  readonly text: string
  readonly speaker: Speaker
  readonly chat: Chat
}

type Verb = 'submit' | 'discard' | 'withdraw' | 'activate' | 'end' | 'let-end' | 'check' | 'approve' | 'deny'

/** What proves who acts in a tap. `contexts` are the authentication contexts the sign-in carries, such as `c1`. */
export type Proof =
  /** Teams' own token, exchanged on behalf of its owner for the call. */
  | { readonly by: 'sso'; readonly token: string; readonly contexts: readonly string[] }
  /** A fresh sign-in at our own pages: its token is used as it is, once. */
  | {
      readonly by: 'sign-in'
      readonly graphToken: string
      readonly contexts: readonly string[]
      readonly authenticatedAt: Date
    }

/** A button pressed by a person whose own SSO token came with it and was validated: `actor` is that token's `oid`. */
export interface Tapped {
  readonly activity: string
  readonly verb: Verb
  /** Draft or request, as the card's data says: a claim, never a right. */
  readonly record: string
  readonly revision: number
  /** As typed; nothing here has been checked but its size. */
  readonly inputs: {
    readonly duration?: string
    readonly justification?: string
    readonly ticket?: string
    readonly comment?: string
  }
  readonly actor: PersonId
  readonly chat: Chat
  readonly conversation: string
  readonly serviceUrl: string
  /** Activity id of the card that was tapped. */
  readonly card: string
  /** For an on-behalf-of exchange within this tap; never kept. */
  readonly proof: Proof
}

export type TapAnswer =
  /** The card as it is now, for this person alone. */
  | { readonly answer: 'card'; readonly view: View; readonly viewer: Viewer }
  /** Nothing has moved. With a view that says so itself that card is shown, else one sentence below the card. */
  | {
      readonly answer: 'refused'
      readonly refusal: Refusal
      /** Names of people the refusal speaks of, by id. */
      readonly names?: ReadonlyMap<string, string>
      readonly viewer: Viewer
      readonly view?: View
    }

/** A tap that never became one: the SSO token beside it was genuine, but not the proof that was wanted. */
export interface RefusedTap {
  readonly activity: string
  /** Whose token it was. */
  readonly person: PersonId
  /** Who the activity says tapped. */
  readonly claimed: PersonId
  readonly verb: Verb
  readonly record: string
  readonly why: 'token-of-another-person' | 'token-without-our-scope'
}

/** What the shell does with each. What it says to a message it posts itself, through its Conversation. */
export interface Incoming {
  hear(message: Heard): Promise<void>
  /**
   * @param late aborted once the person was told that it is being worked on: the returned answer is then seen by
   * nobody, and only an edit or a new message reaches them.
   */
  tap(tap: Tapped, late: AbortSignal): Promise<TapAnswer>
  /** Teams tells of one installation in more than one way: remembering it twice must be harmless. */
  installed(speaker: Speaker): Promise<void>
  removed(person: PersonId): Promise<void>
  refusedTap(refused: RefusedTap): Promise<void>
  /** Somebody who is not authenticated was turned away; `why` is one of few fixed words. */
  stranger(why: string): Promise<void>
}
