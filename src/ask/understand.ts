import type { Catalogue, EntitlementId } from '../entitlement/entitlement.ts'
import { ticketsIn } from '../entitlement/ticket.ts'
import type { Ask, AskContext, Match, Stretch } from './ask.ts'
import { attemptsIn } from './attempts.ts'
import { detailsIn } from './details.ts'
import { asksPlainly, intentOf } from './intent.ts'
import { languageOf } from './language.ts'
import { namesOf } from './name-index.ts'
import { nearestTo } from './nearest.ts'
import { beneficiaryIn, personsIn } from './persons.ts'
import { onlyFrame, reasonIn } from './reason.ts'
import { blank, whenOf } from './when.ts'
import { wantedIn } from './wanted.ts'

/** Teams sends no longer messages; what lies beyond would be read by nobody. */
const longestRead = 30_000

/**
 * What a message asks for. Pure: the same words, clock, zone and catalogue always mean the same. Nothing here is a
 * right: the result fills in a form, and the form is held against the terms.
 */
export function understand(message: string, context: AskContext): Ask {
  const { catalogue, now, zone } = context
  const whole = message.slice(0, longestRead)
  const address = /^\s{0,20}@[\p{L}\p{N}_-]{1,40}/u.exec(whole)?.[0] ?? ''
  const text = blank(whole, [{ from: 0, to: address.length }, ...attemptsIn(whole)])
  const tickets = ticketsIn(text, catalogue)
  const detailed = detailsIn(text, namesOf(catalogue).regions)
  const persons = personsIn(text, context)
  const when = whenOf(blank(text, [...tickets, ...detailed.said]), now, zone)
  const wanted = wantedIn(text, [...tickets, ...when.said, ...detailed.said, ...persons], catalogue)
  const [named] = wanted.matches.length > 0 || wanted.never ? wanted.about : []
  const heard = intentOf(text, {
    names: wanted.matches.length > 0 || wanted.never,
    person: persons.length > 0,
    ticket: tickets.length > 0,
    length: when.duration !== undefined,
    plainly:
      named !== undefined && asksPlainly(blank(text, [...tickets, ...when.said]), named, when.duration !== undefined),
  })
  // Keeping a sandbox is asked for like any exception; only what somebody holds is extended.
  const intent = heard === 'extend' && isLifetime(wanted.matches, catalogue) ? 'request' : heard
  const language = languageOf(whole)
  const asks = intent === 'request' || intent === 'extend'
  const timed = asks || intent === 'delegate'
  const bounded = wanted.matches.every(({ id }) => isException(catalogue, id))
  const said: readonly Stretch[] = [...tickets, ...when.said, ...wanted.said, ...(bounded ? detailed.said : [])]
  const beneficiary = asks
    ? beneficiaryIn(text, persons, (person) => adjoins(text, person, wanted.said, said))
    : undefined
  const justification = asks
    ? reasonIn(text, [...said, ...(beneficiary === undefined ? [] : [beneficiary])], wanted.about)
    : undefined
  const person = asks || intent === 'none' ? undefined : persons[0]?.handle
  const ticket = intent === 'none' ? undefined : tickets[0]?.ticket
  const entitlements = intent === 'none' ? [] : wanted.matches
  return {
    intent,
    entitlements,
    each: wanted.each && entitlements.length > 1,
    nearest:
      asks && entitlements.length === 0 && !wanted.never
        ? nearestTo(blank(text, [...tickets, ...when.said]), catalogue)
        : [],
    never: wanted.never && intent !== 'none',
    ...(timed && when.duration !== undefined ? { duration: when.duration } : {}),
    ...(timed && intent !== 'extend' && when.start !== undefined ? { start: when.start } : {}),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(beneficiary === undefined ? {} : { beneficiary: beneficiary.handle }),
    ...(person === undefined ? {} : { person }),
    details: asks && bounded ? detailed.details : {},
    emergency: intent === 'request' && isBreakGlass(entitlements, catalogue),
    language,
  }
}

/** Whether nothing but frame stands between what is wanted and this person: "AI admin for Lena". */
const adjoins = (text: string, person: Stretch, wanted: readonly Stretch[], said: readonly Stretch[]): boolean =>
  wanted.some(({ to }) => to <= person.from && onlyFrame(blank(text, said).slice(to, person.from)))

const isException = ({ entitlements }: Catalogue, id: EntitlementId): boolean => {
  const entry = entitlements.get(id)
  return entry !== undefined && 'limits' in entry
}

const isLifetime = (matches: readonly Match[], { entitlements }: Catalogue): boolean =>
  matches.length === 1 && matches.every(({ id }) => entitlements.get(id)?.kind === 'expiryExtension')

const isBreakGlass = (matches: readonly Match[], { entitlements }: Catalogue): boolean =>
  matches.length === 1 && matches.every(({ id }) => entitlements.get(id)?.breakGlass === true)
