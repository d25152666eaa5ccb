import type { Intent } from '../../ask.ts'

/**
 * What a phrase does in a message, whatever its language. Rules are written in these, so that a language is only data.
 * The letters and order of a message are gone once it is told in cues: `any news on my vault request?` is
 * `status my thing application ?`.
 */
export type Cue =
  // questions
  | 'who'
  | 'what'
  | 'which'
  | 'when'
  | 'where'
  | 'why'
  | 'how'
  | 'howlong'
  | 'whether'
  // small verbs and pronouns
  | 'be'
  | 'do'
  | 'can'
  | 'i'
  | 'my'
  | 'me'
  | 'you'
  | 'other'
  | 'not'
  | 'and'
  | 'or'
  | 'for'
  | 'please'
  // asking
  | 'need'
  | 'have'
  | 'get'
  | 'give'
  | 'activate'
  | 'allow'
  | 'raise'
  | 'extend'
  | 'longer'
  | 'more'
  | 'keep'
  // giving back, taking back, taking away
  | 'end'
  | 'back'
  | 'off'
  | 'done'
  | 'unneeded'
  | 'cancel'
  | 'take'
  // requests and decisions
  | 'application'
  | 'asked'
  | 'status'
  | 'yet'
  | 'wait'
  | 'open'
  | 'approve'
  | 'approval'
  | 'denied'
  | 'own'
  | 'delegate'
  | 'away'
  // holdings
  | 'expire'
  | 'left'
  | 'list'
  | 'rights'
  | 'kind'
  | 'eligible'
  | 'exist'
  | 'lets'
  | 'difference'
  | 'rule'
  | 'most'
  | 'still'
  | 'now'
  | 'everyone'
  | 'if'
  // looking back, help, manners
  | 'recap'
  | 'did'
  | 'during'
  | 'help'
  | 'use'
  | 'greet'
  | 'thank'
  | 'praise'
  | 'wrong'

/** What a word says about time. Clock hours are of a day of 24; parts of a day say which half an hour stands in. */
export interface TimeWords {
  readonly numbers: Readonly<Record<string, number>>
  /** In minutes. */
  readonly units: Readonly<Record<string, number>>
  /** Days from today. */
  readonly days: Readonly<Record<string, number>>
  /** From Monday to Sunday. */
  readonly weekdays: readonly string[]
  /** From January to December. */
  readonly months: readonly string[]
  readonly parts: Partial<Readonly<Record<DayPart, string>>>
  readonly clocks: Readonly<Record<string, number>>
  readonly links: Partial<Readonly<Record<TimeLink, string>>>
}
export type DayPart = 'morning' | 'afternoon' | 'evening' | 'night'
export type TimeLink =
  | 'until' // until five
  | 'untilAfter' // 五時まで
  | 'from'
  | 'fromAfter' // 五時から
  | 'to' // nine to five
  | 'in' // in ten minutes
  | 'inAfter' // ten minutes from now
  | 'at'
  | 'on'
  | 'this'
  | 'next'
  | 'and'
  | 'article'
  | 'half'
  | 'halfTo' // halb drei is half past two
  | 'andHalf' // an hour and a half
  | 'andQuarter' // an hour and a quarter
  | 'quarter'
  | 'past'
  | 'before'
  | 'oclock'
  | 'am'
  | 'pm'
  | 'of'
  | 'more'
  | 'weekend'
  | 'week'
  | 'inclusive'
  | 'through' // through Friday: its whole day too
  | 'whole' // the whole of December
  | 'allDay' // Saturday, all day
  | 'dayAfter' // from 8 tomorrow to 8 the day after
  | 'thatDay' // Friday is the release: 9 to 11 that day
  | 'thisTime' // until this time on Sunday
  | 'year'
  | 'endOf' // until the end of the year
  | 'lasting' // let it run to 6pm
  | 'happening' // the certificate expires in ten minutes
  | 'onward' // three days from now on
  | 'day' // 3日

/**
 * What a rule listens for, whatever the language: phrases separated by `|`, as they are typed, accents and all. An
 * apostrophe stands for each way to write one. Empty where the language has none, or where nothing was needed so far.
 */
export interface Spoken {
  // an answer to a form, or to the question which one is meant
  /** Whole messages that put a form away. */
  readonly discards: string
  readonly yes: string
  /** What may follow either and says nothing more. */
  readonly courtesies: string
  /** What stands before a number alone: "lieber 3". */
  readonly leadsToNumber: string
  /** Numbers that may stand alone; each is one of the lexicon's numbers. */
  readonly bareNumbers: string
  /** By its place in a list: the first, the second and so on. */
  readonly places: readonly string[]
  readonly last: string
  /** A choice of more than one, which is none. */
  readonly several: string
  readonly undecided: string
  /** Single words that stand round a choice without choosing. */
  readonly aroundChoice: string
  /** Where a choice ends and what else is said begins. */
  readonly behindChoice: string
  /** How a fragment goes on from the request that it belongs to: "for", "because". */
  readonly goesOn: string
  /** How a request begins. Empty where the language asks at the end: then the fragment is read behind English. */
  readonly asks: string
  readonly adds: string
  readonly lessens: string
  readonly denies: string

  // a reason
  /** What begins a reason wherever it stands. */
  readonly because: string
  /** What begins a reason only where the message begins with it. */
  readonly inOrderTo: string
  /** What a reason ends in, and is known by. */
  readonly closesReason: string

  // a person
  /** Behind a person: they are to get it. */
  readonly personNeeds: string
  /** Before a person: they are to get it. */
  readonly givesTo: string
  readonly onBehalfOf: string
  /** What may stand between such words and a name. */
  readonly beforeName: string
  readonly colleague: string
  /** Behind a person, in languages written without spaces: for them. */
  readonly forPerson: string

  // what is wanted
  readonly and: string
  readonly or: string
  /** What joins two wishes besides "and". */
  readonly alongWith: string
  readonly both: string
  /** Before a name: it is not wanted. */
  readonly refuses: string
  readonly without: string
  readonly which: string
  readonly unsureWhich: string
  /** Behind a name: what tells it from its kin. */
  readonly qualifies: string
  /** Behind a name: where what it is for begins. */
  readonly whatFor: string

  // sums and capacities
  /** Words for a currency, with its ISO 4217 code. */
  readonly currencies: Readonly<Record<string, string>>
  /** Before a sum that only tells what there was. */
  readonly insteadOf: string
  /** Between what there was and what is wanted: "60 to 120". */
  readonly upTo: string
  /** Before the number that a sum is to become. */
  readonly becomes: string
  readonly thousand: string
  readonly tokens: string
  readonly per: string
  /** What is measured in tokens per minute. */
  readonly quota: string
  /** What puts another value in the place of the one before. */
  readonly inItsPlace: string

  // time
  /** Before a length that is asked for. */
  readonly forLength: string
  /** Before a length of something else: "every", "the last". */
  readonly otherLength: string
  /** Before an hour at which nothing begins: "since". */
  readonly otherHour: string
  /** Before a range of time at which nothing begins: "since". */
  readonly beforePast: string
  /** Single words behind a number that it cannot count. */
  readonly behindNumber: string
  /** Behind an hour, so that a dash behind it leads to another. */
  readonly hourMark: string
  /** Behind a day's number: "3rd". */
  readonly ordinalEnds: string
}

export interface Lexicon {
  /** BCP 47. */
  readonly language: string
  /** Whether spaces stand between its words. */
  readonly spaces: boolean
  /** Letters that tell the language where they stand anywhere, and how many small words that weighs. */
  readonly letters?: { readonly pattern: RegExp; readonly weight: number }
  /** Whole messages that are written as to a machine, too short to tell a language by; with what they ask. */
  readonly commands: Readonly<Record<string, Intent>>
  /** Small words that give the language away, separated by spaces. */
  readonly small: string
  /** Words that say neither what is wanted nor why. */
  readonly frame: string
  /** Phrases, separated by `|`. */
  readonly cues: Partial<Readonly<Record<Cue, string>>>
  /** What begins a reason, and is not part of it; what announces one; where a phrase cannot begin a reason. */
  readonly reason: {
    readonly begins: string
    readonly announces: string
    readonly purpose: string
    readonly ends: string
  }
  /** What sets right what was said before. */
  readonly corrects: string
  readonly time: TimeWords
  readonly spoken: Spoken
  /** Phrases of the field, by the English words that catalogues use for them. */
  readonly means: Readonly<Record<string, string>>
}
