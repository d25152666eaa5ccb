import type { EntitlementId } from '../entitlement/entry.ts'
import { type Duration, days, hours, milliseconds, minutes } from '../time.ts'
import type { Ask, AskContext, Intent } from './ask.ts'
import { choiceIn } from './choice.ts'
import {
  putAway,
  agrees,
  bareNumber,
  spelt,
  reasonAnywhere,
  reasonFirst,
  questionWord,
  adds,
  afterthought,
  adjusts,
  denies,
  lessens,
  forName,
  asking,
  goesOn,
} from './follow-up-words.ts'
import { partsOf } from './parts.ts'
import { onlyFrame } from './language/frame.ts'
import { understand } from './understand.ts'
import { blank } from './time/when.ts'

/** What the bot last asked somebody: a form to submit, or which of several they mean, in the order shown. */
export type Open =
  | {
      readonly open: 'draft'
      readonly entitlement: EntitlementId
      readonly duration: Duration
      readonly justification: string
    }
  | { readonly open: 'which'; readonly candidates: readonly EntitlementId[] }

/** What a few words put into a form; what they do not speak of stays as it is. */
export interface Filling {
  readonly duration?: Duration
  /** Added to what stands in the form; less than nothing shortens it. */
  readonly longer?: Duration
  readonly justification?: string
  readonly ticket?: string
  /** What else was said that a form may ask for, by the names of its inputs. */
  readonly inputs?: Readonly<Record<string, string>>
  /** When it is to begin. */
  readonly start?: Date
}

/** What a few words answer. None of these submits anything: a form is sent by its button alone. */
export type FollowUp =
  | { readonly means: 'change'; readonly filling: Filling }
  | { readonly means: 'choice'; readonly entitlement: EntitlementId; readonly filling: Filling }
  /** They choose, but not one: "both", "the fifth" of three. */
  | { readonly means: 'no-choice' }
  | { readonly means: 'discard' }
  /** "Yes", "send it": words that would submit it if words could. */
  | { readonly means: 'agreement' }
  /** "For Diego": it is to be somebody else's. */
  | { readonly means: 'for-another' }

/** Longer messages say something of their own. */
const longestFragment = 800

/** Intents that a fragment may sound like and still answer what was asked. */
const mayAnswer: ReadonlySet<Intent> = new Set(['request', 'extend', 'none', 'smalltalk', 'delegate'])

/**
 * What a message answers of what stands open, or undefined where it is a message of its own: a whole new request, a
 * question, or nothing for this bot. Pure; nothing it returns ever submits a form.
 */
export function followUp(message: string, open: Open, context: AskContext): FollowUp | undefined {
  const text = message.trim().replace(afterthought, '')
  if (text === '' || text.length > longestFragment) return undefined
  if (putAway().test(text)) return { means: 'discard' }
  const alone = understand(text, context)
  if (alone.never) return undefined
  if (open.open === 'which') return chosen(text, alone, open.candidates, context)
  if (agrees().test(text)) return { means: 'agreement' }
  const reasons = reasonAnywhere().test(text) || reasonFirst().test(text)
  if (!reasons && (!mayBeAnswer(text, alone, context) || asksBack(text))) return undefined
  const count = bareNumber().exec(text)?.[1]
  if (count !== undefined) return { means: 'change', filling: { duration: counted(count, open.duration) } }
  // What is named before any reason is asked for; within one it only says what for.
  const [first = ''] = text.split(reasonAnywhere())
  const begins = !isNamed(alone) || first === text ? alone : understand(first, context)
  const named = isNamed(begins) && !reasonFirst().test(text) && first.trim() !== ''
  if (named && alone.beneficiary === undefined && !forName.test(text)) return undefined
  const whole = together(open.entitlement, text, alone.language, context)
  // Whoever is not known may be a person all the same: "for Diego" is no reason.
  if (whole.beneficiary !== undefined || forName.test(text)) return { means: 'for-another' }
  const { justification, ...slots } = fillingOf(whole, text)
  if (named || (alone.entitlements.length > 0 && !reasons && justification !== undefined)) return undefined
  const says = Object.keys(slots).length > 0
  // A bare sentence says why where the form still wants to know; where it does not, it may be about anything.
  const mayBeWhy = open.justification === '' && justification !== undefined && isSentence(justification)
  const why = justification !== undefined && (reasons || (mayBeWhy && !adjusts.test(text))) ? { justification } : {}
  const about = justification === undefined || 'justification' in why || !isSentence(justification)
  return about && (says || 'justification' in why) ? { means: 'change', filling: { ...slots, ...why } } : undefined
}

/** Words that only fill in a length, a time or a person are no message of their own, whatever they sound like. */
function mayBeAnswer(text: string, { intent }: Ask, context: AskContext): boolean {
  if (mayAnswer.has(intent)) return true
  const { language, tickets, persons, when } = partsOf(text, context)
  return onlyFrame(blank(text, [...tickets, ...persons, ...when.said]), language)
}

const isNamed = ({ entitlements }: Ask): boolean => entitlements.some(({ sure }) => sure !== 'partly')

/** A choice with whatever else is said, or what the chosen one is to be filled with once it is. */
function chosen(
  text: string,
  alone: Ask,
  candidates: readonly EntitlementId[],
  context: AskContext,
): FollowUp | undefined {
  const named = alone.entitlements.filter(({ id }) => candidates.includes(id))
  if (isNamed(alone) && mayAnswer.has(alone.intent) && !denies().test(text)) {
    const [only, ...others] = named
    if (only === undefined) return undefined
    if (others.length === 0) return { means: 'choice', entitlement: only.id, filling: fillingOf(alone, text) }
  }
  const choice = choiceIn(text, candidates, context.catalogue)
  if (choice === 'none-of-them') return { means: 'no-choice' }
  if (choice !== undefined) {
    const whole = together(choice.entitlement, choice.rest, alone.language, context)
    return { means: 'choice', entitlement: choice.entitlement, filling: fillingOf(whole, choice.rest) }
  }
  if (agrees().test(text)) {
    const [first, ...more] = candidates
    return first !== undefined && more.length === 0
      ? { means: 'choice', entitlement: first, filling: {} }
      : { means: 'no-choice' }
  }
  const [any] = candidates
  if (any === undefined || !mayBeAnswer(text, alone, context) || asksBack(text) || alone.entitlements.length > 0) {
    return undefined
  }
  const { justification, ...slots } = fillingOf(together(any, text, alone.language, context), text)
  const why =
    justification !== undefined && (reasonAnywhere().test(text) || reasonFirst().test(text)) ? { justification } : {}
  const filling = { ...slots, ...why }
  const about = justification === undefined || 'justification' in why
  return about && Object.keys(filling).length > 0 ? { means: 'change', filling } : undefined
}

/** The fragment as part of a whole request: then everything that reads requests reads it. */
function together(entitlement: EntitlementId, text: string, language: string, context: AskContext): Ask {
  const name = context.catalogue.entitlements.get(entitlement)?.name ?? entitlement
  return understand(
    `${asking().get(language) ?? asking().get('en')} ${name}${goesOn().test(text) ? ' ' : '. '}${text.trim()}`,
    context,
  )
}

function fillingOf(whole: Ask, text: string): Filling {
  const { duration, justification, ticket, start } = whole
  const length =
    duration === undefined
      ? {}
      : lessens().test(text)
        ? { longer: milliseconds(-duration) }
        : adds().test(text)
          ? { longer: duration }
          : { duration }
  return {
    ...length,
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(start === undefined ? {} : { start }),
  }
}

/** Nobody asks for fewer minutes than this, or for more hours, with a bare number. */
const fewestMinutes = 5
const mostHours = 24

/** A number without a unit counts what the form counts in: "make it 3" is three hours where it says two. */
function counted(words: string, duration: Duration): Duration {
  const word = words.toLowerCase()
  const count = spelt().get(word) ?? Number(word.replace(',', '.'))
  const inDays = duration >= days(1) && duration % days(1) === 0
  if (inDays) return milliseconds(days(1) * count)
  const inMinutes = duration < hours(1) ? count >= fewestMinutes : count > mostHours
  return milliseconds((inMinutes ? minutes(1) : hours(1)) * count)
}

/** Whether it asks something back rather than for a change: "is 2 hours enough?", but not "can you make it 3?". */
const asksBack = (text: string): boolean =>
  questionWord.test(text) ||
  (/\?\s*$/.test(text) && !/\b(?:can|could|may|make|how about|what about|possible|please|instead)\b/i.test(text))

const isSentence = (words: string): boolean => (words.match(/[\p{L}\p{N}]+/gu) ?? []).length >= 3
