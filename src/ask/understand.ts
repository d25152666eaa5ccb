import type { Catalogue, EntitlementId } from '../entitlement/entitlement.ts'
import { ticketsIn } from '../entitlement/ticket.ts'
import type { Ask, AskContext, Match, Stretch } from './ask.ts'
import { attemptsIn } from './attempts.ts'
import { liftingError } from './azure-error.ts'
import { asideIn, clausesOf } from './clauses.ts'
import { commandIn } from './commands.ts'
import { type Detailed, detailsIn } from './details.ts'
import { gistOf, sentencesOf, type Sign, type Slot } from './gist.ts'
import { intentOf } from './intent.ts'
import { type Language, languageOf } from './language.ts'
import { namesOf } from './name-index.ts'
import { mentionsIn } from './names.ts'
import { nearestTo } from './nearest.ts'
import { beneficiaryIn, personsIn } from './persons.ts'
import { onlyFrame, reasonIn } from './reason.ts'
import { type Wanted, wantedIn } from './wanted.ts'
import { blank, whenOf } from './when.ts'

/** Teams sends no longer messages; what lies beyond would be read by nobody. */
const longestRead = 3_000

/**
 * What a message asks for. Pure: the same words, clock, zone and catalogue always mean the same. Nothing here is a
 * right: the result fills in a form, and the form is held against the terms.
 */
export function understand(message: string, context: AskContext): Ask {
  const { catalogue, now, zone } = context
  const whole = message.slice(0, longestRead)
  const address = /^\s{0,20}@[\p{L}\p{N}_-]{1,40}/u.exec(whole)?.[0] ?? ''
  const addressed = personsIn(address, context).length > 0 ? '' : address
  const attempts = attemptsIn(whole)
  const text = blank(whole, [{ from: 0, to: addressed.length }, ...attempts])
  const language = languageOf(text)
  const tickets = ticketsIn(text, catalogue)
  const detailed = detailsIn(text, namesOf(catalogue).regions)
  const persons = personsIn(text, context)
  const literal = [...tickets, ...detailed.said]
  const mentions = mentionsIn(blank(text, [...literal, ...persons]), catalogue, language)
  const slots = [
    ...slotted(mentions, 'thing'),
    ...slotted(tickets, 'ticket'),
    ...slotted(detailed.said, 'detail'),
    ...slotted(persons, 'person'),
  ]
  const rough = clausesOf(gistOf(text, slots, language), text.length)
  const timely = blank(text, [...literal, ...mentions, ...idiomsIn(text)])
  const when = whenOf(timely, now, zone, language.time, asideIn(rough))
  const begun = when.start === undefined ? [] : slotted(when.said, 'moment')
  const timed = when.duration === undefined ? begun : slotted(when.said, 'length')
  const signs = gistOf(text, [...slots, ...timed], language)
  const clear = blank(text, [...tickets, ...when.said, ...detailed.said, ...persons])
  const kinds = detailKinds(detailed)
  const wanted = wantedIn({
    text: clear,
    mentions,
    clauses: clausesOf(signs, text.length),
    details: kinds,
    hints: {
      kinds: [...new Set(kinds.map(({ kind }) => kind))],
      ...(when.duration === undefined ? {} : { duration: when.duration }),
    },
    catalogue,
    language,
  })
  const lifting = liftingError(whole, catalogue)
  const [narrowest, ...broader] = lifting
  if (narrowest !== undefined) {
    const asks = sentencesOf(signs).some(({ signs: told }) =>
      told.some(({ is }) => is === 'need' || is === 'give' || is === 'get' || is === 'please' || is === 'allow'),
    )
    const lifted: Wanted = {
      ...wanted,
      matches: [{ id: narrowest, sure: 'partly' }],
      each: false,
      broader,
      by: ['error'],
    }
    const intent = asks ? ('request' as const) : ('catalogue' as const)
    return told({
      context,
      language,
      text,
      tickets,
      detailed,
      persons,
      when,
      wanted: lifted,
      signs,
      intent,
      by: 'error',
    })
  }
  const known = mentions.length > 0 ? signs : signsWith(signs, wanted)
  const heard = commandIn(text) ?? intentOf(sentencesOf(known))
  return told({
    context,
    language,
    text,
    tickets,
    detailed,
    persons,
    when,
    wanted,
    signs: known,
    intent:
      attempts.some(({ whole: sentence }) => sentence) && heard.intent !== 'request' && heard.intent !== 'extend'
        ? 'none'
        : heard.intent === 'request' &&
            wanted.matches.length === 0 &&
            !wanted.never &&
            isForeign(timely, tickets, signs, catalogue)
          ? 'none'
          : heard.intent,
    by: heard.by,
  })
}

/** "I need a taxi for eight": nothing in it comes near the catalogue, and no word speaks of access. */
const isForeign = (
  text: string,
  tickets: ReturnType<typeof ticketsIn>,
  signs: readonly Sign[],
  catalogue: Catalogue,
): boolean =>
  tickets.length === 0 &&
  !signs.some(({ is }) => is === 'rights' || is === 'detail' || is === 'get' || is === 'activate' || is === 'raise') &&
  nearestTo(text, catalogue).length === 0

/** "Whenever you have a minute", "have a good Thursday": of time in words only. */
function idiomsIn(text: string): readonly Stretch[] {
  const idioms =
    /\b(?:you (?:get|have|got|find)|you've got|got|spare|wait|hang on|just|hold on) (?:a|one) (?:sec(?:ond)?|min(?:ute)?|moment)\b|\b(?:good|nice|great|lovely|happy|black|casual|wonderful) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b/gi
  return [...text.matchAll(idioms)].map(({ index, 0: words }) => ({ from: index, to: index + words.length }))
}

/** Whom these are about; in others a name only tells more. */
const ofPersons = new Set<Ask['intent']>([
  'status',
  'holders',
  'recap',
  'revoke',
  'delegate',
  'pending',
  'mine',
  'expiring',
  'end',
  'why',
])

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

const slotted = (stretches: readonly Stretch[], is: Slot) => stretches.map(({ from, to }) => ({ from, to, is }))

/** Where something was only described, the description's first words stand for the thing. */
function signsWith(signs: readonly Sign[], { matches, about }: Wanted): readonly Sign[] {
  const [place] = about
  if (matches.length === 0 || place === undefined) return signs
  const at = signs.findLastIndex(
    ({ from, to, is }) => from >= place.from && to <= place.to && (is === '_' || is === 'detail' || is === 'rights'),
  )
  const last = at < 0 ? signs.findLastIndex(({ from, to }) => from >= place.from && to <= place.to) : at
  return signs.flatMap((sign, index) =>
    index === last ? [...(at < 0 ? [sign] : []), { ...sign, is: 'thing' as const }] : [sign],
  )
}

/** What each detail is a detail of. */
function detailKinds({ details, said }: Detailed): readonly (Stretch & { readonly kind: string })[] {
  return said.flatMap((stretch) => {
    const kind = {
      fqdn: 'outboundFqdn',
      ip: 'ipAllow',
      amount: 'budgetRaise',
      capacity: 'modelCapacity',
      region: 'policyExemption',
    }[stretch.what]
    return details[stretch.what] === undefined ? [] : [{ from: stretch.from, to: stretch.to, kind }]
  })
}

interface Read {
  readonly context: AskContext
  readonly language: Language
  readonly text: string
  readonly tickets: ReturnType<typeof ticketsIn>
  readonly detailed: Detailed
  readonly persons: ReturnType<typeof personsIn>
  readonly when: ReturnType<typeof whenOf>
  readonly wanted: Wanted
  readonly signs: readonly Sign[]
  readonly intent: Ask['intent']
  readonly by: string
}

function told({
  context: { catalogue },
  language,
  text,
  tickets,
  detailed,
  persons,
  when,
  wanted,
  intent: heard,
  by,
}: Read): Ask {
  // Keeping a sandbox is asked for like any exception; only what somebody holds is extended.
  const intent = heard === 'extend' && isLifetime(wanted.matches, catalogue) ? 'request' : heard
  const asks = intent === 'request' || intent === 'extend'
  const timed = asks || intent === 'delegate'
  const bounded = wanted.matches.every(({ id }) => isException(catalogue, id))
  const said: readonly Stretch[] = [...tickets, ...when.said, ...wanted.said, ...(bounded ? detailed.said : [])]
  const places = [...wanted.said, ...wanted.about]
  const beneficiary = asks
    ? (beneficiaryIn(text, persons, (person) => adjoins(text, person, places, said, language), wanted.about) ??
      (intent === 'extend' ? holderIn(text, persons, wanted.about) : undefined))
    : undefined
  const justification = asks
    ? reasonIn(text, [...said, ...(beneficiary === undefined ? [] : [beneficiary])], wanted.about, language)
    : undefined
  const person = ofPersons.has(intent) ? persons[0]?.handle : undefined
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
    because: { gist: by, words: wanted.by },
  }
}

/** What of the things found the intent is about: one that is asked about is named or clearly described, never a category. */
function meant(intent: Ask['intent'], { matches, each }: Wanted): readonly Match[] {
  if (intent === 'none' || intent === 'smalltalk' || intent === 'help') return []
  const asks = intent === 'request' || intent === 'extend'
  const vague = matches.length > 1 && matches.every(({ sure }) => sure === 'partly')
  return !asks && vague && !each ? [] : matches
}

/** "Tom's contractor workspace, could you prolong it": whose it is. */
const holderIn = (
  text: string,
  persons: Read['persons'],
  about: readonly Stretch[],
): Read['persons'][number] | undefined =>
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
