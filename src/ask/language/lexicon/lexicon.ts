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

export interface Lexicon {
  /** BCP 47. */
  readonly language: string
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
  /** Phrases of the field, by the English words that catalogues use for them. */
  readonly means: Readonly<Record<string, string>>
}
