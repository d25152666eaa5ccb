import type { PersonId } from '../../people.ts'
import type { Refusal } from '../../request/refusal.ts'
import type { Result } from '../../result.ts'
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
  /** Product time of when it was heard first, where its answer did not arrive then and it is answered now. */
  readonly since?: Date
}

/** What somebody does who is asked to decide. */
export type ApproverVerb = 'approve' | 'deny' | 'approve-shorter' | 'ask' | 'claim'
const approverVerbs: readonly ApproverVerb[] = ['approve', 'deny', 'approve-shorter', 'ask', 'claim']
export const isApproverVerb = (verb: Verb): verb is ApproverVerb => approverVerbs.some((known) => known === verb)

type OwnVerb = 'submit' | 'discard' | 'withdraw' | 'activate' | 'end' | 'let-end' | 'check' | 'answer' | 'open'
type Verb = OwnVerb | ApproverVerb

/** What a person has shown of themself, good for one tap or message and never kept. */
export type Proof =
  /** Their SSO token, to be exchanged on their behalf; `contexts` is its `acrs`. */
  | { readonly by: 'sso'; readonly token: string; readonly contexts: readonly string[] }
  /** Signed in on Entra's own page: a token for Graph with what was asked for there. */
  | {
      readonly by: 'sign-in'
      readonly graphToken: string
      /** One for Azure Resource Manager out of the same sign-in; asked for only where it is used. */
      readonly armToken?: () => Promise<string | { readonly code: string; readonly message: string }>
      readonly contexts: readonly string[]
      /** Real clock; 1970 where Entra does not say. */
      readonly authenticatedAt: Date
    }

/** A button pressed by a person who proved who they are: `actor` is the `oid` of the token they proved it with. */
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
    readonly question?: string
    readonly answer?: string
    /** What a form's kind asks for beside these, by the names of its inputs. */
    readonly more?: Readonly<Record<string, string>>
    /** A choice of the card that searches the catalogue. */
    readonly entitlement?: string
  }
  readonly actor: PersonId
  readonly chat: Chat
  readonly conversation: string
  readonly serviceUrl: string
  /** Activity id of the card that was tapped. */
  readonly card: string
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

/** Why a sign-in came to nothing; each becomes a sentence that says what to do. */
export type NotSignedIn =
  /** Used, run out, of another browser, or never ours. */
  | { readonly why: 'unknown' }
  /** Nobody has been through the page. */
  | { readonly why: 'not-yet' }
  /** It is being acted on at this moment. */
  | { readonly why: 'under-way' }
  /** Entra sent the person back without a code, or gave no token for it. */
  | { readonly why: 'given-up' }
  /** No sign-in helps: an administrator has to consent first. */
  | { readonly why: 'consent-missing'; readonly code: string }
  | { readonly why: 'another-account'; readonly signedIn: string; readonly asked: string }

/** A tap that waits for its person to sign in on a page, or one that comes back from there with nothing. */
export type SignInAnswer =
  /** `shown` as a link where the client has been asked to open the page and did not: the link stands in the chat. */
  | { readonly answer: 'sign-in'; readonly transaction: string; readonly shown: 'pop-up' | 'link' }
  | { readonly answer: 'not-signed-in'; readonly because: NotSignedIn }

/** How Entra sends the browser back to us. */
export interface SignInReturn {
  readonly state: string
  /** Undefined where Entra sent an error instead. */
  readonly code: string | undefined
  readonly error: string | undefined
  readonly errorDescription?: string | undefined
}

/** Who opened our page. */
export interface Browser {
  /** Made for this one sign-in, and known to this browser alone. */
  readonly secret: string
  /** A person is looking at it, as far as a browser says so: whatever follows links by itself says nothing. */
  readonly seen: boolean
}

/** What a sign-in page came to. `acted` says that the tap was carried out; what it came to is inside. */
export type SignInEnd =
  | { readonly end: 'acted'; readonly transaction: string; readonly answer: TapAnswer | undefined }
  | { readonly end: 'not-signed-in'; readonly because: NotSignedIn }

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

/** Words typed where the catalogue is searched, perhaps not to their end; none to see what there is. */
export interface Search {
  readonly person: PersonId
  readonly words: string
  /** Where they type. */
  readonly conversation: string
  readonly skip: number
  readonly most: number
}

export interface FoundEntry {
  /** As a card's data names it: a tap on it makes a form. */
  readonly record: string
  readonly name: string
  readonly grants: string
}

export interface Found {
  /** What the person may ask for, the best first. */
  readonly entries: readonly FoundEntry[]
  /** Whether they type in their own chat with the bot, where nobody else reads. */
  readonly ownChat: boolean
  readonly viewer: Viewer
}

/** What the shell does with each. What it says to a message it posts itself, through its Conversation. */
export interface Incoming {
  hear(message: Heard): Promise<void>
  /** What was said before, in its new wording. */
  edited(message: Heard): Promise<void>
  /** What was said before was taken back; its text is empty. */
  deleted(message: Heard): Promise<void>
  /**
   * @param late aborted once the person was told that it is being worked on: the returned answer is then seen by
   * nobody, and only an edit or a new message reaches them.
   */
  tap(tap: Tapped, late: AbortSignal): Promise<TapAnswer | SignInAnswer>
  search(search: Search): Promise<Found>
  /** Where our page sends a browser that opened it; that alone uses nothing up. */
  openSignIn(transaction: string, browser: Browser): Promise<Result<URL, NotSignedIn>>
  /** The browser is back from Entra: acts, once. */
  endSignIn(back: SignInReturn, browser: Pick<Browser, 'secret'>): Promise<SignInEnd>
  /** A tap that Teams repeats after a sign-in page: only reads what came of it. Undefined for a code that is not theirs. */
  settledSignIn(transaction: string, person: PersonId): Promise<TapAnswer | SignInAnswer | undefined>
  /** A client answers a message's sign-in card with a token. False where no card of ours asked this person. */
  tokenExchanged(exchange: string, person: PersonId, proof: Proof): Promise<boolean>
  /** Whether this person has been through the page behind a message's sign-in card. */
  messageSignedIn(transaction: string, person: PersonId): Promise<boolean>
  /** Teams tells of one installation in more than one way: remembering it twice must be harmless. */
  installed(speaker: Speaker): Promise<void>
  removed(person: PersonId): Promise<void>
  refusedTap(refused: RefusedTap): Promise<void>
  /** What people's work needs beside the channel, each `ok` or what is wrong with it. */
  checks(): Promise<Readonly<Record<string, string>>>
  /** Somebody who is not authenticated was turned away; `why` is one of few fixed words. */
  stranger(why: string): void
}
