import { consentMissing } from './sign-in.ts'
import { entraSaid } from './entra-said.ts'
import type { NotADecider } from '../approval/stage.ts'
import { memorySilent, recordRefused } from './memory.ts'
import type { PersonId } from '../people.ts'
import type { Difference, Refusal, Unrequestable } from '../request/refusal.ts'
import { say, type Sentence } from './language.ts'
import { anyOf, count, moment, momentAt, named, quoted, type Reader, span } from './reader.ts'
import { sentence } from './safe-text.ts'
import { fieldWords } from './kinds.ts'
import { inputName, inputNotUnderstood } from './inputs.ts'

/** The button under More, which a refusal names too. */
export const approveShorter: Sentence = { en: 'Approve shorter', de: 'Kürzer genehmigen' }

/** Names of people by object id, as a view carries them. */
export type Names = ReadonlyMap<string, string>

/** `leading` where the name begins the sentence. German takes it where a nominative or an accusative stands. */
export function nameOf(reader: Reader, names: Names, person: PersonId, place: 'leading' | 'within' = 'within'): string {
  const name = named(reader, names.get(person) ?? '')
  if (name !== '') return name
  return place === 'leading'
    ? say(reader, { en: 'Somebody whose name we could not look up', de: 'Eine namentlich nicht bekannte Person' })
    : say(reader, { en: 'somebody whose name we could not look up', de: 'eine namentlich nicht bekannte Person' })
}

/** Why a tap was not carried out, and what to do about it: one or two sentences. Nothing has moved when one is given. */
export const refusalSentence = (reader: Reader, refusal: Refusal, names: Names): string =>
  say(reader, refused(reader, refusal, names))

function refused(reader: Reader, refusal: Refusal, names: Names): Sentence {
  switch (refusal.kind) {
    case 'justification-missing':
      return {
        en: 'Nothing was sent: a justification is required. Say in a sentence what you need it for, then submit again.',
        de: 'Es wurde nichts gesendet: Eine Begründung ist nötig. Schreib in einem Satz, wofür du es brauchst, und sende noch einmal ab.',
      }
    case 'input-missing': {
      const { input: name, label } = refusal
      const missing = inputName(reader, { name, ...(label === null ? {} : { label }) })
      return {
        en: `Nothing was sent: ${missing} is needed. Fill it in, then submit again.`,
        de: `Es wurde nichts gesendet: ${missing} fehlt. Füll das aus und sende noch einmal ab.`,
      }
    }
    case 'input-not-understood':
      return inputNotUnderstood(reader, refusal)
    case 'ticket-missing':
      return {
        en: 'Nothing was sent: a ticket is required. Enter its number, then submit again.',
        de: 'Es wurde nichts gesendet: Ein Ticket ist nötig. Gib seine Nummer ein und sende noch einmal ab.',
      }
    case 'ticket-not-recognised': {
      const ticket = quoted(reader, refusal.ticket, 60)
      return {
        en: `Nothing was sent: "${ticket}" is not a ticket number we know. Check it, then submit again.`,
        de: `Es wurde nichts gesendet: „${ticket}“ ist keine Ticketnummer, wie wir sie kennen. Prüf sie und sende noch einmal ab.`,
      }
    }
    case 'duration-unreadable': {
      const text = quoted(reader, refusal.text, 60)
      return {
        en: `Nothing was sent: we could not read "${text}" as a length of time. Choose one from the list, then submit again.`,
        de: `Es wurde nichts gesendet: „${text}“ konnten wir nicht als Dauer lesen. Wähl eine aus der Liste und sende noch einmal ab.`,
      }
    }
    case 'too-long': {
      const longest = span(reader, refusal.longest)
      return {
        en: `Nothing was sent: the longest allowed is ${longest}. Choose that or less, then submit again.`,
        de: `Es wurde nichts gesendet: Erlaubt sind höchstens ${longest}. Wähl das oder weniger und sende noch einmal ab.`,
      }
    }
    case 'too-short': {
      const shortest = span(reader, refusal.shortest)
      return {
        en: `Nothing was sent: the shortest allowed is ${shortest}. Choose that or more, then submit again.`,
        de: `Es wurde nichts gesendet: Nötig sind mindestens ${shortest}. Wähl das oder mehr und sende noch einmal ab.`,
      }
    }
    case 'unknown-record':
      return {
        en: 'We have no record of this card, so nothing was done. Ask again in this chat to get a new one.',
        de: 'Diese Karte ist uns nicht bekannt, deshalb ist nichts geschehen. Frag noch einmal in diesem Chat, dann bekommst du eine neue.',
      }
    case 'not-in-the-list':
      return {
        en: 'That is none of the choices, so nothing was done. Choose one from the list that opens as you type, then press the button again.',
        de: 'Das steht nicht zur Wahl, deshalb ist nichts geschehen. Wähl eine Zeile der Liste, die sich beim Tippen öffnet, und drück die Schaltfläche noch einmal.',
      }
    case 'not-yours':
      return {
        en: 'Only the person this card was made for can use it, so nothing was done. To ask for yourself, write to Latchkey in your own chat.',
        de: 'Diese Karte ist für eine andere Person, deshalb ist nichts geschehen. Willst du selbst etwas anfordern, schreib Latchkey in deinem eigenen Chat.',
      }
    case 'old-card':
      return {
        en: 'This card is no longer current, so nothing was done. Use the newest card for this request.',
        de: 'Diese Karte gilt nicht mehr, deshalb ist nichts geschehen. Nimm die neueste Karte zu dieser Anforderung.',
      }
    case 'draft-closed':
      return {
        en: 'This form is closed already, so nothing was done. Ask again to get a new one.',
        de: 'Dieses Formular ist schon geschlossen, deshalb ist nichts geschehen. Frag noch einmal, dann bekommst du ein neues.',
      }
    case 'not-eligible':
      return {
        en: 'Nothing was sent: Entra does not show you as eligible for this now. Ask whoever owns it to make you eligible.',
        de: 'Es wurde nichts gesendet: Entra führt dich dafür zurzeit nicht als berechtigt. Bitte die zuständige Person um die Berechtigung.',
      }
    case 'guests-may-not-ask':
      return {
        en: 'Nothing was sent: guests may not ask for this. Ask your host in this organisation to do the work, or to talk to its owner.',
        de: 'Es wurde nichts gesendet: Gäste dürfen das nicht anfordern. Bitte deinen Kontakt in dieser Organisation, es für dich zu tun oder mit der zuständigen Person zu sprechen.',
      }
    case 'only-guests-may-ask':
      return {
        en: 'Nothing was sent: this is for guests of this organisation, and you are a member of it. Ask its owner what is meant for you.',
        de: 'Es wurde nichts gesendet: Das ist für Gäste dieser Organisation, und du gehörst zu ihr. Frag die zuständige Person, was für dich gedacht ist.',
      }
    case 'account-disabled':
      return {
        en: 'Nothing was done: your account is disabled in Entra. Ask your help desk to enable it.',
        de: 'Es ist nichts geschehen: Dein Konto ist in Entra deaktiviert. Bitte deinen Helpdesk, es zu aktivieren.',
      }
    case 'already-open':
      return {
        en: 'Nothing was sent: you already have a request for this that is not finished. Use its card, or withdraw it first.',
        de: 'Es wurde nichts gesendet: Du hast dafür schon eine offene Anforderung. Nimm ihre Karte, oder zieh sie zuerst zurück.',
      }
    case 'cooling-down': {
      const [from, times] = [moment(reader, refusal.until), count(reader, refusal.withdrawn)]
      return {
        en: `Nothing was sent: you asked for this and withdrew it ${times} times lately, and its approvers were asked each time. You can send it again from ${from}; this form keeps what you typed.`,
        de: `Es wurde nichts gesendet: Du hast das zuletzt ${times}-mal angefordert und zurückgezogen, und jedes Mal wurden die Genehmigenden gefragt. Ab ${from} kannst du es wieder absenden; dieses Formular behält, was du eingegeben hast.`,
      }
    }
    case 'active-already': {
      const already = activeAlready(reader, refusal.until)
      return { en: `Nothing was sent. ${already}`, de: `Es wurde nichts gesendet. ${already}` }
    }
    case 'not-requestable': {
      const why = unrequestable(reader, refusal.why, names, [])
      return { en: `Nothing was sent. ${why}`, de: `Es wurde nichts gesendet. ${why}` }
    }
    case 'own-request':
      return {
        en: 'You cannot decide a request of your own, so nothing was recorded. Another approver has to answer it.',
        de: 'Über eine eigene Anforderung kannst du nicht entscheiden, deshalb wurde nichts vermerkt. Jemand anders muss sie beantworten.',
      }
    case 'may-not-decide': {
      const why = notADecider(reader, refusal.why)
      return {
        en: `Nothing was recorded: ${why}. Another approver has to answer it.`,
        de: `Es wurde nichts vermerkt: ${why}. Jemand anders muss sie beantworten.`,
      }
    }
    case 'being-decided': {
      const who = nameOf(reader, names, refusal.by, 'leading')
      return {
        en: `${who} is deciding this at the moment, so nothing was recorded. Look again in a minute.`,
        de: `${who} entscheidet gerade darüber, deshalb wurde nichts vermerkt. Sieh in einer Minute noch einmal nach.`,
      }
    }
    case 'own-tap-under-way':
      return {
        en: 'Your first tap is still on its way to Entra, so nothing more was recorded. Look again in a minute.',
        de: 'Dein erstes Antippen ist noch auf dem Weg zu Entra, deshalb wurde nichts Weiteres vermerkt. Sieh in einer Minute noch einmal nach.',
      }
    case 'comment-missing':
      return {
        en: 'Nothing was recorded: a denial needs a comment. Say why, so that the requester knows what to change, then press Deny again.',
        de: 'Es wurde nichts vermerkt: Eine Ablehnung braucht einen Kommentar. Schreib den Grund dazu, damit klar ist, was zu ändern wäre, und drück noch einmal auf Ablehnen.',
      }
    case 'differs-in-entra': {
      const each = refusal.differences.map((difference) => differs(reader, difference, names)).join(' ')
      return {
        en: `Nothing was recorded: the request in Entra is not the one on this card. ${each} Open the portal to see it, and deny it there if it is wrong.`,
        de: `Es wurde nichts vermerkt: Die Anforderung in Entra ist nicht die auf dieser Karte. ${each} Sieh sie im Portal an, und lehn sie dort ab, wenn sie falsch ist.`,
      }
    }
    case 'not-waiting-in-entra':
      return {
        en: 'Entra shows no request here that waits for your decision, so nothing was recorded. It may be answered or withdrawn already; open the portal to look.',
        de: 'In Entra wartet hier keine Anforderung auf deine Entscheidung, deshalb wurde nichts vermerkt. Vielleicht ist sie schon beantwortet oder zurückgezogen; sieh im Portal nach.',
      }
    case 'terms-stricter':
      return {
        en: 'Nothing was recorded: this request does not meet the rules for it as they are today, so it cannot be approved here. Deny it, so that the requester can ask anew.',
        de: 'Es wurde nichts vermerkt: Diese Anforderung erfüllt die heutigen Regeln nicht und kann hier nicht genehmigt werden. Lehn sie ab, damit sie neu gestellt werden kann.',
      }
    case 'decide-in-portal': {
      const link = (words: string) =>
        reader.place === 'markdown' ? `[${words}](${refusal.portal})` : `${words} (${refusal.portal})`
      return {
        en: `Nothing was recorded: Entra does not take this decision from Teams at present. Decide it in the ${link('Entra portal')}; this card shows what came of it.`,
        de: `Es wurde nichts vermerkt: Entra nimmt diese Entscheidung zurzeit nicht aus Teams an. Entscheide im ${link('Entra-Portal')}; diese Karte zeigt, was daraus wurde.`,
      }
    }
    case 'cannot-shorten':
      return {
        en: 'Nothing was recorded: Entra holds this request with its length, and that cannot be changed. Approve it as it is, or deny it and say in the comment what you would approve.',
        de: 'Es wurde nichts vermerkt: Entra hat diese Anforderung mit ihrer Dauer, und die lässt sich nicht ändern. Genehmige sie, wie sie ist, oder lehn sie ab und schreib in den Kommentar, was du genehmigen würdest.',
      }
    case 'not-shorter': {
      const [asked, shortest] = [span(reader, refusal.asked), span(reader, refusal.shortest)]
      return {
        en: `Nothing was recorded: choose less than the ${asked} asked for, and at least ${shortest}. Then press ${approveShorter.en} again.`,
        de: `Es wurde nichts vermerkt: Wähl eine kürzere Dauer als angefordert (${asked}) und mindestens ${shortest}. Dann drück noch einmal auf ${approveShorter.de}.`,
      }
    }
    case 'question-missing':
      return {
        en: 'Nothing was sent: there is no question in it yet. Write one under More, then press Ask.',
        de: 'Es wurde nichts gesendet: Es steht noch keine Frage da. Schreib sie unter Mehr und drück auf Fragen.',
      }
    case 'requester-unreachable':
      return {
        en: 'Nothing was sent: the requester does not have Latchkey in Teams. Ask them yourself, then decide here.',
        de: 'Es wurde nichts gesendet: Die anfordernde Person hat Latchkey nicht in Teams. Frag sie selbst, und entscheide dann hier.',
      }
    case 'questions-waiting': {
      const most = count(reader, refusal.most)
      return {
        en: `Nothing was sent: ${most} questions about this request wait for an answer already. Ask again once one of them is answered.`,
        de: `Es wurde nichts gesendet: ${most} Fragen zu dieser Anforderung warten schon auf eine Antwort. Frag wieder, sobald eine beantwortet ist.`,
      }
    }
    case 'stage-over':
      return {
        en: 'Nothing was done: what this card asked of you is over. If you are asked again, you get a newer card.',
        de: 'Es ist nichts geschehen: Was diese Karte von dir wollte, ist vorbei. Wirst du wieder gefragt, bekommst du eine neuere Karte.',
      }
    case 'answer-missing':
      return {
        en: 'Nothing was sent: there is no answer in it yet. Write one, then press Answer.',
        de: 'Es wurde nichts gesendet: Es steht noch keine Antwort da. Schreib eine und drück auf Antworten.',
      }
    case 'answered-already':
      return {
        en: 'Nothing was sent: you have answered this question already. The approvers see your first answer.',
        de: 'Es wurde nichts gesendet: Du hast diese Frage schon beantwortet. Die Genehmigenden sehen deine erste Antwort.',
      }
    case 'answer-not-needed': {
      const status = statusWord(reader, refusal.status)
      return {
        en: `Thank you, but nobody waits for this answer any more: the request is ${status}. Nothing was sent.`,
        de: `Danke, aber auf diese Antwort wartet niemand mehr: Die Anforderung ist ${status}. Es wurde nichts gesendet.`,
      }
    }
    case 'settled':
      return settled(reader, refusal, names)
    case 'stage-decided': {
      const at = momentAt(reader, refusal.at)
      if (refusal.by === null) {
        return {
          en: `Nothing was recorded: this step was approved ${at}. Your answer is no longer needed.`,
          de: `Es wurde nichts vermerkt: Diese Stufe wurde ${at} genehmigt. Deine Antwort ist nicht mehr nötig.`,
        }
      }
      const who = nameOf(reader, names, refusal.by, 'leading')
      return {
        en: `Nothing was recorded: ${who} approved this step ${at}. Your answer is no longer needed.`,
        de: `Es wurde nichts vermerkt: ${who} hat diese Stufe ${at} genehmigt. Deine Antwort ist nicht mehr nötig.`,
      }
    }
    case 'granted-already': {
      const until = refusal.until ? moment(reader, refusal.until) : undefined
      if (refusal.until === undefined) {
        return {
          en: 'Too late to withdraw: it has been approved meanwhile. As soon as it shows here as active, you can end it.',
          de: 'Zum Zurückziehen ist es zu spät: Es ist inzwischen genehmigt. Sobald es hier als aktiv erscheint, kannst du es beenden.',
        }
      }
      return {
        en: `Too late to withdraw: it has been approved and is active${until === undefined ? '' : ` until ${until}`}. You can end it on this card, from five minutes after its start.`,
        de: `Zum Zurückziehen ist es zu spät: Es ist genehmigt und${until === undefined ? '' : ` bis ${until}`} aktiv. Auf dieser Karte kannst du es beenden, frühestens fünf Minuten nach dem Start.`,
      }
    }
    case 'not-filed-yet':
      return {
        en: 'Nothing was done: this request has not reached Entra yet. The requester has to send it first.',
        de: 'Es ist nichts geschehen: Diese Anforderung ist noch nicht in Entra. Die anfordernde Person muss sie erst senden.',
      }
    case 'stages-changed':
      return {
        en: 'Nothing was done: the approvers of this have changed, so it is asked anew. Earlier answers no longer count; use the newest card for it.',
        de: 'Es ist nichts geschehen: Die Genehmigenden haben gewechselt, deshalb wird neu gefragt. Frühere Antworten zählen nicht mehr; nimm die neueste Karte dazu.',
      }
    case 'window-over':
      return {
        en: 'Nothing was sent: the time for the last tap is over. Ask again if you still need it.',
        de: 'Es wurde nichts gesendet: Die Zeit für den letzten Schritt ist vorbei. Fordere es noch einmal an, wenn du es noch brauchst.',
      }
    case 'not-active':
      return {
        en: 'There is nothing to end: Entra does not show this as active now. Press Check to look again.',
        de: 'Es gibt nichts zu beenden: In Entra ist das zurzeit nicht aktiv. Drück auf Prüfen, um noch einmal nachzusehen.',
      }
    case 'too-early-to-end': {
      const from = moment(reader, refusal.possibleAt)
      return {
        en: `Not ended: Entra allows that five minutes after the start at the earliest. Press End now again from ${from}.`,
        de: `Nicht beendet: Entra erlaubt das frühestens fünf Minuten nach dem Start. Drück ab ${from} noch einmal auf Jetzt beenden.`,
      }
    }
    case 'in-doubt': {
      const what = doubted(reader, refusal.about)
      return {
        en: `Nothing was done: we do not know yet whether ${what}. It is settled by looking in Entra: press Check on the request's card, or try again in a minute.`,
        de: `Es ist nichts geschehen: Wir wissen noch nicht, ob ${what}. Ein Blick in Entra klärt es: Drück auf der Karte der Anforderung auf Prüfen, oder versuch es in einer Minute noch einmal.`,
      }
    }
    case 'entra-refused':
      return entraRefused(reader, refusal)
    case 'sign-in-needed':
      return refusal.claims === null
        ? {
            en: 'Nothing was done: Entra wants you to sign in first. Press the button again and follow the sign-in that opens.',
            de: 'Es ist nichts geschehen: Entra verlangt zuerst eine Anmeldung von dir. Drück die Schaltfläche noch einmal, und folge der Anmeldung, die sich öffnet.',
          }
        : {
            en: 'Nothing was done: Entra wants a stronger sign-in than yours for this. Press the button again and follow the sign-in that opens.',
            de: 'Es ist nichts geschehen: Entra verlangt dafür eine stärkere Anmeldung als deine. Drück die Schaltfläche noch einmal, und folge der Anmeldung, die sich öffnet.',
          }
    case 'step-up-needed':
      return {
        en: 'Nothing was done: this needs a fresh sign-in, stronger than the one you have. Press the button again and follow the sign-in that opens.',
        de: 'Es ist nichts geschehen: Das braucht eine neue, stärkere Anmeldung als deine jetzige. Drück die Schaltfläche noch einmal, und folge der Anmeldung, die sich öffnet.',
      }
    case 'consent-missing':
      return consentMissing(refusal.code)
    case 'portal-only':
      return {
        en: 'Nothing was done: you hold a role with which we do not act for anybody. Do this in the Entra portal instead.',
        de: 'Es ist nichts geschehen: Du hast eine Rolle, für die wir nicht handeln. Erledige das im Entra-Portal.',
      }
    case 'tenant-silent':
      return {
        en: 'Nothing was done: Entra did not answer, so we could not check what is needed. Try again in a few minutes.',
        de: 'Es ist nichts geschehen: Entra hat nicht geantwortet, deshalb konnten wir nicht prüfen, was nötig ist. Versuch es in ein paar Minuten noch einmal.',
      }
    case 'record-refused':
      return recordRefused
    case 'memory-silent':
      return memorySilent
    case 'own-fault': {
      const reference = quoted(reader, refusal.reference, 60)
      return {
        en: `Something went wrong on our side, and we can't tell how much was done. Look again in a minute before you press again; if it lasts, tell your help desk this reference: ${reference}.`,
        de: `Bei uns ist etwas schiefgegangen, und wir wissen nicht, wie viel davon geschehen ist. Sieh in einer Minute noch einmal nach, bevor du wieder drückst; bleibt es so, nenn deinem Helpdesk diese Kennung: ${reference}.`,
      }
    }
    default:
      return refusal satisfies never
  }
}

/** How a request ended that somebody still wanted to act on: what happened, by whom and when. */
function settled(reader: Reader, { status, at, by }: Extract<Refusal, { kind: 'settled' }>, names: Names): Sentence {
  const words = Object.hasOwn(settledAs, status) ? settledAs[status] : undefined
  if (words === undefined || at === undefined) {
    const is = statusWord(reader, status)
    return {
      en: `Nothing was done: this request is ${is} already. There is nothing left to do here.`,
      de: `Es ist nichts geschehen: Diese Anforderung ist bereits ${is}. Hier ist nichts mehr zu tun.`,
    }
  }
  const when = momentAt(reader, at)
  const who = by === undefined ? undefined : nameOf(reader, names, by)
  const [byEn, byDe] = who === undefined ? ['', ''] : [` by ${who}`, ` durch ${who}`]
  return {
    en: `Nothing was done: this request ${words.en}${byEn} ${when}. There is nothing left to do here.`,
    de: `Es ist nichts geschehen: Diese Anforderung ${words.de.replace('…', `${byDe} ${when}`)}. Hier ist nichts mehr zu tun.`,
  }
}

/** In German the person and the time stand where the dots are. */
const settledAs: Readonly<Record<string, Sentence>> = {
  withdrawn: { en: 'was withdrawn', de: 'wurde… zurückgezogen' },
  denied: { en: 'was denied', de: 'wurde… abgelehnt' },
  scheduled: { en: 'was approved', de: 'wurde… genehmigt' },
  activating: { en: 'was approved', de: 'wurde… genehmigt' },
  active: { en: 'was approved', de: 'wurde… genehmigt' },
  lapsed: { en: 'lapsed', de: 'ist… verfallen' },
  refused: { en: 'was refused by Entra', de: 'wurde… von Entra abgewiesen' },
  failed: { en: 'was closed', de: 'wurde… geschlossen' },
}

/** Why nobody could decide, and who can mend it; `mend` are names of people, not yet made safe. */
export function unrequestable(reader: Reader, why: Unrequestable, names: Names, mend: readonly string[]): string {
  const safe = mend.map((name) => named(reader, name))
  const known = safe.length > 0 ? anyOf(reader, safe) : undefined
  const owner = known ?? say(reader, { en: 'its owner', de: 'die zuständige Person' })
  const administrator = known ?? say(reader, { en: 'an Entra administrator', de: 'die Entra-Administration' })
  switch (why.kind) {
    case 'nobody-may-decide': {
      const each = why.each.map(
        ({ person, why }) => `${nameOf(reader, names, person)}: ${notADecider(reader, why, 'they')}`,
      )
      const list = each.length > 0 ? ` (${each.slice(0, 6).join('; ')})` : ''
      return say(reader, {
        en: `Nobody can decide it at present${list}. Ask ${owner} to name another approver.`,
        de: `Zurzeit kann niemand darüber entscheiden${list}. Bitte ${owner}, jemand anders dafür zu benennen.`,
      })
    }
    case 'entra-names-nobody':
      return say(reader, {
        en: `Entra asks for an approval here but names no approver, so it cannot be asked for through Latchkey. Ask ${administrator} to name the approvers in its settings there.`,
        de: `Entra verlangt hier eine Genehmigung, nennt aber niemanden, der sie erteilt; über Latchkey lässt sich das nicht anfordern. Bitte ${administrator}, in den Einstellungen dort genehmigende Personen einzutragen.`,
      })
    case 'entra-and-catalogue-disagree':
      return say(reader, {
        en: `Entra and our catalogue name different approvers for it, so nobody may decide. Ask ${administrator} to bring the two together.`,
        de: `Entra und unser Katalog nennen dafür verschiedene genehmigende Personen, deshalb darf niemand entscheiden. Bitte ${administrator}, beides in Einklang zu bringen.`,
      })
    case 'entra-asks-nobody':
      return say(reader, {
        en: `It should need an approval, but Entra does not ask for one. Ask ${administrator} to switch approval on in its settings there.`,
        de: `Dafür sollte eine Genehmigung nötig sein, Entra verlangt aber keine. Bitte ${administrator}, die Genehmigung in den Einstellungen dort einzuschalten.`,
      })
    case 'not-built-yet': {
      const what = quoted(reader, why.what, 120)
      return say(reader, {
        en: `Latchkey cannot grant this yet: ${what}. Ask ${owner} how to get it meanwhile.`,
        de: `Das kann Latchkey noch nicht vergeben: ${what}. Frag ${owner}, wie du es bis dahin bekommst.`,
      })
    }
    default:
      return why satisfies never
  }
}

/** `you` for the person who pressed, `they` for somebody else. */
export function notADecider(reader: Reader, why: NotADecider, who: 'you' | 'they' = 'you'): string {
  return say(reader, notDeciding[why.kind][who])
}

const notDeciding: Readonly<Record<NotADecider['kind'], Readonly<Record<'you' | 'they', Sentence>>>> = {
  'not-in-stage': {
    you: {
      en: 'you are not an approver of this request',
      de: 'Du gehörst nicht zu den Genehmigenden dieser Anforderung',
    },
    they: { en: 'not an approver', de: 'nicht zur Genehmigung benannt' },
  },
  'no-longer-in-stage': {
    you: {
      en: 'you are no longer an approver of this',
      de: 'Du gehörst nicht mehr zu den Genehmigenden dieser Anforderung',
    },
    they: { en: 'no longer an approver', de: 'nicht mehr zur Genehmigung benannt' },
  },
  requester: {
    you: { en: 'it is your own request', de: 'Es ist deine eigene Anforderung' },
    they: { en: 'asked for it themselves', de: 'hat es selbst angefordert' },
  },
  beneficiary: {
    you: { en: 'the access would be yours', de: 'Der Zugriff wäre für dich selbst' },
    they: { en: 'would hold the access themselves', de: 'bekäme den Zugriff selbst' },
  },
  guest: {
    you: { en: 'guests may not decide this', de: 'Gäste dürfen darüber nicht entscheiden' },
    they: { en: 'a guest', de: 'Gast' },
  },
  disabled: {
    you: { en: 'your account is disabled', de: 'Dein Konto ist deaktiviert' },
    they: { en: 'account disabled', de: 'Konto deaktiviert' },
  },
  'decided-another-stage': {
    you: {
      en: 'you have decided another step of it already',
      de: 'Du hast schon über eine andere Stufe dieser Anforderung entschieden',
    },
    they: { en: 'has decided another step already', de: 'hat schon über eine andere Stufe entschieden' },
  },
  'not-asked-yet': {
    you: {
      en: 'you stand in for the others, who are asked first; you will get a card if they stay silent',
      de: 'Du vertrittst die anderen, die zuerst gefragt werden; bleiben sie stumm, bekommst du eine Karte',
    },
    they: { en: 'stands in and is not asked yet', de: 'ist Vertretung und noch nicht gefragt' },
  },
  'needed-later': {
    you: {
      en: 'a later step of this request needs you, and one person decides only one step',
      de: 'Eine spätere Stufe dieser Anforderung braucht dich, und eine Person entscheidet nur über eine Stufe',
    },
    they: { en: 'is needed in a later step', de: 'wird in einer späteren Stufe gebraucht' },
  },
  'decided-already': {
    you: { en: 'you have answered this already', de: 'Du hast schon geantwortet' },
    they: { en: 'has answered already', de: 'hat schon geantwortet' },
  },
}

/** What a call without an answer leaves open, to follow "whether". */
export const doubted = (reader: Reader, about: 'filing' | 'decision' | 'withdrawal' | 'end'): string =>
  say(reader, leftOpen[about])

const leftOpen: Readonly<Record<'filing' | 'decision' | 'withdrawal' | 'end', Sentence>> = {
  filing: { en: 'the request reached Entra', de: 'die Anforderung Entra erreicht hat' },
  decision: { en: 'the decision reached Entra', de: 'die Entscheidung Entra erreicht hat' },
  withdrawal: { en: 'Entra took the request back', de: 'Entra die Anforderung zurückgenommen hat' },
  end: { en: 'Entra ended the access', de: 'Entra den Zugriff beendet hat' },
}

/** A request's status in one or two words, to follow "is" or stand alone in a list. */
export function statusWord(reader: Reader, status: string): string {
  const known = Object.hasOwn(statusWords, status) ? statusWords[status] : undefined
  return known === undefined ? quoted(reader, status, 40) : say(reader, known)
}

const statusWords: Readonly<Record<string, Sentence>> = {
  'in-chat': { en: 'waiting for approval', de: 'noch nicht genehmigt' },
  'ready-to-file': { en: 'waiting for the last tap', de: 'bereit für den letzten Schritt' },
  filed: { en: 'waiting for approval', de: 'noch nicht genehmigt' },
  scheduled: { en: 'approved, to begin later', de: 'genehmigt, beginnt später' },
  activating: { en: 'approved and activating', de: 'genehmigt und wird aktiviert' },
  active: { en: 'active', de: 'aktiv' },
  ended: { en: 'ended', de: 'beendet' },
  denied: { en: 'denied', de: 'abgelehnt' },
  withdrawn: { en: 'withdrawn', de: 'zurückgezogen' },
  lapsed: { en: 'lapsed', de: 'verfallen' },
  refused: { en: 'refused by Entra', de: 'von Entra abgewiesen' },
  failed: { en: 'failed', de: 'fehlgeschlagen' },
}

function entraRefused(reader: Reader, { code, message }: Extract<Refusal, { kind: 'entra-refused' }>): Sentence {
  const why = entraSaid(reader, code, message)
  if (why !== undefined) return { en: `Entra refused it. ${why}`, de: `Entra hat es abgewiesen. ${why}` }
  const said = sentence(quoted(reader, message === '' ? code : message, 300))
  return {
    en: `Entra refused it and says: ${said} Put that right and try again, or open the portal.`,
    de: `Entra hat es abgewiesen und sagt: ${said} Bring das in Ordnung und versuch es noch einmal, oder öffne das Portal.`,
  }
}

const fields: Readonly<Partial<Record<Difference['field'], Sentence>>> = {
  requester: { en: 'Requester', de: 'Anfordernde Person' },
  duration: { en: 'Duration', de: 'Dauer' },
  justification: { en: 'Justification', de: 'Begründung' },
  ticket: { en: 'Ticket', de: 'Ticket' },
  request: { en: 'Request', de: 'Anforderung' },
}

function differs(reader: Reader, difference: Difference, names: Names): string {
  const field = say(reader, fields[difference.field] ?? fieldWords(difference.field).name)
  const [here, there] = bothOf(reader, difference, names)
  return say(reader, {
    en: `${field}: here "${here}", in Entra "${there}".`,
    de: `${field}: hier „${here}“, in Entra „${there}“.`,
  })
}

function bothOf(reader: Reader, difference: Difference, names: Names): readonly [here: string, there: string] {
  switch (difference.field) {
    case 'requester':
      return [nameOf(reader, names, difference.journal), nameOf(reader, names, difference.entra)]
    case 'duration': {
      const noEnd = say(reader, { en: 'no end', de: 'ohne Ende' })
      return [span(reader, difference.journal), difference.entra === null ? noEnd : span(reader, difference.entra)]
    }
    default:
      return [quoted(reader, difference.journal, 100), quoted(reader, difference.entra, 100)]
  }
}

/** It is switched on, and not by anything asked for here. */
export function activeAlready(reader: Reader, until: Date | null): string {
  if (until === null)
    return say(reader, {
      en: 'You have it already, by another way and without an end: Entra does not switch on twice what is on.',
      de: 'Du hast es schon auf anderem Weg und ohne Ende: Was an ist, schaltet Entra kein zweites Mal ein.',
    })
  const end = moment(reader, until)
  return say(reader, {
    en: `You have it already, by another way, until ${end}: Entra does not switch on twice what is on. Ask again then.`,
    de: `Du hast es schon auf anderem Weg, bis ${end}: Was an ist, schaltet Entra kein zweites Mal ein. Fordere es dann noch einmal an.`,
  })
}
