import type { Catalogue } from '../entitlement/entitlement.ts'
import type { EntitlementId } from '../entitlement/entry.ts'
import type { ticketsIn } from '../entitlement/ticket.ts'
import type { Ask, AskContext, Intent, Match, Stretch } from './ask.ts'
import { liftingError } from './wanted/azure-error.ts'
import { commandIn } from './commands.ts'
import type { Sentence, Sign } from './language/gist.ts'
import { intentOf, isAsking } from './intent/intent.ts'
import type { Language } from './language/language.ts'
import { nearestTo } from './wanted/nearest.ts'
import { type Parts, partsOf, readable } from './parts.ts'
import { askerOf, beneficiaryIn, subjectOf } from './persons.ts'
import { onlyFrame } from './language/frame.ts'
import { reasonIn } from './reason/reason.ts'
import type { Wanted } from './wanted/asked.ts'
import { blank } from './time/when.ts'

/**
 * What a message asks for. Pure: the same words, clock, zone and catalogue always mean the same. Nothing here is a
 * right: the result fills in a form, and the form is held against the terms.
 */
export function understand(message: string, context: AskContext): Ask {
  const parts = partsOf(message, context)
  const [narrowest, ...broader] = liftingError(readable(message), context.catalogue)
  if (narrowest !== undefined) {
    const lifted: Wanted = {
      ...parts.wanted,
      matches: [{ id: narrowest, sure: 'partly' }],
      each: false,
      broader,
      by: ['error'],
    }
    return told({ ...parts, wanted: lifted }, asksFor(parts) ? 'request' : 'catalogue')
  }
  return told(parts, intentIn(parts))
}

/** Whether words stand beside a pasted error that ask for something to be done about it. */
const asksFor = ({ sentences }: Parts): boolean =>
  sentences.some(({ signs }) =>
    signs.some(({ is }) => is === 'need' || is === 'give' || is === 'get' || is === 'please' || is === 'allow'),
  )

function intentIn(parts: Parts): Intent {
  const { text, sentences, attempts, wanted } = parts
  const command = commandIn(text)
  if (command !== undefined) return command
  const intent = intentOf(text, sentences)
  if (attempts.some(({ whole }) => whole) && !isAsking(intent)) return 'none'
  return intent === 'request' && wanted.matches.length === 0 && !wanted.never && isForeign(parts) ? 'none' : intent
}

/** "I need a taxi for eight": nothing in it comes near the catalogue, and no word speaks of access. */
const isForeign = ({ timely, tickets, sentences, context }: Parts): boolean =>
  tickets.length === 0 &&
  !sentences.some(({ signs }) => signs.some(({ is }) => speaksOfAccess.has(is))) &&
  nearestTo(timely, context.catalogue).length === 0
const speaksOfAccess = new Set<Sign['is']>(['thing', 'rights', 'detail', 'get', 'activate', 'raise'])

/** Whom a message is about that asks nothing for them. */
function personOf(intent: Intent, { text, persons }: Parts): Parts['persons'][number] | undefined {
  if (intent === 'pending') return askerOf(text, persons)
  if (ofRequests.has(intent)) return subjectOf(text, persons)
  return ofPersons.has(intent) ? persons[0] : undefined
}

/** Whom these are about; in others a name only tells more. */
const ofPersons = new Set<Ask['intent']>(['holders', 'recap', 'revoke', 'delegate'])
/** These are mostly about the speaker's own: a name may only be of who decides. */
const ofRequests = new Set<Ask['intent']>(['status', 'mine', 'expiring', 'end', 'why'])

/** The first ticket, unless a later one sets it right: "no wait, the ticket is INC-2". */
function meantTicket(text: string, tickets: ReturnType<typeof ticketsIn>): string | undefined {
  const [first] = tickets
  const last = tickets.at(-1)
  return first !== undefined &&
    last !== undefined &&
    /\b(?:no|wait|sorry|meant|correction|actually|wrong)\b/i.test(text.slice(first.to, last.from))
    ? last.ticket
    : first?.ticket
}

const gistIn = (sentences: readonly Sentence[]): string =>
  sentences
    .flatMap(({ signs, asked }) => [...signs.map(({ is }) => is), asked ? '?' : '.'])
    .join(' ')
    .replace(/ \.$/, '')

function told(parts: Parts, heard: Intent): Ask {
  const { language, text, tickets, detailed, persons, when, wanted, sentences } = parts
  const { catalogue } = parts.context
  // Keeping a sandbox is asked for like any exception; only what somebody holds is extended.
  const intent = heard === 'extend' && isLifetime(wanted.matches, catalogue) ? 'request' : heard
  const asks = isAsking(intent)
  const timed = asks || intent === 'delegate'
  const bounded = wanted.matches.every(({ id }) => isException(catalogue, id))
  const said: readonly Stretch[] = [...tickets, ...when.said, ...wanted.said, ...(bounded ? detailed.said : [])]
  const places = [...wanted.said, ...wanted.about]
  const beneficiary = asks
    ? (beneficiaryIn(text, persons, (person) => adjoins(text, person, places, said, language), wanted.about) ??
      (intent === 'extend' ? holderIn(text, persons, wanted.about) : undefined))
    : undefined
  const justification = asks ? reasonIn(text, said, beneficiary, wanted.about, language) : undefined
  const person = personOf(intent, parts)?.handle
  const ticket = intent === 'none' ? undefined : meantTicket(text, tickets)
  const entitlements = meant(intent, wanted)
  return {
    intent,
    entitlements,
    each: wanted.each && entitlements.length > 1,
    nearest:
      asks && entitlements.length === 0 && !wanted.never
        ? nearestTo(blank(text, [...tickets, ...when.said]), catalogue)
        : [],
    ...(wanted.broader === undefined || wanted.broader.length === 0 || entitlements.length === 0
      ? {}
      : { broader: wanted.broader }),
    never: wanted.never && intent !== 'none',
    ...(timed && when.duration !== undefined ? { duration: when.duration } : {}),
    ...(timed && intent !== 'extend' && when.start !== undefined ? { start: when.start } : {}),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(beneficiary === undefined ? {} : { beneficiary: beneficiary.handle }),
    ...(person === undefined ? {} : { person }),
    details: asks && bounded ? detailed.details : {},
    emergency: intent === 'request' && isBreakGlass(entitlements, catalogue),
    language: language.tag,
    because: { gist: gistIn(sentences), words: wanted.by },
  }
}

/** What of the things found the intent is about: one that is asked about is named or clearly described, never a category. */
function meant(intent: Ask['intent'], { matches, each, clearest }: Wanted): readonly Match[] {
  if (intent === 'none' || intent === 'smalltalk' || intent === 'help') return []
  const vague = matches.length > 1 && matches.every(({ sure }) => sure === 'partly')
  if (isAsking(intent) || !vague || each) return matches
  return matches.filter(({ id }) => id === clearest)
}

/** "Tom's contractor workspace, could you prolong it": whose it is. */
const holderIn = (
  text: string,
  persons: Parts['persons'],
  about: readonly Stretch[],
): Parts['persons'][number] | undefined =>
  persons.find(
    ({ to }) => /^['’]s\s/.test(text.slice(to, to + 3)) && about.some(({ from }) => from >= to && from - to < 12),
  )

/** Whether nothing but frame stands between what is wanted and this person: "AI admin for Lena". */
const adjoins = (
  text: string,
  person: Stretch,
  wanted: readonly Stretch[],
  said: readonly Stretch[],
  language: Language,
): boolean =>
  wanted.some(({ from, to }) => {
    if (person.from >= from && person.to <= to) return true
    return to <= person.from
      ? onlyFrame(blank(text, said).slice(to, person.from), language)
      : onlyFrame(blank(text, said).slice(person.to, from), language)
  })

const isException = ({ entitlements }: Catalogue, id: EntitlementId): boolean => {
  const entry = entitlements.get(id)
  return entry !== undefined && 'limits' in entry
}

const isLifetime = (matches: readonly Match[], { entitlements }: Catalogue): boolean =>
  matches.length === 1 && matches.every(({ id }) => entitlements.get(id)?.kind === 'expiryExtension')

const isBreakGlass = (matches: readonly Match[], { entitlements }: Catalogue): boolean =>
  matches.length === 1 && matches.every(({ id }) => entitlements.get(id)?.breakGlass === true)
