import type { EntitlementId } from '../entitlement/entitlement.ts'
import { type Duration, days, hours, milliseconds, minutes } from '../time.ts'
import type { Ask, AskContext, Intent } from './ask.ts'
import { choiceIn } from './choice.ts'
import { understand } from './understand.ts'

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

const end = String.raw`[\s.!,]{0,5}(?:please|pls|thanks|thank you|bitte|danke)?[\s.!]{0,5}$`
const courtesy = String.raw`^(?:(?:ok(?:ay)?|oh|no|nah|nope|actually|sorry|hm+|well|please|thanks|then)[\s,.!]{1,4}){0,3}`
const putAway = new RegExp(
  String.raw`${courtesy}(?:no|nope|nah|never ?mind|nvm|forget (?:it|that|this|about (?:it|that|this))|(?:cancel|discard|scrap|drop|delete|abort|undo|close|stop)(?: (?:it|that|this|the form|the draft))?|leave it|no thanks?(?: you)?|not (?:needed|necessary)(?: any ?more)?|(?:i )?(?:don'?t|do not) need (?:it|that|this)(?: any ?more)?|(?:don'?t|do not) bother|changed my mind|i(?:'ve| have)? changed my mind|neither(?: of (?:them|these|those))?|none(?: of (?:them|these|those))?|vergiss (?:es|das)|abbrechen|verwerfen|doch nicht|brauche ich nicht mehr|olv[ií]dalo|cancela(?:lo)?|laisse tomber|annule|esquece|deixa (?:pra lá|para lá)|キャンセル|やめます?)${end}`,
  'iu',
)
const agrees = new RegExp(
  String.raw`^(?:(?:yes|yep|yeah|yup|y|aye|ok(?:ay)?|sure|right|correct|exactly|perfect|great|good|fine|looks (?:good|right|fine)|sounds (?:good|right)|that'?s (?:it|right|fine|correct|the one)|go(?: ahead| for it)?|do it|please do|proceed|continue|confirm(?:ed)?|i confirm|accept|submit|send|approve|ja|genau|passt|absenden|s[ií]|dale|enviar|oui|d'accord|envoie|sim|はい)(?: (?:it|this|that|please|now|the form))?[\s,.!]{0,4}){1,4}$`,
  'iu',
)
/** What may stand before a change: "no, make it", "how about", "can we do". */
const bareNumber =
  /^(?:(?:no|ok(?:ay)?|actually|sorry|hm+|well|please|then|better|rather|just|only|let'?s|how about|what about|and|so|maybe|can (?:you|we)|could (?:you|we)|i'?d|i would|like|prefer|say|change (?:it|that) to|(?:make|do|take|set|put)(?: (?:it|that|this))?(?: to)?|lieber|nur|mach)[\s,.!]{1,4}){0,5}(\d{1,3}(?:[.,]5)?|one|two|three|four|five|six|seven|eight|ten|twelve|drei|zwei)(?: (?:instead|then|rather|please|pls|is enough|will do|would do|max|tops|only)){0,2}[\s.!?]{0,4}$/iu
const spelt = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const german: ReadonlyMap<string, number> = new Map([
  ['zwei', 2],
  ['drei', 3],
])

/** Words that begin a reason, whatever else the sentence sounds like: some anywhere, others only where it begins. */
const reasonAnywhere =
  /(?:^|[\s,.;(–—-])(?:because|cuz|so that|in order to|due to|reason(?: is)?:|justification:?|weil|wegen|damit|porque|parce que)(?=[\s:])/iu
const reasonFirst =
  /^[\s,.–—-]{0,4}(?:(?:it'?s|it is|this is|that'?s|and|the|my|well|ok)[\s,]{1,3}){0,3}(?:cause|since|as i\b|so i (?:can|could)|to(?= \p{L}{2})|for(?= \p{L})|reason|why[:,]|um(?= )|para(?= )|pour(?= )|car(?= )|por(?= ))/iu
const questionWord =
  /^[\s,]{0,4}(?:(?:and|so|but|hey|ok|hm+)[\s,]{1,3})?(?:what(?!s? about)(?:'s)?|which|who|whom|whose|when|where|why(?![:,])|how(?! about)|is|are|am|does|do|did|was|were|has|have)\b/i
/** Intents that a fragment may sound like and still answer what was asked. */
const mayAnswer: ReadonlySet<Intent> = new Set(['request', 'extend', 'none', 'smalltalk', 'delegate'])
const adds =
  /\b(?:more|longer|another|extra|additional|add|länger|mehr)\b|^\s*\+|\bextend(?:ed)?(?: it| this| that)? by\b/iu
const afterthought = /[\s,]{1,4}(?:instead|rather|then|though)(?=[\s.!?]{0,4}$)/iu
const adjusts = /^(?:make|extend|shorten|change|set|increase|reduce)\b/iu
const denies = /\b(?:not|nicht)\b/iu
const takes = /\b(?:less|shorter|fewer|weniger|kürzer)\b/iu
/** A name and nothing else, handed over by the words before it. */
const forName =
  /^(?:(?:[Ii]t'?s|[Tt]his is|[Aa]nd|[Nn]o|[Aa]ctually|[Ss]orry|[Rr]ather|[Mm]ake (?:it|that))[\s,]{1,3}){0,3}[Ff]or\s{1,3}(@?\p{Lu}[\p{L}'’-]{1,30}(?: \p{Lu}[\p{L}'’-]{1,30})?)[\s.!]{0,3}$/u

/**
 * What a message answers of what stands open, or undefined where it is a message of its own: a whole new request, a
 * question, or nothing for this bot. Pure; nothing it returns ever submits a form.
 */
export function followUp(message: string, open: Open, context: AskContext): FollowUp | undefined {
  const text = message.trim().replace(afterthought, '')
  if (text === '' || text.length > longestFragment) return undefined
  if (putAway.test(text)) return { means: 'discard' }
  const alone = understand(text, context)
  if (alone.never) return undefined
  if (open.open === 'which') return chosen(text, alone, open.candidates, context)
  if (agrees.test(text)) return { means: 'agreement' }
  const reasons = reasonAnywhere.test(text) || reasonFirst.test(text)
  if (!reasons && (!mayAnswer.has(alone.intent) || asksBack(text))) return undefined
  const count = bareNumber.exec(text)?.[1]
  if (count !== undefined) return { means: 'change', filling: { duration: counted(count, open.duration) } }
  const whole = together(open.entitlement, text, context)
  // Whoever is not known may be a person all the same: "for Diego" is no reason.
  if (whole.beneficiary !== undefined || forName.test(text)) return { means: 'for-another' }
  const { justification, ...slots } = fillingOf(whole, text)
  // What is named before any reason is asked for; within one it only says what for.
  const [first = ''] = text.split(reasonAnywhere)
  const named = isNamed(alone) && !reasonFirst.test(text) && first.trim() !== '' && isNamed(understand(first, context))
  if (named || (alone.entitlements.length > 0 && !reasons && justification !== undefined)) return undefined
  const says = Object.keys(slots).length > 0
  // A bare sentence says why where the form still wants to know; where it does not, it may be about anything.
  const mayBeWhy = open.justification === '' && justification !== undefined && isSentence(justification)
  const why = justification !== undefined && (reasons || (mayBeWhy && !adjusts.test(text))) ? { justification } : {}
  const about = justification === undefined || 'justification' in why || !isSentence(justification)
  return about && (says || 'justification' in why) ? { means: 'change', filling: { ...slots, ...why } } : undefined
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
  if (isNamed(alone) && mayAnswer.has(alone.intent) && !denies.test(text)) {
    const [only, ...others] = named
    if (only === undefined) return undefined
    if (others.length === 0) return { means: 'choice', entitlement: only.id, filling: fillingOf(alone, text) }
  }
  const choice = choiceIn(text, candidates, context.catalogue)
  if (choice === 'none-of-them') return { means: 'no-choice' }
  if (choice !== undefined) {
    const whole = together(choice.entitlement, choice.rest, context)
    return { means: 'choice', entitlement: choice.entitlement, filling: fillingOf(whole, choice.rest) }
  }
  if (agrees.test(text)) {
    const [first, ...more] = candidates
    return first !== undefined && more.length === 0
      ? { means: 'choice', entitlement: first, filling: {} }
      : { means: 'no-choice' }
  }
  const [any] = candidates
  if (any === undefined || !mayAnswer.has(alone.intent) || asksBack(text) || alone.entitlements.length > 0) {
    return undefined
  }
  const { justification, ...slots } = fillingOf(together(any, text, context), text)
  const why =
    justification !== undefined && (reasonAnywhere.test(text) || reasonFirst.test(text)) ? { justification } : {}
  const filling = { ...slots, ...why }
  const about = justification === undefined || 'justification' in why
  return about && Object.keys(filling).length > 0 ? { means: 'change', filling } : undefined
}

/** The fragment as part of a whole request: then everything that reads requests reads it. */
function together(entitlement: EntitlementId, text: string, context: AskContext): Ask {
  const name = context.catalogue.entitlements.get(entitlement)?.name ?? entitlement
  const joins =
    /^[\s,]{0,3}(?:for|to|until|till|because|from|at|in|so|since|by|with|as|on|due|für|bis|um|weil|para|hasta|porque|pour|jusqu)\b/iu
  return understand(`I need ${name}${joins.test(text) ? ' ' : '. '}${text.trim()}`, context)
}

function fillingOf(whole: Ask, text: string): Filling {
  const { duration, justification, ticket, start } = whole
  const length =
    duration === undefined
      ? {}
      : takes.test(text)
        ? { longer: milliseconds(-duration) }
        : adds.test(text)
          ? { longer: duration }
          : { duration }
  return {
    ...length,
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(start === undefined ? {} : { start }),
  }
}

/** A number without a unit counts what the form counts in: "make it 3" is three hours where it says two. */
function counted(words: string, duration: Duration): Duration {
  const word = words.toLowerCase()
  const spoken = spelt.indexOf(word)
  const count = spoken >= 0 ? spoken + 1 : (german.get(word) ?? Number(word.replace(',', '.')))
  const inDays = duration >= days(1) && duration % days(1) === 0
  if (inDays) return milliseconds(days(1) * count)
  const inMinutes = duration < hours(1) ? count >= 5 : count > 24
  return milliseconds((inMinutes ? minutes(1) : hours(1)) * count)
}

/** Whether it asks something back rather than for a change: "is 2 hours enough?", but not "can you make it 3?". */
const asksBack = (text: string): boolean =>
  questionWord.test(text) ||
  (/\?\s*$/.test(text) && !/\b(?:can|could|may|make|how about|what about|possible|please|instead)\b/i.test(text))

const isSentence = (words: string): boolean => (words.match(/[\p{L}\p{N}]+/gu) ?? []).length >= 3
