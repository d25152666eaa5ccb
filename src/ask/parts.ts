import { ticketsIn } from '../entitlement/ticket.ts'
import type { AskContext, Stretch } from './ask.ts'
import { type Attempt, attemptsIn } from './attempts.ts'
import { asideIn, clausesOf } from './language/clauses.ts'
import { type Detailed, detailsIn } from './details.ts'
import { gistOf, type Sentence, sentencesOf, type Sign, type Slot } from './language/gist.ts'
import { type Language, languageOf } from './language/language.ts'
import { namesOf } from './wanted/name-index.ts'
import { mentionsIn } from './wanted/names.ts'
import { personsIn } from './persons.ts'
import type { Wanted } from './wanted/asked.ts'
import { wantedIn } from './wanted/wanted.ts'
import { cutAt } from '../text.ts'
import { blank, whenOf } from './time/when.ts'

/** Teams sends no longer messages; what lies beyond would be read by nobody. */
export const readable = (message: string): string => cutAt(message, 3_000)

/** A message taken apart: everything that its intent is read from. */
export interface Parts {
  readonly context: AskContext
  /** Without the name it begins with and what tries to talk the bot round its rules: both are blank in it. */
  readonly text: string
  readonly language: Language
  readonly attempts: readonly Attempt[]
  readonly tickets: ReturnType<typeof ticketsIn>
  readonly detailed: Detailed
  readonly persons: ReturnType<typeof personsIn>
  readonly when: ReturnType<typeof whenOf>
  /** The text without what says when it is wanted and for how long. */
  readonly timely: string
  readonly wanted: Wanted
  readonly sentences: readonly Sentence[]
}

export function partsOf(message: string, context: AskContext): Parts {
  const { catalogue, now, zone } = context
  const whole = readable(message)
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
  const sentences = sentencesOf(mentions.length > 0 ? signs : signsWith(signs, wanted))
  return { context, text, language, attempts, tickets, detailed, persons, when, timely, wanted, sentences }
}

/** "Whenever you have a minute", "have a good Thursday", "a nice weekend": of time in words only. */
function idiomsIn(text: string): readonly Stretch[] {
  const idioms =
    /\b(?:you (?:get|have|got|find)|you've got|got|spare|wait|hang on|just|hold on) (?:a|one) (?:sec(?:ond)?|min(?:ute)?|moment)\b|\b(?:good|nice|great|lovely|happy|black|casual|wonderful) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend)\b/gi
  return [...text.matchAll(idioms)].map(({ index, 0: words }) => ({ from: index, to: index + words.length }))
}

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
      region: 'regions',
    }[stretch.what]
    return details[stretch.what] === undefined ? [] : [{ from: stretch.from, to: stretch.to, kind }]
  })
}

const slotted = (stretches: readonly Stretch[], is: Slot) => stretches.map(({ from, to }) => ({ from, to, is }))
