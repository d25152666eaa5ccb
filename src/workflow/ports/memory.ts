import type { Filling } from '../../ask/follow-up.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import type { PersonId } from '../../people.ts'
import type { Owed } from '../../request/effects.ts'
import type { RequestEvent, RequestId } from '../../request/events.ts'
import type { Duration } from '../../time.ts'
import type { Heard, Tapped } from './incoming.ts'
import type { Viewer } from './views.ts'
import type { AskedPerson } from '../../request/who-is-asked.ts'
import type { Inputs } from '../../entitlement/inputs.ts'

// The memory: what is kept in rows and in the journal.

/** `request:req_…`, `person:<oid>`, `delegation:…`, `catalogue:<digest>`, `security:…`. */
export type StreamId = `${'request' | 'person' | 'delegation' | 'catalogue' | 'security'}:${string}`

/** Of anything but a request: those are appended with their summary. */
export type SideStream = Exclude<StreamId, `request:${string}`>

/** An event of another stream than a request's; `body` is plain JSON, free text in it as `{freeText}`. */
export interface SideEvent {
  readonly type: string
  readonly at: Date
  readonly body: Readonly<Record<string, unknown>>
}

/** Who or what caused an event: a person, or the bot itself; `cause` is an id to find the occasion by (activity, outbox row). */
export interface Because {
  readonly actor: PersonId | 'latchkey'
  readonly cause: string
}

/** One row per request, kept beside the journal so that open ones can be found; decisions never read it. */
export interface RequestSummary {
  readonly id: RequestId
  readonly requester: PersonId
  readonly beneficiary: PersonId
  readonly entitlement: string
  readonly status: string
  readonly open: boolean
  readonly inDoubt: boolean
  readonly submittedAt: Date
  /** Product time at which the tenant is worth looking at, null when never again. */
  readonly nextLookAt: Date | null
}

/** One request that could be waiting for somebody. */
export type Asks = Omit<AskedPerson, 'person'> & { readonly request: RequestId }

export interface Journal {
  /**
   * Events of a request in order, parsed; version 0 and no events for a stream that does not exist. Chain, hashes and
   * signatures are checked each time: it throws a {@link Failure} of the `record` for what nobody but us can have written.
   */
  load(request: RequestId): Promise<{ readonly version: number; readonly events: readonly RequestEvent[] }>
  /**
   * Appends at exactly `version + 1`, with what the bot owes after it and the summary, in one transaction.
   * @returns false when somebody else appended first: load again and decide anew.
   */
  append(
    request: RequestId,
    version: number,
    events: readonly RequestEvent[],
    also: {
      readonly because: Because
      readonly owed: readonly Owed[]
      readonly summary: RequestSummary
      /** Everybody for whose decision it could be waiting afterwards. */
      readonly asked: readonly AskedPerson[]
    },
  ): Promise<boolean>
  /**
   * Events of any other stream that something is decided from, such as a delegation; verified as a request's are. An event
   * of a newer version than this one makes it throw, for this stream only.
   */
  loadStream(stream: SideStream): Promise<{ readonly version: number; readonly events: readonly SideEvent[] }>
  /** Appends to it at exactly `version + 1`. @returns false when somebody else appended first */
  appendStream(
    stream: SideStream,
    version: number,
    events: readonly SideEvent[],
    also: { readonly because: Because; readonly owed: readonly Owed[] },
  ): Promise<boolean>
  /** Appends to a stream that nothing is decided from (refusals, settings): no version, retried on a conflict. */
  note(stream: StreamId, event: SideEvent, because: Because): Promise<void>
  /** Counts refusals of those who are not authenticated, by reason; such callers never write rows of their own. */
  countStrangers(counts: ReadonlyMap<string, number>, at: Date): Promise<void>
}

/** A stream of the journal in which something does not hold: nothing is decided from it. */
export interface RefusedStream {
  readonly stream: string
  /** Of the first event that does not hold. */
  readonly version: number
  readonly wrong: string
}

/** Open requests and what is due, from the projection. */
export interface Requests {
  ofPerson(person: PersonId): Promise<readonly RequestSummary[]>
  /** Those with `nextLookAt` at or before `now`, oldest first. */
  toLookAt(now: Date, most: number): Promise<readonly RequestSummary[]>
  /** The earliest `nextLookAt` of all, null when none is set. */
  nextLook(): Promise<Date | null>
  /** Puts off the next look without an event, unless something happened meanwhile: `seen` is when it was due. */
  lookAgain(request: RequestId, seen: Date | null, next: Date | null): Promise<void>
  /** What could be waiting for this person's decision, what closes first first; those without an end last. */
  askedOf(person: PersonId, most: number): Promise<readonly Asks[]>
  /** Requests that wait for somebody and have no row of whom: an earlier release kept none. */
  withoutAsked(most: number): Promise<readonly RequestId[]>
  /** Fills those in as of this version of its stream. @returns false where there are rows, or it went on meanwhile */
  fillAsked(request: RequestId, version: number, asked: readonly AskedPerson[]): Promise<boolean>
}

/** When the tenant last answered about a request; product time. */
export interface Looked {
  readonly answeredAt: Date
  /** Its card says that the tenant has been silent since. */
  readonly silent: boolean
}

/** Looks that found nothing new leave no event, and still somebody wants to know when they were. */
export interface Looks {
  of(requests: readonly RequestId[]): Promise<ReadonlyMap<RequestId, Looked>>
  answered(requests: readonly RequestId[], at: Date): Promise<void>
  /** @param since when it last answered, for a request that nobody has looked at before */
  silent(request: RequestId, since: Date): Promise<void>
}

export interface OwedRow {
  readonly id: string
  /** Undefined where it is of a kind that this version knows, and not in a shape that it can read. */
  readonly owed: Owed | undefined
  readonly attempts: number
  /** Real clock: when it was tried first. */
  readonly triedSince: Date
}

export interface Outbox {
  /**
   * Claims rows due at product time `now` for `lease` of real time: of each chat one, and none of a chat for which any
   * process has one in hand.
   */
  claim(now: Date, most: number, lease: Duration): Promise<readonly OwedRow[]>
  /** Settles it, and owes what it leads to in the same transaction. */
  done(
    id: string,
    outcome: 'sent' | 'unreachable' | 'superseded',
    leadsTo?: readonly Owed[],
    /** Product time: from when that is due. */
    at?: Date,
  ): Promise<void>
  /** Not yet: tried again from `retryAt` (real clock); `wholeChat`: nor is anything else sent to that chat before. */
  failed(id: string, retryAt: Date, why: string, wholeChat?: boolean): Promise<void>
  /** Never, unless somebody mends what is in the way and owes it again. */
  giveUp(id: string, why: string): Promise<void>
  /** Owes something outside an append; an id that is there already is not owed twice. */
  owe(id: string, owed: Owed, at: Date): Promise<void>
  /** Rows still owed at product time `now`, leased and waiting ones included: what a clock move waits for. */
  pending(now: Date): Promise<readonly { readonly id: string; readonly why: string | null }[]>
}

/** What somebody said, or did, that could not be answered at once. */
export interface ToAnswer {
  readonly how: 'heard' | 'edited' | 'deleted' | 'installed'
  readonly message: Heard
}

/** What people said is kept here until they have their answer, and nowhere else: it can be erased. */
export interface Unanswered {
  /**
   * Keeps it and owes its answer, in one transaction; once per occasion.
   * @param at product time
   * @param notBefore real clock
   */
  keep(toAnswer: ToAnswer, occasion: string, at: Date, notBefore: Date): Promise<void>
  /** `since`: when it was heard. Undefined once it was answered, or erased. */
  load(occasion: string): Promise<(ToAnswer & { readonly since: Date }) | undefined>
  forget(occasion: string): Promise<void>
}

/** A form that its speaker has not submitted: a row, not an event; a request's stream begins with its submission. */
export interface Draft {
  readonly id: string
  readonly revision: number
  readonly speaker: PersonId
  readonly entitlement: string
  /** As they stand in it: a length as ISO 8601, the rest as typed. */
  readonly inputs: Inputs
  /** The length that was asked for, where it was longer than allowed and has been cut. */
  readonly cutFrom: Duration | null
  readonly madeAt: Date
  /** The message that changed it last, where one did. */
  readonly changedBy?: string
  /** Set once: the request it became, or that it was put away. */
  readonly closed: { readonly as: 'submitted'; readonly request: RequestId } | { readonly as: 'discarded' } | null
}

export interface Drafts {
  /** Creates the draft a message asks for, once per message: a redelivered message gets the same draft, `made` false. */
  make(draft: Omit<Draft, 'closed'>, message: string): Promise<{ readonly draft: Draft; readonly made: boolean }>
  /** The same, and in this chat of its speaker it becomes what was asked last, at the moment it was made. */
  offer(
    draft: Omit<Draft, 'closed'>,
    message: string,
    conversation: string,
  ): Promise<{ readonly draft: Draft; readonly made: boolean }>
  load(id: string): Promise<Draft | undefined>
  /** The draft that this message made. */
  ofMessage(message: string): Promise<Draft | undefined>
  /**
   * @param message that asks for the change; absent where the form itself does
   * @returns false when it is closed already, or the revision is not the one given.
   */
  change(id: string, revision: number, next: Pick<Draft, 'inputs' | 'cutFrom'>, message?: string): Promise<boolean>
  /** Closes it once. @returns the draft as closed, by whichever call came first. */
  close(id: string, as: NonNullable<Draft['closed']>): Promise<Draft>
}

/** What the bot last asked somebody in one chat: a few words from them may answer it. */
export interface Asked {
  /** The message that led to it, or that answered it last. */
  readonly message: string
  readonly what:
    | { readonly asks: 'draft'; readonly draft: string }
    /** Which of these, in the order shown, and what the chosen one is to be filled with. */
    | { readonly asks: 'which'; readonly candidates: readonly EntitlementId[]; readonly filling: Filling }
  /** Product time. */
  readonly at: Date
  /** How many messages have come below it since. */
  readonly below: number
}

/** Rows, so that what was asked outlives a restart and whichever replica hears the answer knows of it. */
export interface Dialogue {
  /** With the form that it asks about, if any. */
  lastAsked(person: PersonId, conversation: string): Promise<(Asked & { readonly draft?: Draft }) | undefined>
  /** In place of what was asked there before. */
  ask(person: PersonId, conversation: string, asked: Asked): Promise<void>
}

/** Where a person's personal chat with the bot is. */
export interface ChatReference {
  readonly person: PersonId
  readonly conversation: string
  readonly serviceUrl: string
  /** The person's Teams id, `29:…`. */
  readonly teamsId: string
}

/** A card that stands in somebody's chat and can be edited. */
export interface SentCard {
  /** The draft, request or question it shows. A status card begins its life as the draft's confirm card and is adopted. */
  readonly record: string
  readonly role: 'status' | 'approval' | 'ending' | 'question'
  /** Of an approval or a question: the request's revision when it was shown, so the stage that it belongs to. */
  readonly revision: number
  readonly person: PersonId
  readonly conversation: string
  readonly serviceUrl: string
  readonly activity: string
  readonly live: boolean
}

export interface Chats {
  reference(person: PersonId): Promise<ChatReference | undefined>
  /** Those of them who have a chat with the bot. */
  reachable(people: readonly PersonId[]): Promise<ReadonlySet<PersonId>>
  /** Where somebody is and how they read, in one look. */
  known(person: PersonId): Promise<{ readonly reference: ChatReference | undefined; readonly viewer: Viewer }>
  remember(reference: ChatReference): Promise<void>
  /** App removed, or the connector answered 403: unreachable until a message or an installation. Settings stay. */
  forget(reference: Pick<ChatReference, 'person' | 'conversation'>): Promise<void>
  viewer(person: PersonId): Promise<Viewer>
  setViewer(person: PersonId, viewer: Viewer): Promise<void>
  sent(record: string, role?: SentCard['role']): Promise<readonly SentCard[]>
  /** The card that we sent as this activity of this conversation. */
  cardAt(conversation: string, activity: string): Promise<SentCard | undefined>
  recordSent(card: SentCard): Promise<void>
  /** A draft's card becomes the request's. */
  adopt(record: string, by: string): Promise<void>
  /** It can no longer be edited. */
  retire(card: Pick<SentCard, 'conversation' | 'activity'>): Promise<void>
  /** True the first time this is seen, false when Teams delivers it again; activity ids are unique in one conversation only. */
  firstTime(occasion: string, at: Date): Promise<boolean>
  /** What was said on this occasion did not arrive: it counts as not seen. */
  unsee(occasion: string): Promise<void>
  /** Whether this was seen before, leaving it as it is. */
  seen(occasion: string): Promise<boolean>
}

/** What waits for its person to sign in, to be done with the proof that this gives. */
export type Waiting =
  | { readonly waits: 'tap'; readonly tap: Omit<Tapped, 'proof'> }
  | { readonly waits: 'message'; readonly message: Heard }

/** One sign-in, asked for on one occasion and good once. */
export interface SignInAsked {
  readonly person: PersonId
  readonly tenant: string
  /** The same for what is asked twice: this tap on this form of this card, this message. */
  readonly occasion: string
  /** JSON for Entra's `claims` parameter. */
  readonly claims: string
  readonly waiting: Waiting
  /** Real clock. */
  readonly expiresAt: Date
}

/** What Entra's answer has to fit, so that it is worth nothing in another browser. */
export interface BrowserSecrets {
  readonly verifier: string
  readonly nonce: string
}

export interface SignIns {
  /**
   * @returns `unheeded` when the same was asked before and no page was opened for it: the client opens none.
   */
  begin(asked: SignInAsked, realNow: Date): Promise<{ readonly id: string; readonly unheeded: boolean }>
  /** A message's sign-in card, which any client may answer with a token; the same for a message delivered again. */
  beginExchange(asked: SignInAsked): Promise<{ readonly id: string; readonly exchange: string }>
  /** What it asks for, changing nothing. Undefined when used, run out or unknown. */
  look(id: string, realNow: Date): Promise<Omit<SignInAsked, 'waiting'> | undefined>
  /** Its person opened the page. Binds nothing: the link may be opened elsewhere too. */
  heed(id: string, browser: string): Promise<void>
  /** Uses it up, once: only the first call gets it, and it is forgotten what was typed. */
  take(id: string, browser: string, realNow: Date): Promise<SignInAsked | undefined>
  /** The same for a token that a client hands over. `taken` when another client or replica was first. */
  takeExchange(exchange: string, person: PersonId, realNow: Date): Promise<SignInAsked | 'taken' | undefined>
  /** Plain JSON. */
  finish(id: string, outcome: unknown): Promise<void>
  /** Where it stands. `waiting` is without what was typed once it was used. */
  read(id: string): Promise<
    | (SignInAsked & {
        readonly browser: string | null
        readonly used: boolean
        /** Undefined while there is none. */
        readonly outcome: unknown
      })
    | undefined
  >
}
