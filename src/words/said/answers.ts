import type { AnswerSaid, ApproverStage } from '../../workflow/ports/answers.ts'
import type { NamedDecider } from '../../workflow/ports/stage-view.ts'
import { holderFacts, observedLine } from '../card/lists.ts'
import { helpSaid } from './help.ts'
import { say, type Sentence } from '../language.ts'
import { allOf, anyOf, count, moment, momentAt, named, type Reader, span } from '../reader.ts'

// Answers to questions that are a few sentences: what is so, and what to do next.

/** In the chat's markdown, or plain for a lock screen. */
export function answerSaid(reader: Reader, what: AnswerSaid): string {
  switch (what.kind) {
    case 'can-help':
      return helpSaid(reader, what)
    case 'no-way-round':
      return say(reader, {
        en: 'No: nobody is talked round here, and I hold no keys to give. Whoever owns the access decides, on a form that you can have at once.',
        de: 'Nein: Hier lässt sich niemand überreden, und ich habe keine Schlüssel zu vergeben. Wer für den Zugriff zuständig ist, entscheidet, auf ein Formular hin, das du sofort haben kannst.',
      })
    case 'nothing-held': {
      const url = what.portal
      return say(reader, {
        en: `Entra lists nothing that you hold or could switch on, and you have asked for nothing. ${link(reader, 'Look in the portal', url)}, or write **catalogue** to see what you can ask for.`,
        de: `Entra führt nichts, was du hast oder aktivieren könntest, und angefordert hast du auch nichts. ${link(reader, 'Sieh im Portal nach', url)}, oder schreib **Katalog**, um zu sehen, was du anfordern kannst.`,
      })
    }
    case 'nothing-expires':
      return nothingExpires(reader, what.endless)
    case 'no-requests':
      return say(reader, {
        en: 'I know of no such request of yours. Tell me which access you need, for how long and why.',
        de: 'So eine Anforderung von dir kenne ich nicht. Sag mir, welchen Zugriff du brauchst, wie lange und wofür.',
      })
    case 'nothing-to-cancel':
      return say(reader, {
        en: 'You have no open request that could be withdrawn. Write **status** to see the last one.',
        de: 'Du hast keine offene Anforderung, die sich zurückziehen ließe. Schreib **Status**, um die letzte zu sehen.',
      })
    case 'nothing-to-end':
      return nothingToEnd(reader, what)
    case 'brought-down':
      return say(
        reader,
        what.what === 'form'
          ? { en: 'The form is at the end of this chat.', de: 'Das Formular steht am Ende dieses Chats.' }
          : { en: 'The card is at the end of this chat.', de: 'Die Karte steht am Ende dieses Chats.' },
      )
    case 'only-your-own':
      return say(reader, {
        en: 'I only tell people about their own requests. What waits for your decision is under **pending**; who holds what you own, under "who has …".',
        de: 'Ich sage allen nur etwas über ihre eigenen Anforderungen. Was auf deine Entscheidung wartet, steht unter **was wartet auf mich**; wer hat, wofür du zuständig bist, unter „wer hat …“.',
      })
    case 'nothing-listed':
      return say(reader, {
        en: 'There is nothing in our catalogue that you could ask for. If you need something, ask the owner of the system you want to use.',
        de: 'In unserem Katalog steht nichts, was du anfordern könntest. Brauchst du etwas, frag, wer für das System zuständig ist.',
      })
    case 'name-it':
      return nameIt(reader, people(reader, what.examples, 60))
    case 'approvers':
      return approversSaid(reader, what)
    case 'holders-not-told': {
      const [access, ask] = [named(reader, what.entitlement, 100), askThem(reader, what.owners)]
      return say(reader, {
        en: `Who holds ${access} is shown to its owners and to security only. ${ask}`,
        de: `Wer ${access} hat, sehen nur die zuständigen Personen und die Sicherheit. ${ask}`,
      })
    }
    case 'holders-unread':
      return holdersUnread(reader, what)
    case 'holds-it':
      return holdsIt(reader, what)
    case 'nothing-to-recap':
      return say(reader, {
        en: 'I know of no elevation of yours that this could be about. Write **my access** to see what Entra lists.',
        de: 'Ich kenne keine Aktivierung von dir, um die es gehen könnte. Schreib **mein Zugriff**, um zu sehen, was Entra führt.',
      })
    case 'cannot-extend':
      return cannotExtend(reader, what.active)
    case 'cannot-revoke':
      return cannotRevoke(reader, what)
    case 'cannot-delegate':
      return cannotDelegate(reader, what.to)
    case 'cannot-for-others':
      return forOthers(reader, what)
    default:
      return what satisfies never
  }
}

const link = (reader: Reader, words: string, url: string): string =>
  reader.place === 'markdown' ? `[${words}](${url})` : words

const people = (reader: Reader, names: readonly string[], most = 80): readonly string[] =>
  names.map((name) => named(reader, name, most))

function askThem(reader: Reader, owners: readonly string[]): string {
  if (owners.length === 0) return say(reader, { en: 'Ask its owner.', de: 'Frag die zuständige Person.' })
  const who = anyOf(reader, people(reader, owners))
  return say(reader, { en: `Ask ${who}.`, de: `Frag ${who}.` })
}

function nothingExpires(reader: Reader, endless: number): string {
  if (endless === 0)
    return say(reader, {
      en: 'You hold nothing that could run out.',
      de: 'Du hast nichts, was ablaufen könnte.',
    })
  const many = count(reader, endless)
  return say(reader, {
    en: `Nothing of yours runs out: Entra lists ${many} without an end. Write **my access** to see it.`,
    de: `Bei dir läuft nichts ab: In Entra steht ${many}-mal etwas ohne Ende. Schreib **mein Zugriff**, um es zu sehen.`,
  })
}

function nameIt(reader: Reader, examples: readonly string[]): string {
  if (examples.length === 0)
    return say(reader, {
      en: 'Of what? Name the access that you mean, or write **catalogue** to see what you can ask for.',
      de: 'Wovon? Nenn den Zugriff, den du meinst, oder schreib **Katalog**, um zu sehen, was du anfordern kannst.',
    })
  const these = anyOf(reader, examples)
  return say(reader, { en: `Of what? Name one of these: ${these}.`, de: `Wovon? Nenn eines davon: ${these}.` })
}

function holdersUnread(
  reader: Reader,
  { entitlement, portal }: Extract<AnswerSaid, { kind: 'holders-unread' }>,
): string {
  const access = named(reader, entitlement, 100)
  return say(reader, {
    en: `I cannot read yet who holds ${access}.${portal === undefined ? ' Ask those who apply it.' : ` ${link(reader, 'Look in the portal', portal)}.`}`,
    de: `Wer ${access} hat, kann ich noch nicht lesen. ${portal === undefined ? 'Frag die, die es einrichten.' : `${link(reader, 'Sieh im Portal nach', portal)}.`}`,
  })
}

function nothingToEnd(reader: Reader, { outside, portal }: Extract<AnswerSaid, { kind: 'nothing-to-end' }>): string {
  if (outside.length === 0)
    return say(reader, {
      en: 'Nothing of yours is active through me, so there is nothing to end.',
      de: 'Über mich ist bei dir nichts aktiv, es gibt also nichts zu beenden.',
    })
  const each = outside.map(({ name, until }) => {
    if (until === null) return named(reader, name, 100)
    const [what, end] = [named(reader, name, 100), moment(reader, until)]
    return say(reader, { en: `${what} (until ${end})`, de: `${what} (bis ${end})` })
  })
  const all = allOf(reader, each)
  return say(reader, {
    en: `${all}: switched on outside Latchkey, so it is ended there too. ${link(reader, 'Open the portal', portal)}.`,
    de: `${all}: außerhalb von Latchkey aktiviert, also wird es auch dort beendet. ${link(reader, 'Öffne das Portal', portal)}.`,
  })
}

function cannotExtend(reader: Reader, active: Extract<AnswerSaid, { kind: 'cannot-extend' }>['active']): string {
  if (active.length === 0)
    return say(reader, {
      en: 'Nothing of yours is active, so there is nothing to make longer. Tell me what you need, for how long and why.',
      de: 'Bei dir ist nichts aktiv, es gibt also nichts zu verlängern. Sag mir, was du brauchst, wie lange und wofür.',
    })
  const lines = active.map(({ name, until }) => endsThen(reader, named(reader, name, 100), until))
  const cannot = say(reader, {
    en: 'Entra cannot make a running activation longer.',
    de: 'Eine laufende Aktivierung kann Entra nicht verlängern.',
  })
  return [cannot, ...lines].join(' ')
}

function endsThen(reader: Reader, what: string, until: Date | null): string {
  if (until === null) return say(reader, { en: `${what} has no end.`, de: `${what} hat kein Ende.` })
  const end = momentAt(reader, until)
  return say(reader, {
    en: `${what} ends ${end}. Ask for it again then, in the same words.`,
    de: `${what} endet ${end}. Fordere es dann noch einmal an, mit denselben Worten.`,
  })
}

function cannotRevoke(
  reader: Reader,
  { entitlement, portal, owners }: Extract<AnswerSaid, { kind: 'cannot-revoke' }>,
): string {
  const what = entitlement === undefined ? undefined : named(reader, entitlement, 100)
  const next = owners.length === 0 ? say(reader, endsByItself) : askThem(reader, owners)
  return say(reader, {
    en: `I never take access from anybody. ${what === undefined ? 'An administrator' : `For ${what} an administrator`} can: ${link(reader, 'Assignments in Entra', portal)}. ${next}`,
    de: `Ich nehme niemandem Zugriff weg. ${what === undefined ? 'Die Entra-Administration kann es' : `Bei ${what} kann es die Entra-Administration`}: ${link(reader, 'Zuweisungen in Entra', portal)}. ${next}`,
  })
}

const endsByItself: Sentence = {
  en: 'What runs through me ends by itself.',
  de: 'Was über mich läuft, endet von selbst.',
}

function cannotDelegate(reader: Reader, to: string | undefined): string {
  const who = to === undefined ? undefined : named(reader, to)
  return say(reader, {
    en: `Nobody can decide in your place through me yet${who === undefined ? '' : `, ${who} neither`}. While you are away, the backup named in the catalogue is asked as soon as you stay silent; a change of the catalogue puts somebody else there.`,
    de: `An deiner Stelle kann über mich noch niemand entscheiden${who === undefined ? '' : `, auch ${who} nicht`}. Bist du nicht da und antwortest nicht, wird die Vertretung aus dem Katalog gefragt; wer das ist, lässt sich im Katalog ändern.`,
  })
}

function forOthers(
  reader: Reader,
  { person, entitlement, duration }: Extract<AnswerSaid, { kind: 'cannot-for-others' }>,
): string {
  const who = named(reader, person)
  const what = entitlement === undefined ? undefined : named(reader, entitlement, 100)
  const long = duration === undefined ? undefined : span(reader, duration)
  return say(reader, {
    en: `I cannot ask for ${who}: Entra takes a request only from the person who will hold the access, signed in as themselves. ${who} can write to me "I need ${what ?? 'what they need'}${long === undefined ? '' : ` for ${long}`} to …", and you can forward this message.`,
    de: `Für ${who} kann ich nichts anfordern: Entra nimmt eine Anforderung nur von der Person an, die den Zugriff bekommt, mit ihrer eigenen Anmeldung. ${who} kann mir schreiben: „Ich brauche ${what ?? '…'}${long === undefined ? '' : ` für ${long}`}, um …“, und du kannst diese Nachricht weiterleiten.`,
  })
}

function holdsIt(
  reader: Reader,
  { person, entitlement, rows, observedAt }: Extract<AnswerSaid, { kind: 'holds-it' }>,
): string {
  const [who, what] = [named(reader, person), named(reader, entitlement, 100)]
  const observed = observedLine(reader, observedAt)
  if (rows.length === 0)
    return say(reader, {
      en: `No: Entra lists ${who} neither as holding ${what} nor as able to switch it on. ${observed}`,
      de: `Nein: ${who} hat ${what} laut Entra weder, noch wäre eine Aktivierung möglich. ${observed}`,
    })
  const lines = rows.map(
    (row) => `${say(reader, row.as === 'eligible' ? couldHold : holdsNow)}, ${holderFacts(reader, row)}`,
  )
  return say(reader, {
    en: `${who} and ${what}: ${lines.join('; ')}. ${observed}`,
    de: `${who} und ${what}: ${lines.join('; ')}. ${observed}`,
  })
}

const couldHold: Sentence = { en: 'can switch it on', de: 'kann es aktivieren' }
const holdsNow: Sentence = { en: 'holds it now', de: 'hat es jetzt' }

function approversSaid(
  reader: Reader,
  { entitlement, stages, owners, portal }: Extract<AnswerSaid, { kind: 'approvers' }>,
): string {
  const what = named(reader, entitlement, 100)
  const lines = stages.map((stage, index) => {
    const number = count(reader, index + 1)
    const head = stages.length > 1 ? say(reader, { en: `**Step ${number}:** `, de: `**Stufe ${number}:** ` }) : ''
    return `${head}${stageSaid(reader, stage)}`
  })
  return [
    stages.length === 0
      ? say(reader, { en: `${what} needs nobody to say yes.`, de: `${what} braucht keine Genehmigung.` })
      : say(reader, { en: `${what} is decided by:`, de: `Über ${what} entscheidet:` }),
    ...lines,
    ...(owners.length === 0 ? [] : [ownedBy(reader, allOf(reader, people(reader, owners)))]),
    ...(portal === undefined ? [] : [askElsewhere(reader, portal)]),
  ].join('\n\n')
}

const ownedBy = (reader: Reader, who: string): string =>
  say(reader, { en: `Owned by ${who}.`, de: `Zuständig: ${who}.` })

const askElsewhere = (reader: Reader, portal: string): string =>
  say(reader, {
    en: `I cannot ask for this kind yet: ${link(reader, 'ask in the portal', portal)}.`,
    de: `Diese Art kann ich noch nicht anfordern: ${link(reader, 'fordere sie im Portal an', portal)}.`,
  })

const places: Readonly<Record<ApproverStage['by'], Sentence>> = {
  entra: { en: ', in Entra', de: ', in Entra' },
  chat: { en: ', in chat', de: ', im Chat' },
  advisory: { en: ', in chat; Entra does not enforce it', de: ', im Chat; Entra erzwingt es nicht' },
  portal: { en: '', de: '' },
}

function stageSaid(reader: Reader, { by, need, from, people: asked, standIn }: ApproverStage): string {
  const who = asked.length > 0 ? reachableNames(reader, asked) : groupSaid(reader, from)
  const number = count(reader, need)
  const many = need > 1 ? say(reader, { en: ` (${number} of them)`, de: ` (${number} davon)` }) : ''
  return `${who}${many}${say(reader, places[by])}${standIn.length === 0 ? '' : ifSilent(reader, standIn)}.`
}

function ifSilent(reader: Reader, standIn: readonly NamedDecider[]): string {
  const who = reachableNames(reader, standIn)
  return say(reader, { en: `. If they stay silent: ${who}`, de: `. Antwortet niemand: ${who}` })
}

const reachableNames = (reader: Reader, deciders: readonly NamedDecider[]): string =>
  anyOf(
    reader,
    deciders.map(({ name, reachable }) => {
      const who = named(reader, name)
      return reachable
        ? who
        : say(reader, { en: `${who} (without Latchkey in Teams)`, de: `${who} (ohne Latchkey in Teams)` })
    }),
  )

function groupSaid(reader: Reader, from: ApproverStage['from']): string {
  if (from === undefined) return say(reader, { en: 'nobody at present', de: 'zurzeit niemand' })
  if (from === 'manager')
    return say(reader, {
      en: 'the manager of whoever asks',
      de: 'die Führungskraft der anfordernden Person',
    })
  const set = named(reader, from.set, 60)
  return say(reader, { en: `somebody of ${set}`, de: `jemand aus ${set}` })
}
