import type { NotADecider } from '../approval/stage.ts'
import type { PersonId } from '../people.ts'
import type { Difference, Refusal, Unrequestable } from '../request/refusal.ts'
import { allOf, anyOf, count, moment, named, quoted, type Reader, span } from './reader.ts'

/** The button under More, which a refusal names too. */
export const approveShorter = 'Approve shorter'

/** Names of people by object id, as a view carries them. */
export type Names = ReadonlyMap<string, string>

/** `leading` where the name begins the sentence. */
export function nameOf(reader: Reader, names: Names, person: PersonId, place: 'leading' | 'within' = 'within'): string {
  const name = named(reader, names.get(person) ?? '')
  if (name !== '') return name
  return `${place === 'leading' ? 'Somebody' : 'somebody'} whose name we could not look up`
}

/** Why a tap was not carried out, and what to do about it: one or two sentences. Nothing has moved when one is given. */
export function refusalSentence(reader: Reader, refusal: Refusal, names: Names): string {
  switch (refusal.kind) {
    case 'justification-missing':
      return 'Nothing was sent: a justification is required. Say in a sentence what you need it for, then submit again.'
    case 'ticket-missing':
      return 'Nothing was sent: a ticket is required. Enter its number, then submit again.'
    case 'ticket-not-recognised':
      return `Nothing was sent: "${quoted(reader, refusal.ticket, 60)}" is not a ticket number we know. Check it, then submit again.`
    case 'duration-unreadable':
      return `Nothing was sent: we could not read "${quoted(reader, refusal.text, 60)}" as a length of time. Choose one from the list, then submit again.`
    case 'too-long':
      return `Nothing was sent: the longest allowed is ${span(reader, refusal.longest)}. Choose that or less, then submit again.`
    case 'too-short':
      return `Nothing was sent: the shortest allowed is ${span(reader, refusal.shortest)}. Choose that or more, then submit again.`
    case 'unknown-record':
      return 'We have no record of this card, so nothing was done. Ask again in this chat to get a new one.'
    case 'not-yours':
      return 'Only the person this card was made for can use it, so nothing was done. To ask for yourself, write to Latchkey in your own chat.'
    case 'old-card':
      return 'This card is no longer current, so nothing was done. Use the newest card for this request.'
    case 'draft-closed':
      return 'This form is closed already, so nothing was done. Ask again to get a new one.'
    case 'not-eligible':
      return 'Nothing was sent: Entra does not show you as eligible for this now. Ask whoever owns it to make you eligible.'
    case 'guests-may-not-ask':
      return 'Nothing was sent: guests may not ask for this. Ask your host in this organisation to do the work, or to talk to its owner.'
    case 'account-disabled':
      return 'Nothing was done: your account is disabled in Entra. Ask your help desk to enable it.'
    case 'already-open':
      return 'Nothing was sent: you already have a request for this that is not finished. Use its card, or withdraw it first.'
    case 'active-already':
      return `Nothing was sent. ${activeAlready(reader, refusal.until)}`
    case 'not-requestable':
      return `Nothing was sent. ${unrequestable(reader, refusal.why, names, [])}`
    case 'own-request':
      return 'You cannot decide a request of your own, so nothing was recorded. Another approver has to answer it.'
    case 'may-not-decide':
      return `Nothing was recorded: ${notADecider(refusal.why)}. Another approver has to answer it.`
    case 'being-decided':
      return `${nameOf(reader, names, refusal.by, 'leading')} is deciding this at the moment, so nothing was recorded. Look again in a minute.`
    case 'comment-missing':
      return 'Nothing was recorded: a denial needs a comment. Say why, so that the requester knows what to change, then press Deny again.'
    case 'differs-in-entra':
      return `Nothing was recorded: the request in Entra is not the one on this card. ${refusal.differences.map((difference) => differs(reader, difference, names)).join(' ')} Open the portal to see it, and deny it there if it is wrong.`
    case 'not-waiting-in-entra':
      return 'Entra shows no request here that waits for your decision, so nothing was recorded. It may be answered or withdrawn already; open the portal to look.'
    case 'terms-stricter':
      return 'Nothing was recorded: this request does not meet the rules for it as they are today, so it cannot be approved here. Deny it, so that the requester can ask anew.'
    case 'decide-in-portal': {
      const portal =
        reader.place === 'markdown' ? `[Entra portal](${refusal.portal})` : `Entra portal (${refusal.portal})`
      return `Nothing was recorded: Entra does not take this decision from Teams at present. Decide it in the ${portal}; this card shows what came of it.`
    }
    case 'cannot-shorten':
      return 'Nothing was recorded: Entra holds this request with its length, and that cannot be changed. Approve it as it is, or deny it and say in the comment what you would approve.'
    case 'not-shorter':
      return `Nothing was recorded: choose less than the ${span(reader, refusal.asked)} asked for, and at least ${span(reader, refusal.shortest)}. Then press ${approveShorter} again.`
    case 'question-missing':
      return 'Nothing was sent: there is no question in it yet. Write one under More, then press Ask.'
    case 'requester-unreachable':
      return 'Nothing was sent: the requester does not have Latchkey in Teams. Ask them yourself, then decide here.'
    case 'questions-waiting':
      return `Nothing was sent: ${count(reader, refusal.most)} questions about this request wait for an answer already. Ask again once one of them is answered.`
    case 'stage-over':
      return 'Nothing was done: what this card asked of you is over. If you are asked again, you get a newer card.'
    case 'answer-missing':
      return 'Nothing was sent: there is no answer in it yet. Write one, then press Answer.'
    case 'answered-already':
      return 'Nothing was sent: you have answered this question already. The approvers see your first answer.'
    case 'answer-not-needed':
      return `Thank you, but nobody waits for this answer any more: the request is ${statusWord(reader, refusal.status)}. Nothing was sent.`
    case 'settled':
      return `Nothing was done: this request is ${statusWord(reader, refusal.status)} already. There is nothing left to do here.`
    case 'not-filed-yet':
      return 'Nothing was done: this request has not reached Entra yet. The requester has to send it first.'
    case 'stages-changed':
      return 'Nothing was done: the approvers of this have changed, so it is asked anew. Earlier answers no longer count; use the newest card for it.'
    case 'window-over':
      return 'Nothing was sent: the time for the last tap is over. Ask again if you still need it.'
    case 'not-active':
      return 'There is nothing to end: Entra does not show this as active now. Press Check to look again.'
    case 'too-early-to-end':
      return `Not ended: Entra allows that five minutes after the start at the earliest. Press End now again from ${moment(reader, refusal.possibleAt)}.`
    case 'in-doubt':
      return `Nothing was done: we do not know yet whether ${doubted(refusal.about)}. It is settled by looking in Entra: press Check on the request's card, or try again in a minute.`
    case 'entra-refused':
      return entraRefused(reader, refusal)
    case 'sign-in-needed':
      return refusal.claims === null
        ? 'Nothing was done: Entra wants you to sign in first. Press the button again and follow the sign-in that opens.'
        : 'Nothing was done: Entra wants a stronger sign-in than yours for this. Press the button again and follow the sign-in that opens.'
    case 'step-up-needed':
      return 'Nothing was done: this needs a fresh sign-in, stronger than the one you have. Press the button again and follow the sign-in that opens.'
    case 'portal-only':
      return 'Nothing was done: you hold a role with which we do not act for anybody. Do this in the Entra portal instead.'
    case 'tenant-silent':
      return 'Nothing was done: Entra did not answer, so we could not check what is needed. Try again in a few minutes.'
    default:
      return refusal satisfies never
  }
}

/** Why nobody could decide, and who can mend it; `mend` are names of people, not yet made safe. */
export function unrequestable(reader: Reader, why: Unrequestable, names: Names, mend: readonly string[]): string {
  const mender =
    mend.length > 0
      ? `Ask ${anyOf(
          reader,
          mend.map((name) => named(reader, name)),
        )}`
      : undefined
  const administrator = mender ?? 'Ask an Entra administrator'
  switch (why.kind) {
    case 'nobody-may-decide': {
      const each = why.each.map(({ person, why }) => `${nameOf(reader, names, person)}: ${notADecider(why, 'they')}`)
      const list = each.length > 0 ? ` (${each.slice(0, 6).join('; ')})` : ''
      return `Nobody can decide it at present${list}. ${mender ?? 'Ask its owner'} to name another approver.`
    }
    case 'entra-names-nobody':
      return `Entra asks for an approval here but names no approver, so it cannot be asked for through Latchkey. ${administrator} to name the approvers in the role's settings.`
    case 'entra-and-catalogue-disagree':
      return `Entra and our catalogue name different approvers for it, so nobody may decide. ${administrator} to bring the two together.`
    case 'entra-asks-nobody':
      return `It should need an approval, but Entra does not ask for one. ${administrator} to switch approval on in the role's settings.`
    case 'not-built-yet':
      return `Latchkey cannot grant this yet: ${quoted(reader, why.what, 120)}. ${mender ?? 'Ask its owner'} how to get it meanwhile.`
    default:
      return why satisfies never
  }
}

/** `you` for the person who pressed, `they` for somebody else. */
export function notADecider(why: NotADecider, who: 'you' | 'they' = 'you'): string {
  const you = who === 'you'
  switch (why.kind) {
    case 'not-in-stage':
      return you ? 'you are not an approver of this request' : 'not an approver'
    case 'no-longer-in-stage':
      return you ? 'you are no longer an approver of this' : 'no longer an approver'
    case 'requester':
      return you ? 'it is your own request' : 'asked for it themselves'
    case 'beneficiary':
      return you ? 'the access would be yours' : 'would hold the access themselves'
    case 'guest':
      return you ? 'guests may not decide this' : 'a guest'
    case 'disabled':
      return you ? 'your account is disabled' : 'account disabled'
    case 'decided-another-stage':
      return you ? 'you have decided another stage of it already' : 'has decided another stage already'
    case 'not-asked-yet':
      return you
        ? 'you stand in for the others, who are asked first; you will get a card if they stay silent'
        : 'stands in and is not asked yet'
    case 'needed-later':
      return you
        ? 'a later stage of this request needs you, and one person decides only one stage'
        : 'is needed in a later stage'
    case 'decided-already':
      return you ? 'you have answered this already' : 'has answered already'
    default:
      return why satisfies never
  }
}

/** What a call without an answer leaves open, to follow "whether". */
export function doubted(about: 'filing' | 'decision' | 'withdrawal' | 'end'): string {
  switch (about) {
    case 'filing':
      return 'the request reached Entra'
    case 'decision':
      return 'the decision reached Entra'
    case 'withdrawal':
      return 'Entra took the request back'
    case 'end':
      return 'Entra ended the access'
    default:
      return about satisfies never
  }
}

/** A request's status in one or two words, to follow "is" or stand alone in a list. */
export function statusWord(reader: Reader, status: string): string {
  const known: Readonly<Record<string, string>> = {
    'in-chat': 'waiting for approval',
    'ready-to-file': 'waiting for the last tap',
    filed: 'waiting for approval',
    activating: 'approved and activating',
    active: 'active',
    ended: 'ended',
    denied: 'denied',
    withdrawn: 'withdrawn',
    lapsed: 'lapsed',
    refused: 'refused by Entra',
    failed: 'failed',
  }
  return Object.hasOwn(known, status) ? (known[status] ?? '') : quoted(reader, status, 40)
}

function entraRefused(reader: Reader, refusal: Extract<Refusal, { kind: 'entra-refused' }>): string {
  const message = quoted(reader, refusal.message, 300)
  const rules = refusal.failedRules.map((rule) => named(reader, rule, 60))
  const because = rules.length > 0 ? ` Rules not met: ${allOf(reader, rules)}.` : ''
  return `Entra refused: ${message === '' ? named(reader, refusal.code, 80) : sentence(message)}${because} Put that right and try again, or open the portal.`
}

/** Ends a foreign sentence with a stop where it has none. */
export const sentence = (text: string): string => (/[.!?…)]$/.test(text) ? text : `${text}.`)

function differs(reader: Reader, difference: Difference, names: Names): string {
  const both = (field: string, here: string, there: string) => `${field}: here "${here}", in Entra "${there}".`
  const text = (field: string, each: { readonly journal: string; readonly entra: string }) =>
    both(field, quoted(reader, each.journal, 100), quoted(reader, each.entra, 100))
  switch (difference.field) {
    case 'requester':
      return both('Requester', nameOf(reader, names, difference.journal), nameOf(reader, names, difference.entra))
    case 'duration':
      return both(
        'Duration',
        span(reader, difference.journal),
        difference.entra === null ? 'no end' : span(reader, difference.entra),
      )
    case 'role':
      return text('Role', difference)
    case 'scope':
      return text('Scope', difference)
    case 'justification':
      return text('Justification', difference)
    case 'request':
      return text('Request', difference)
    default:
      return difference satisfies never
  }
}

/** It is switched on, and not by anything asked for here. */
export const activeAlready = (reader: Reader, until: Date | null): string =>
  until === null
    ? 'You have it already, by another way and without an end: Entra does not switch on twice what is on.'
    : `You have it already, by another way, until ${moment(reader, until)}: Entra does not switch on twice what is on. Ask again then.`
