import type { AnswerSaid, ApproverStage } from '../workflow/answers.ts'
import type { NamedDecider } from '../workflow/views.ts'
import { holderFacts, observedLine } from './en-lists.ts'
import { allOf, anyOf, count, moment, momentAt, named, type Reader, span } from './reader.ts'

// Answers to questions that are a few sentences: what is so, and what to do next.

/** In the chat's markdown, or plain for a lock screen. */
export function answerSaid(reader: Reader, what: AnswerSaid): string {
  switch (what.kind) {
    case 'can-help':
      return canHelp(reader, what)
    case 'no-way-round':
      return 'No: nobody is talked round here, and I hold no keys to give. Whoever owns the access decides, on a form that you can have at once.'
    case 'nothing-held':
      return `Entra lists nothing that you hold or could switch on, and you have asked for nothing. ${link(reader, 'Look in the portal', what.portal)}, or write **catalogue** to see what you can ask for.`
    case 'nothing-expires':
      return what.endless === 0
        ? 'You hold nothing that could run out.'
        : `Nothing of yours runs out: Entra lists ${count(reader, what.endless)} without an end. Write **my access** to see it.`
    case 'no-requests':
      return 'I know of no such request of yours. Tell me which access you need, for how long and why.'
    case 'nothing-to-cancel':
      return 'You have no open request that could be withdrawn. Write **status** to see the last one.'
    case 'nothing-to-end':
      return nothingToEnd(reader, what)
    case 'brought-down':
      return what.what === 'form' ? 'The form is at the end of this chat.' : 'The card is at the end of this chat.'
    case 'only-your-own':
      return 'I only tell people about their own requests. What waits for your decision is under **pending**; who holds what you own, under "who has …".'
    case 'nothing-listed':
      return 'There is nothing in our catalogue that you could ask for. If you need something, ask the owner of the system you want to use.'
    case 'name-it':
      return what.examples.length === 0
        ? 'Of what? Name the access that you mean, or write **catalogue** to see what you can ask for.'
        : `Of what? Name one of these: ${anyOf(
            reader,
            what.examples.map((name) => named(reader, name, 60)),
          )}.`
    case 'approvers':
      return approversSaid(reader, what)
    case 'holders-not-told':
      return `Who holds ${named(reader, what.entitlement, 100)} is shown to its owners and to security only. ${askThem(reader, what.owners)}`
    case 'holders-unread':
      return `I cannot read yet who holds ${named(reader, what.entitlement, 100)}.${what.portal === undefined ? ' Ask those who apply it.' : ` ${link(reader, 'Look in the portal', what.portal)}.`}`
    case 'holds-it':
      return holdsIt(reader, what)
    case 'nothing-to-recap':
      return 'I know of no elevation of yours that this could be about. Write **my access** to see what Entra lists.'
    case 'cannot-extend':
      return cannotExtend(reader, what.active)
    case 'cannot-revoke':
      return `I never take access from anybody. ${what.entitlement === undefined ? 'An administrator' : `For ${named(reader, what.entitlement, 100)} an administrator`} can: ${link(reader, 'Assignments in Entra', what.portal)}. ${what.owners.length === 0 ? 'What runs through me ends by itself.' : askThem(reader, what.owners)}`
    case 'cannot-delegate':
      return `Nobody can decide in your place through me yet${what.to === undefined ? '' : `, ${named(reader, what.to)} neither`}. While you are away, the backup named in the catalogue is asked as soon as you stay silent; a change of the catalogue puts somebody else there.`
    case 'cannot-for-others':
      return forOthers(reader, what)
    default:
      return what satisfies never
  }
}

const link = (reader: Reader, words: string, url: string): string =>
  reader.place === 'markdown' ? `[${words}](${url})` : words

const people = (reader: Reader, names: readonly string[]): readonly string[] => names.map((name) => named(reader, name))

const askThem = (reader: Reader, owners: readonly string[]): string =>
  owners.length === 0 ? 'Ask its owner.' : `Ask ${anyOf(reader, people(reader, owners))}.`

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')

function canHelp(reader: Reader, { owns, decides, examples }: Extract<AnswerSaid, { kind: 'can-help' }>): string {
  const asking =
    examples.length === 0
      ? ['Entra does not list you for a role that I could ask for. Write **catalogue** to see what else there is.']
      : [
          'Say what you need, for how long and why, such as:',
          list(examples.map((name) => `"${named(reader, name, 100)} for 2 hours to …"`)),
        ]
  const words = [
    '**my access**: what you hold, could switch on and have asked for',
    '**what expires**: what of it runs out, soonest first',
    '**status**, **cancel** or **end it**: brings the card of your request down to you',
    '**catalogue**, or a task such as "which role lets me register an app": what fits',
    '**who approves …** and **why**: who decides, and by which rules',
    ...(decides ? ['**pending**: what waits for your decision'] : []),
    ...(owns.length === 0
      ? []
      : [
          `**who has …**: who holds what you own (${allOf(
            reader,
            owns.map((name) => named(reader, name, 60)),
          )})`,
        ]),
  ]
  return [...asking, 'I also understand:', list(words), 'Nothing is sent before you press Submit on a form.'].join(
    '\n\n',
  )
}

function nothingToEnd(reader: Reader, { outside, portal }: Extract<AnswerSaid, { kind: 'nothing-to-end' }>): string {
  if (outside.length === 0) return 'Nothing of yours is active through me, so there is nothing to end.'
  const names = outside.map(({ name, until }) =>
    until === null ? named(reader, name, 100) : `${named(reader, name, 100)} (until ${moment(reader, until)})`,
  )
  return `${allOf(reader, names)}: switched on outside Latchkey, so it is ended there too. ${link(reader, 'Open the portal', portal)}.`
}

function cannotExtend(reader: Reader, active: Extract<AnswerSaid, { kind: 'cannot-extend' }>['active']): string {
  if (active.length === 0)
    return 'Nothing of yours is active, so there is nothing to make longer. Tell me what you need, for how long and why.'
  const lines = active.map(({ name, until }) =>
    until === null
      ? `${named(reader, name, 100)} has no end.`
      : `${named(reader, name, 100)} ends ${momentAt(reader, until)}. Ask for it again then, in the same words.`,
  )
  return ['Entra cannot make a running activation longer.', ...lines].join(' ')
}

function forOthers(
  reader: Reader,
  { person, entitlement, duration }: Extract<AnswerSaid, { kind: 'cannot-for-others' }>,
): string {
  const who = named(reader, person)
  const what = entitlement === undefined ? 'what they need' : named(reader, entitlement, 100)
  const long = duration === undefined ? '' : ` for ${span(reader, duration)}`
  return `I cannot ask for ${who}: Entra takes a request only from the person who will hold the access, signed in as themselves. ${who} can write to me "I need ${what}${long} to …", and you can forward this message.`
}

function holdsIt(
  reader: Reader,
  { person, entitlement, rows, observedAt }: Extract<AnswerSaid, { kind: 'holds-it' }>,
): string {
  const what = named(reader, entitlement, 100)
  const who = named(reader, person)
  if (rows.length === 0)
    return `No: Entra lists ${who} neither as holding ${what} nor as able to switch it on. ${observedLine(reader, observedAt)}`
  const lines = rows.map(
    (row) => `${row.as === 'eligible' ? 'can switch it on' : 'holds it now'}, ${holderFacts(reader, row)}`,
  )
  return `${who} and ${what}: ${lines.join('; ')}. ${observedLine(reader, observedAt)}`
}

function approversSaid(
  reader: Reader,
  { entitlement, stages, owners, portal }: Extract<AnswerSaid, { kind: 'approvers' }>,
): string {
  const lines = stages.map((stage, index) => {
    const head = stages.length > 1 ? `**Stage ${count(reader, index + 1)}:** ` : ''
    return `${head}${stageSaid(reader, stage)}`
  })
  const elsewhere =
    portal === undefined ? [] : [`I cannot ask for this kind yet: ${link(reader, 'ask in the portal', portal)}.`]
  return [
    `${named(reader, entitlement, 100)} ${stages.length === 0 ? 'needs nobody to say yes.' : 'is decided by:'}`,
    ...lines,
    ...(owners.length === 0 ? [] : [`Owned by ${allOf(reader, people(reader, owners))}.`]),
    ...elsewhere,
  ].join('\n\n')
}

const places = {
  entra: ', in Entra',
  chat: ', in chat',
  advisory: ', in chat; Entra does not enforce it',
  portal: '',
} as const

function stageSaid(reader: Reader, { by, need, from, people: asked, standIn }: ApproverStage): string {
  const who =
    asked.length > 0
      ? anyOf(
          reader,
          asked.map((each) => reachableName(reader, each)),
        )
      : groupSaid(reader, from)
  const many = need > 1 ? ` (${count(reader, need)} of them)` : ''
  const later =
    standIn.length === 0
      ? ''
      : `. If they stay silent: ${anyOf(
          reader,
          standIn.map((each) => reachableName(reader, each)),
        )}`
  return `${who}${many}${places[by]}${later}.`
}

const reachableName = (reader: Reader, { name, reachable }: NamedDecider): string =>
  reachable ? named(reader, name) : `${named(reader, name)} (without Latchkey in Teams)`

function groupSaid(reader: Reader, from: ApproverStage['from']): string {
  if (from === undefined) return 'nobody at present'
  return from === 'manager' ? 'the manager of whoever asks' : `somebody of ${named(reader, from.set, 60)}`
}
