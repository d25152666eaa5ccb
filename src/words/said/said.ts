import type { SayView } from '../../workflow/ports/views.ts'
import { memorySilent, recordRefused } from '../memory.ts'
import { answerSaid } from './answers.ts'
import { activeAlready, unrequestable } from '../refusals.ts'
import { whySaid } from '../explain/why.ts'
import { labels } from '../labels.ts'
import { say, type Sentence } from '../language.ts'
import { allOf, named, quoted, type Reader } from '../reader.ts'

/** Said back in words: a message in the chat's markdown. */
export function said(reader: Reader, what: SayView['what']): string {
  switch (what.kind) {
    case 'welcome':
      return welcome(reader, what.examples)
    case 'not-understood':
      return [say(reader, notUnderstood), examplesOf(reader, what.examples)].join('\n\n')
    case 'smalltalk':
      return say(reader, {
        en: 'Hello! Tell me which access you need, for how long and why, or write **help**.',
        de: 'Hallo! Sag mir, welchen Zugriff du brauchst, wie lange und wofür, oder schreib **Hilfe**.',
      })
    case 'never':
      return say(reader, {
        en: 'That cannot be asked for here, and nothing was done: access is granted only by the people who own it. Tell me which access you need and why, and I will ask them.',
        de: 'Das lässt sich hier nicht anfordern, und es ist nichts geschehen: Zugriff vergeben nur die, die dafür zuständig sind. Sag mir, welchen Zugriff du brauchst und wofür, dann frage ich sie.',
      })
    case 'not-eligible': {
      const access = named(reader, what.entitlement, 100)
      return say(reader, {
        en: `Entra does not show you as eligible for ${access}, so you cannot ask for it. Its owner can make you eligible.`,
        de: `Entra führt dich für ${access} nicht als berechtigt, deshalb kannst du es nicht anfordern. Die zuständige Person kann dich berechtigen.`,
      })
    }
    case 'nothing-asked':
      return say(reader, { en: 'All right, nothing was asked for.', de: 'In Ordnung, es wurde nichts angefordert.' })
    case 'press-submit': {
      const access = named(reader, what.entitlement, 100)
      return say(reader, {
        en: `Nothing is sent by writing to me. Press **${labels.submit.en}** on the form for ${access} above, or write **never mind** to put it away.`,
        de: `Schreiben allein sendet nichts ab. Drück auf **${labels.submit.de}** im Formular für ${access} oben, oder schreib **vergiss es**, um es wegzulegen.`,
      })
    }
    case 'only-for-yourself': {
      const access = named(reader, what.entitlement, 100)
      return say(reader, {
        en: `The form for ${access} can only be for you: Entra takes a request from nobody but the person who needs it, who can ask me in their own chat. If that was your reason, write it as "because …".`,
        de: `Das Formular für ${access} gilt nur für dich: Entra nimmt eine Anforderung nur von der Person an, die den Zugriff braucht, und sie kann mich in ihrem eigenen Chat fragen. War das deine Begründung, schreib sie als „weil …“.`,
      })
    }
    case 'begins-at-once':
      return say(reader, {
        en: 'A later start is not possible yet: it begins once it is approved. Ask again shortly before you need it, or submit now. Nothing is sent before you press Submit.',
        de: 'Ein späterer Start geht noch nicht: Los geht es mit der Genehmigung. Frag kurz vorher noch einmal, oder sende jetzt ab. Gesendet wird erst, wenn du auf Absenden drückst.',
      })
    case 'nothing-fits':
      return say(reader, {
        en: 'I know nothing like that to ask for. Write **catalogue** to see what you can ask for, or ask the owner of the system you want to use.',
        de: 'So etwas kenne ich nicht. Schreib **Katalog**, um zu sehen, was du anfordern kannst, oder frag, wer für das System zuständig ist.',
      })
    case 'not-yet': {
      const access = named(reader, what.entitlement, 100)
      return say(reader, {
        en: `${access} is in our catalogue, but I cannot grant that kind of access yet. Ask its owner.`,
        de: `${access} steht in unserem Katalog, aber diese Art Zugriff kann ich noch nicht vergeben. Frag die zuständige Person.`,
      })
    }
    case 'not-requestable': {
      const access = named(reader, what.entitlement, 100)
      const why = unrequestable(reader, what.why, what.names, what.mend)
      return say(reader, {
        en: `${access} cannot be asked for at present. ${why}`,
        de: `${access} lässt sich zurzeit nicht anfordern. ${why}`,
      })
    }
    case 'already-open': {
      const access = named(reader, what.entitlement, 100)
      return say(reader, {
        en: `You already have a request for ${access} that is not finished. Use its card above, or withdraw it first.`,
        de: `Für ${access} hast du schon eine offene Anforderung. Nimm ihre Karte oben, oder zieh sie zuerst zurück.`,
      })
    }
    case 'active-already':
      return activeAlready(reader, what.until)
    case 'why':
      return whySaid(reader, what.why)
    case 'written-personally':
      return addressed(reader, what.to, {
        en: `I have written to you [in our own chat](${what.link}).`,
        de: `ich habe dir [in unserem eigenen Chat](${what.link}) geschrieben.`,
      })
    case 'no-app':
      return addressed(reader, what.to, {
        en: `I answer in private, and I cannot reach you there yet. Add Latchkey under Apps in Teams, then write to me [in our own chat](${what.link}).`,
        de: `ich antworte nur unter vier Augen und erreiche dich dort noch nicht. Füg Latchkey in Teams unter Apps hinzu, und schreib mir dann [in unserem eigenen Chat](${what.link}).`,
      })
    case 'in-private':
      return say(reader, {
        en: `I talk about access only in private: write to me [in our own chat](${what.link}).`,
        de: `Über Zugriffe spreche ich nur unter vier Augen: Schreib mir [in unserem eigenen Chat](${what.link}).`,
      })
    case 'too-late':
      return tooLate(reader, what)
    case 'tenant-silent': {
      const reference = quoted(reader, what.reference, 60)
      return say(reader, {
        en: `Entra did not answer, so I could not check what you may ask for, and nothing was done. Try again in a few minutes; if it lasts, tell your help desk this reference: ${reference}.`,
        de: `Entra hat nicht geantwortet, deshalb konnte ich nicht prüfen, was du anfordern darfst, und es ist nichts geschehen. Versuch es in ein paar Minuten noch einmal; bleibt es so, nenn deinem Helpdesk diese Kennung: ${reference}.`,
      })
    }
    case 'record-refused':
      return say(reader, recordRefused)
    case 'memory-silent':
      return say(reader, memorySilent)
    case 'own-fault': {
      const reference = quoted(reader, what.reference, 60)
      return say(reader, {
        en: `Something went wrong on my side, so I couldn't answer, and nothing was requested. Try again in a few minutes; if it lasts, tell your help desk this reference: ${reference}.`,
        de: `Bei mir ist etwas schiefgegangen, deshalb konnte ich nicht antworten, und es wurde nichts angefordert. Versuch es in ein paar Minuten noch einmal; bleibt es so, nenn deinem Helpdesk diese Kennung: ${reference}.`,
      })
    }
    default:
      return answerSaid(reader, what)
  }
}

function welcome(reader: Reader, examples: readonly string[]): string {
  const [first = 'AI Administrator'] = examples
  const such = named(reader, first, 60)
  const could = allOf(
    reader,
    examples.map((name) => `**${named(reader, name, 60)}**`),
  )
  const lines: readonly Sentence[] = [
    {
      en: 'Hello, I am Latchkey. I get you access in Entra for as long as you need it, and no longer.',
      de: 'Hallo, ich bin Latchkey. Ich besorge dir Zugriff in Entra, so lange du ihn brauchst und nicht länger.',
    },
    {
      en: `Say what you need, for how long and why, for example "I need ${such} for 2 hours to fix a failing connector". You see a form before anything is sent, the right person approves, and it ends by itself.`,
      de: `Schreib, was du brauchst, wie lange und wofür, zum Beispiel „Ich brauche ${such} für 2 Stunden, um einen Konnektor zu reparieren“. Bevor etwas gesendet wird, siehst du ein Formular; die richtige Person genehmigt, und es endet von selbst.`,
    },
    ...(examples.length > 1
      ? [{ en: `You could ask for ${could}, among others.`, de: `Anfordern könntest du zum Beispiel ${could}.` }]
      : []),
    {
      en: 'Write **help** to see what else I understand.',
      de: 'Schreib **Hilfe**, um zu sehen, was ich noch verstehe.',
    },
  ]
  return lines.map((line) => say(reader, line)).join('\n\n')
}

const notUnderstood: Sentence = {
  en: 'I did not understand that, so nothing was done. Say what you need, for how long and why. For example:',
  de: 'Das habe ich nicht verstanden, deshalb ist nichts geschehen. Schreib, was du brauchst, wie lange und wofür. Zum Beispiel:',
}

function examplesOf(reader: Reader, examples: readonly string[]): string {
  const lines = examples.slice(0, 6).map((example) => {
    const words = quoted(reader, example, 160)
    return say(reader, { en: `- "${words}"`, de: `- „${words}“` })
  })
  return lines.join('\n')
}

/** The sentence as it follows a name and a comma; without a name it begins by itself. */
function addressed(reader: Reader, to: string | undefined, sentence: Sentence): string {
  const words = say(reader, sentence)
  if (to === undefined) return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
  return `${named(reader, to, 60)}, ${words}`
}

function tooLate(reader: Reader, { how, entitlement }: Extract<SayView['what'], { kind: 'too-late' }>): string {
  const access = named(reader, entitlement, 100)
  return say(reader, {
    en: `Your request for ${access} was sent before you ${how} the message, so it stands as it was. To take it back, press **${labels.withdraw.en}** on its card.`,
    de: `Deine Anforderung für ${access} wurde gesendet, bevor du die Nachricht ${how === 'edited' ? 'geändert' : 'gelöscht'} hast, und bleibt, wie sie war. Um sie zurückzunehmen, drück auf ihrer Karte auf **${labels.withdraw.de}**.`,
  })
}
