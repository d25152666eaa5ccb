import type { Tier } from '../entitlement/entitlement.ts'
import type { Terms } from '../entitlement/terms.ts'
import { type AccessRequest, openStage } from '../request/request.ts'
import { addTime, type Duration } from '../time.ts'
import type { ClosedDraftView, NoticeView, NudgeView, SayView, StatusButton, StatusView } from '../workflow/views.ts'
import { answerSaid } from './en-answers.ts'
import { activeAlready, unrequestable } from './en-refusals.ts'
import { whySaid } from './en-why.ts'
import { count, dayOf, moment, named, quoted, type Reader, span } from './reader.ts'

// Every sentence and label that people read, in English. Functions take the reader first and make foreign text safe.

export const language = 'en'

export const labels = {
  duration: 'For how long',
  justification: 'Justification: what you need it for',
  ticket: 'Ticket',
  ticketOptional: 'Ticket (optional)',
  justificationOptional: 'Justification (optional)',
  justificationHint: 'One sentence that the approver will read',
  ticketHint: 'For example INC-48213',
  durationMissing: 'Choose how long you need it.',
  justificationMissing: 'Say in a sentence what you need it for.',
  ticketMissing: 'Enter the number of a ticket.',
  comment: 'Why you deny it (the requester reads this)',
  commentMissing: 'Say why, so that the requester knows what to change.',
  submit: 'Submit',
  discard: 'Discard',
  approve: 'Approve',
  deny: 'Deny',
  more: 'More',
  ask: 'Ask',
  answer: 'Answer',
  answerInput: 'Your answer (whoever may decide reads it)',
  answerMissing: 'Write an answer first.',
  shorter: 'Approve for less time than asked',
  shorterMissing: 'Choose a length.',
  endNow: 'End now',
  letEnd: 'Let it end',
  portal: 'Portal',
  grants: 'What it allows',
  ticketFact: 'Ticket',
  durationFact: 'For',
  tierFact: 'Risk',
  submittedFact: 'Submitted',
  observedFact: 'Last checked',
  lastHeldFact: 'Last held',
  closesFact: 'Answer by',
  none: 'none given',
  guest: 'Guest',
} as const

export const whyLine = (reader: Reader, justification: string | null): string =>
  justification === null
    ? 'The justification has been erased.'
    : `**Why:** ${justification === '' ? labels.none : quoted(reader, justification)}`

export const grantsLine = (reader: Reader, grants: string): string =>
  `**${labels.grants}:** ${quoted(reader, grants, 300)}`

export const needsNewerTeams = (what: string): string => `${what}. Update Teams to see this card.`

const tiers: Readonly<Record<Tier, string>> = { low: 'Low', medium: 'Medium', high: 'High', severe: 'Severe' }
export const tierWord = (tier: Tier): string => tiers[tier]

// ---- The confirm card -------------------------------------------------------------------------------------------

export const confirmTitle = (reader: Reader, entitlement: string): string =>
  `Ask for ${named(reader, entitlement, 100)}`

export const durationLabel = (reader: Reader, longest: Duration): string =>
  `${labels.duration} (longest ${span(reader, longest)})`

export const cutNotice = (reader: Reader, asked: Duration, longest: Duration): string =>
  `You asked for ${span(reader, asked)}. The longest allowed is ${span(reader, longest)}, so that is filled in.`

export const wordsCutNotice = (reader: Reader, most: number): string =>
  `Your justification was longer than ${count(reader, most)} characters; the rest is left out.`

export function termsLine(reader: Reader, terms: Terms, tier: Tier): string {
  const parts = [
    `Risk: ${tierWord(tier).toLowerCase()}`,
    `longest ${span(reader, terms.longest)}`,
    ...(terms.multiFactor ? ['sign-in with a second factor'] : []),
    ...(terms.stepUp.request === undefined ? [] : ['a fresh sign-in when you submit']),
  ]
  return `${parts.join(' · ')}.`
}

// ---- The status card --------------------------------------------------------------------------------------------

const sendToEntra = 'Send to Entra'
const activateNow = 'Activate now'
const buttons: Readonly<Record<Exclude<StatusButton, 'activate'>, string>> = {
  withdraw: 'Withdraw',
  end: labels.endNow,
  check: 'Check',
}
export const buttonTitle = (button: StatusButton, { thenEntra }: Pick<StatusView, 'thenEntra'>): string =>
  button === 'activate' ? lastTap(thenEntra) : buttons[button]
/** What the requester's last tap does: Entra still asks somebody, or switches it on. */
export const lastTap = (thenEntra: boolean): string => (thenEntra ? sendToEntra : activateNow)

export const endPossibleFrom = (reader: Reader, at: Date): string =>
  `You can end it from ${moment(reader, at)}: Entra allows that five minutes after the start.`

export const lastChecked = (reader: Reader, at: Date, silent = false): string =>
  silent
    ? `Last checked ${moment(reader, at)}: Entra has not answered since. Press Check to look now.`
    : `Last checked ${moment(reader, at)}.`

export const summaryOfStatus = (reader: Reader, entitlement: string, headline: string): string =>
  `${named(reader, entitlement, 40)}: ${headline}`

// ---- The approval card ------------------------------------------------------------------------------------------

export const asksFor = (reader: Reader, requester: string, entitlement: string): string =>
  `${named(reader, requester)} asks for ${named(reader, entitlement, 100)}`

export const askedBy = (reader: Reader, requester: string, entitlement: string, duration: Duration): string =>
  `${named(reader, requester)} · ${named(reader, entitlement, 100)} · ${span(reader, duration)}`

export const lastHeld = (reader: Reader, at: Date | null): string =>
  at === null ? 'never through Latchkey' : `on ${dayOf(reader, at)}`

export const signalLine = (reader: Reader, signal: { readonly label: string; readonly meaning: string }): string =>
  `**${named(reader, signal.label, 60)}:** ${quoted(reader, signal.meaning, 300)}`

/** Enough of the justification to leave the buttons in sight on a phone; the mark says where the rest stands. */
export const whyInShort = (reader: Reader, justification: string | null, most: number): string =>
  justification === null || justification === ''
    ? whyLine(reader, justification)
    : `**Why:** ${quoted(reader, justification, most, (more) => ` … (${count(reader, more)} more characters under ${labels.more})`)}`

export const closesAt = (reader: Reader, request: AccessRequest): string =>
  request.phase.status === 'filed' ? moment(reader, request.phase.filed.lapsesAt) : chatClosesAt(reader, request)

function chatClosesAt(reader: Reader, request: AccessRequest): string {
  const open = openStage(request)
  if (open === undefined || request.phase.status !== 'in-chat') return ''
  return moment(reader, addTime(request.phase.waiting.since, open.stage.rule.lapseAfter))
}

// ---- One short message ------------------------------------------------------------------------------------------

export function notice(reader: Reader, view: NoticeView): string {
  const what = named(reader, view.entitlement, 60)
  const by = view.by === null || view.by === '' ? 'an approver in Entra' : named(reader, view.by, 40)
  switch (view.about) {
    case 'active':
      return view.until === null ? `${what} is active.` : `${what} is active until ${moment(reader, view.until)}.`
    case 'denied':
      return `${what} was denied by ${by}.`
    case 'ready': {
      const by = view.until === null ? '' : ` by ${moment(reader, view.until)}`
      const { shortened } = view
      const length =
        shortened === undefined ? '' : ` for ${span(reader, shortened.to)}, not ${span(reader, shortened.asked)}`
      return `${what} is approved${length}. Tap ${lastTap(view.thenEntra === true)}${by}.`
    }
    case 'asked-anew':
      return `The approvers of ${what} have changed: it is asked anew.`
    case 'lapsed':
      return `${what} ${lapsedNotice[view.waitedFor ?? 'unsaid']}`
    case 'failed':
      return `${what} was not granted: see the card above for why.`
    case 'ended-early':
      return `${what} has ended before its time.`
    default:
      return view.about satisfies never
  }
}

// Entra does not show us whether somebody said no: of what lapsed there, nothing is claimed.
const lapsedNotice = {
  stage: 'has lapsed: nobody answered in time.',
  requester: 'has lapsed: the last tap was not made in time.',
  entra: 'is not active: closed in Entra. See the card above.',
  unsaid: 'has lapsed: see the card above for why.',
} as const

/** To somebody who was asked and has not answered. */
export const nudge = (reader: Reader, { requester, entitlement, since }: NudgeView): string =>
  `${named(reader, requester, 60)} still waits for your answer about ${named(reader, entitlement, 60)}, since ${moment(reader, since)}.`

export function closedDraft(reader: Reader, view: ClosedDraftView): { readonly title: string; readonly text: string } {
  const what = named(reader, view.entitlement, 100)
  switch (view.why) {
    case 'discarded':
      return { title: 'Discarded', text: `Nothing was sent for ${what}. Ask again whenever you need it.` }
    case 'replaced':
      return { title: 'Replaced', text: `A newer form for ${what} is further down in this chat. Use that one.` }
    case 'moved':
      return { title: 'Further down', text: `The card of ${what} now stands further down in this chat.` }
    default:
      return view.why satisfies never
  }
}

// ---- Said back in words ------------------------------------------------------------------------------------------

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')
const examplesOf = (reader: Reader, examples: readonly string[]): string =>
  list(examples.slice(0, 6).map((example) => `"${quoted(reader, example, 160)}"`))

/** A message in the chat's markdown. */
export function said(reader: Reader, what: SayView['what']): string {
  switch (what.kind) {
    case 'welcome':
      return [
        'Hello, I am Latchkey. I get you administrator access in Entra for as long as you need it, and no longer.',
        'Say what you need, for how long and why, for example "I need AI Administrator for 2 hours to rotate connector keys". You see a form before anything is sent, the right person approves, and it ends by itself.',
        'Write **help** to see what else I understand.',
      ].join('\n\n')
    case 'not-understood':
      return [
        'I did not understand that, so nothing was done. Say what you need, for how long and why. For example:',
        examplesOf(reader, what.examples),
      ].join('\n\n')
    case 'smalltalk':
      return 'Hello! Tell me which access you need, for how long and why, or write **help**.'
    case 'never':
      return 'That cannot be asked for here, and nothing was done: access is granted only by the people who own it. Tell me which access you need and why, and I will ask them.'
    case 'not-eligible':
      return `Entra does not show you as eligible for ${named(reader, what.entitlement, 100)}, so you cannot ask for it. Its owner can make you eligible.`
    case 'nothing-asked':
      return 'All right, nothing was asked for.'
    case 'press-submit':
      return `Nothing is sent by writing to me. Press **${labels.submit}** on the form for ${named(reader, what.entitlement, 100)} above, or write **never mind** to put it away.`
    case 'only-for-yourself':
      return `The form for ${named(reader, what.entitlement, 100)} can only be for you: Entra takes a request from nobody but the person who needs it, who can ask me in their own chat. If that was your reason, write it as "because …".`
    case 'begins-at-once':
      return 'A later start is not possible yet: it begins once it is approved. Ask again shortly before you need it, or submit now. Nothing is sent before you press Submit.'
    case 'nothing-fits':
      return 'I know nothing like that to ask for. Write **catalogue** to see what you can ask for, or ask the owner of the system you want to use.'
    case 'not-yet':
      return `${named(reader, what.entitlement, 100)} is in our catalogue, but I cannot grant that kind of access yet. Ask its owner.`
    case 'not-requestable':
      return `${named(reader, what.entitlement, 100)} cannot be asked for at present. ${unrequestable(reader, what.why, what.names, what.mend)}`
    case 'already-open':
      return `You already have a request for ${named(reader, what.entitlement, 100)} that is not finished. Use its card above, or withdraw it first.`
    case 'active-already':
      return activeAlready(reader, what.until)
    case 'why':
      return whySaid(reader, what.why)
    case 'written-personally':
      return `${addressed(reader, what.to)}I have written to you [in our own chat](${what.link}).`
    case 'no-app':
      return `${addressed(reader, what.to)}I answer in private, and I cannot reach you there yet. Add Latchkey under Apps in Teams, then write to me [in our own chat](${what.link}).`
    case 'in-private':
      return `I talk about access only in private: write to me [in our own chat](${what.link}).`
    case 'too-late':
      return `Your request for ${named(reader, what.entitlement, 100)} was sent before you ${what.how} the message, so it stands as it was. To take it back, press **${buttons.withdraw}** on its card.`
    case 'tenant-silent':
      return `Entra did not answer, so I could not check what you may ask for, and nothing was done. Try again in a few minutes; if it lasts, tell your help desk this reference: ${quoted(reader, what.reference, 60)}.`
    default:
      return answerSaid(reader, what)
  }
}

const addressed = (reader: Reader, to: string | undefined): string =>
  to === undefined ? '' : `${named(reader, to, 60)}, `
