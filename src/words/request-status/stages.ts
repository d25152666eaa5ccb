import type { AccessRequest } from '../../request/request.ts'
import { approversOf, openStage, skippedStages } from '../../request/request.ts'
import type { ApprovalView, ConfirmView, StatusView } from '../../workflow/ports/views.ts'
import type { NamedDecider, StageView } from '../../workflow/ports/stage-view.ts'
import { type Names, nameOf } from '../refusals.ts'
import { type Language, say, type Sentence } from '../language.ts'
import { allOf, anyOf, count, moment, momentAt, named, type Reader } from '../reader.ts'

// Who decides, in which order, and what happens while they are silent.

const words: Readonly<Record<Language, readonly string[]>> = {
  en: ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  de: ['keine', 'eine', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'],
}
const counted = (reader: Reader, number: number): string => words[reader.language][number] ?? count(reader, number)
const leading = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const namesOf = (reader: Reader, deciders: readonly NamedDecider[]) => deciders.map(({ name }) => named(reader, name))

export const procedure: Sentence = {
  en: 'This approval is procedure, not enforced by Entra: whoever is eligible can switch it on in the portal.',
  de: 'Diese Genehmigung ist ein Ablauf, den Entra nicht erzwingt: Wer berechtigt ist, kann im Portal auch ohne sie aktivieren.',
}

/** What the approver's yes is worth. */
export const enforcement: Readonly<Record<ApprovalView['by'], Sentence>> = {
  entra: {
    en: 'Entra enforces this approval: nothing is granted until an approver says yes.',
    de: 'Entra erzwingt diese Genehmigung: Vergeben wird erst, wenn eine genehmigende Person zustimmt.',
  },
  chat: {
    en: 'You decide in chat; Entra asks for an approval of its own afterwards.',
    de: 'Du entscheidest im Chat; Entra verlangt danach noch eine eigene Genehmigung.',
  },
  advisory: procedure,
}

const nobodyNamed: Sentence = {
  en: 'Nobody is named to decide this.',
  de: 'Für die Entscheidung ist niemand benannt.',
}

/** Who decides, stage by stage, and then what applies to all of them: one paragraph each, the one on missing apps last. */
export function whoDecides(
  reader: Reader,
  { stages }: Pick<ConfirmView, 'stages'>,
): readonly { readonly text: string; readonly warning: boolean }[] {
  const each = stages.map((stage, index) =>
    stages.length > 1 ? `${stageNumber(reader, index + 1)}: ${stageLine(reader, stage)}` : stageLine(reader, stage),
  )
  const asked = stages.flatMap((stage) => stage.asked.map(({ name }) => name))
  const told = [
    ...(each.length === 0 ? [say(reader, nobodyNamed)] : each),
    ...(new Set(asked).size < asked.length ? [say(reader, oneStageEach)] : []),
    ...(stages.some(({ by }) => by === 'advisory') ? [say(reader, procedure)] : []),
  ]
  return [
    ...told.map((text) => ({ text, warning: false })),
    ...unreachable(reader, stages).map((text) => ({ text, warning: true })),
  ]
}

const oneStageEach: Sentence = {
  en: 'Nobody decides more than one of these steps.',
  de: 'Niemand entscheidet über mehr als eine dieser Stufen.',
}

const stageNumber = (reader: Reader, number: number): string =>
  say(reader, { en: `Step ${count(reader, number)}`, de: `Stufe ${count(reader, number)}` })

function stageLine(reader: Reader, stage: StageView): string {
  const decide = say(reader, deciding(reader, stage))
  if (stage.standIn.length === 0) return decide
  const standIn = anyOf(reader, namesOf(reader, stage.standIn))
  const silent = say(reader, { en: `If nobody answers: ${standIn}.`, de: `Antwortet niemand: ${standIn}.` })
  return `${decide} ${silent}`
}

/** The names stand where German wants no ending of them. */
function deciding(reader: Reader, { need, asked, by }: StageView): Sentence {
  const who = namesOf(reader, asked)
  const [all, any, number] = [allOf(reader, who), anyOf(reader, who), counted(reader, need)]
  const inEntra = by === 'entra'
  const where = inEntra ? ', and Entra enforces it' : ' in chat'
  const wo = inEntra ? ', und Entra erzwingt es' : ' im Chat'
  if (who.length === 0) return nobodyNamed
  if (who.length < need)
    return {
      en: `${all} ${who.length === 1 ? 'is' : 'are'} asked, and ${number} have to say yes${where}.`,
      de: `Gefragt ${who.length === 1 ? 'ist' : 'sind'} ${all}, und ${number} müssen ${inEntra ? `zustimmen${wo}` : 'im Chat zustimmen'}.`,
    }
  if (who.length === 1) return { en: `${any} decides${where}.`, de: `${any} entscheidet${wo}.` }
  if (need === 1) return { en: `One of ${any} decides${where}.`, de: `${any} entscheidet${wo}.` }
  if (need === who.length)
    return {
      en: `${all} decide${where}, and each has to say yes.`,
      de: `${all} entscheiden${wo}, und alle müssen zustimmen.`,
    }
  return {
    en: `${leading(number)} of ${all} decide${where}.`,
    de: `${leading(number)} dieser Personen entscheiden${wo}: ${all}.`,
  }
}

/** People whom no card can reach, by what they can do instead. */
function unreachable(reader: Reader, stages: readonly StageView[]): string[] {
  const away = new Map<string, boolean>()
  for (const { by, asked, standIn } of stages) {
    for (const { name, reachable } of [...asked, ...standIn]) {
      if (!reachable) away.set(name, by === 'entra' && (away.get(name) ?? true))
    }
  }
  return [true, false].flatMap((inPortal) => {
    const who = [...away].filter(([, portal]) => portal === inPortal).map(([name]) => named(reader, name))
    return who.length === 0 ? [] : [say(reader, outOfReach(allOf(reader, who), who.length === 1, inPortal))]
  })
}

function outOfReach(who: string, one: boolean, inPortal: boolean): Sentence {
  const lacks: Sentence = one ? { en: 'does not have', de: 'hat' } : { en: 'do not have', de: 'haben' }
  const instead: Sentence = inPortal
    ? {
        en: 'can answer in the Entra portal only',
        de: one ? 'kann nur im Entra-Portal antworten' : 'können nur im Entra-Portal antworten',
      }
    : { en: 'cannot be asked here', de: one ? 'lässt sich hier nicht fragen' : 'lassen sich hier nicht fragen' }
  return {
    en: `${who} ${lacks.en} Latchkey in Teams and ${instead.en}: tell them yourself if it is urgent.`,
    de: `${who} ${lacks.de} Latchkey nicht in Teams und ${instead.de}: Sag selbst Bescheid, wenn es eilt.`,
  }
}

/** Whom a request waits for; empty where no name is known. */
export function awaited(reader: Reader, view: Pick<StatusView, 'request' | 'deciders'>): string {
  const here = view.deciders.filter(({ reachable }) => reachable)
  const who = namesOf(reader, here.length > 0 ? here : view.deciders)
  const open = openStage(view.request)
  const missing = open === undefined ? 1 : open.stage.need - approversOf(view.request, open.index).length
  if (who.length === 0) return ''
  if (missing <= 1) return anyOf(reader, who)
  return missing >= who.length ? allOf(reader, who) : someOf(reader, missing, who)
}

/** Whom of those who may decide no message reaches; empty where all were told. */
export function notReached(reader: Reader, { deciders, request }: Pick<StatusView, 'request' | 'deciders'>): string[] {
  const away = deciders.filter(({ reachable }) => !reachable)
  if (away.length === 0) return []
  const who = allOf(reader, namesOf(reader, away))
  const inPortal = openStage(request)?.stage.by === 'native'
  const instead: Sentence = inPortal
    ? {
        en: 'an answer in the Entra portal still counts',
        de: 'eine Antwort im Entra-Portal zählt trotzdem',
      }
    : { en: 'tell them yourself if it is urgent', de: 'sag selbst Bescheid, wenn es eilt' }
  return [
    say(reader, {
      en: `We can't reach ${who} in Teams; ${instead.en}.`,
      de: `In Teams erreichen wir ${who} nicht; ${instead.de}.`,
    }),
  ]
}

/** `two of Jonas, Mei and Elif`; German keeps the names out of the dative. */
function someOf(reader: Reader, number: number, who: readonly string[]): string {
  const [some, all] = [counted(reader, number), allOf(reader, who)]
  return say(reader, { en: `${some} of ${all}`, de: `${some} aus dieser Runde: ${all}` })
}

/** `Stage 1 of 2.`, and how many have said yes where more than one must; empty for a request with one answer. */
export function stageNow(reader: Reader, request: AccessRequest): string[] {
  const open = openStage(request)
  if (open === undefined) return []
  const { index, stage } = open
  const told = [
    ...(request.stages.length > 1 ? [`${stageOf(reader, index + 1, request.stages.length)}.`] : []),
    ...(stage.need > 1 ? [`${saidYes(reader, approversOf(request, index).length, stage.need)}.`] : []),
  ]
  return told.length === 0 ? [] : [told.join(' ')]
}

export function stageOf(reader: Reader, number: number, of: number): string {
  const [which, all] = [count(reader, number), count(reader, of)]
  return say(reader, { en: `Step ${which} of ${all}`, de: `Stufe ${which} von ${all}` })
}

export function saidYes(reader: Reader, yes: number, need: number): string {
  const [some, all] = [count(reader, yes), count(reader, need)]
  return say(reader, { en: `${some} of ${all} have said yes`, de: `${some} von ${all} Zustimmungen` })
}

/** Where it is approved and another stage follows: which is behind it. Undefined where nothing is left to be decided. */
export function stepApproved(reader: Reader, request: AccessRequest): string | undefined {
  const { phase, stages } = request
  const next =
    phase.status === 'ready-to-file' ? stages.findIndex(({ by }) => by === 'native') : (openStage(request)?.index ?? -1)
  if (next < 1) return undefined
  const [number, all] = [count(reader, next), count(reader, stages.length)]
  return say(reader, {
    en: `Step ${number} of ${all} approved`,
    de: `Stufe ${number} von ${all} genehmigt`,
  })
}

/** What comes after this stage is approved. */
export function afterStage(reader: Reader, { request, thenEntra }: Pick<StatusView, 'request' | 'thenEntra'>): string {
  const open = openStage(request)
  const next = open === undefined ? undefined : request.stages[open.index + 1]
  if (open !== undefined && next?.by === 'chat') {
    const number = count(reader, open.index + 2)
    return say(reader, {
      en: `Once approved, step ${number} is asked.`,
      de: `Nach der Genehmigung wird Stufe ${number} gefragt.`,
    })
  }
  return thenEntra
    ? say(reader, {
        en: 'Once approved, you send it to Entra with one more tap, and the last step is asked there.',
        de: 'Nach der Genehmigung sendest du sie mit einem weiteren Schritt an Entra, und dort wird die letzte Stufe gefragt.',
      })
    : say(reader, {
        en: 'Once approved, you switch it on with one more tap.',
        de: 'Nach der Genehmigung aktivierst du mit einem weiteren Schritt.',
      })
}

/** What an approver must know of a request that nobody made through us; its values are Entra's. */
export function filedOutsideNote(reader: Reader, request: AccessRequest, names: Names): string[] {
  const { submission } = request
  if (submission.filedOutside !== true) return []
  const at = momentAt(reader, submission.submittedAt)
  const skipped = skippedStages(request).map(({ need, people }) => {
    const who = people.map((person) => nameOf(reader, names, person))
    return who.length <= need ? allOf(reader, who) : someOf(reader, need, who)
  })
  if (skipped.length === 0)
    return [
      say(reader, {
        en: `Filed in the Entra portal ${at}, not through Latchkey: what you read here is what Entra shows.`,
        de: `${leading(at)} im Entra-Portal gestellt, nicht über Latchkey: Was hier steht, zeigt Entra.`,
      }),
    ]
  const [by, many] = [allOf(reader, skipped), count(reader, skipped.length)]
  const one = skipped.length === 1
  return [
    say(reader, {
      en: `Filed in the Entra portal ${at}, not through Latchkey, and past ${one ? 'the approval in chat' : `${many} approvals in chat`} by ${by}. Deny it, unless you know why it was done so.`,
      de: `${leading(at)} im Entra-Portal gestellt, nicht über Latchkey, und vorbei an ${one ? 'der Genehmigung im Chat' : `${many} Genehmigungen im Chat`} durch ${by}. Lehn ab, wenn du den Grund dafür nicht kennst.`,
    }),
  ]
}

/** The same for whoever filed it. */
export function filedOutsideStatus(reader: Reader, request: AccessRequest): string[] {
  if (request.submission.filedOutside !== true) return []
  const skipped = skippedStages(request).length > 0
  return [
    say(reader, {
      en: `You filed this in the Entra portal${skipped ? ', past the approvals that are asked for in chat' : ''}. It can be followed, and taken back, here as well.`,
      de: `Das hast du im Entra-Portal gestellt${skipped ? ', vorbei an den Genehmigungen im Chat' : ''}. Du kannst es auch hier verfolgen und zurückziehen.`,
    }),
  ]
}

/** What happens, and when, while nobody answers. */
export function ifSilent(reader: Reader, { next, request }: Pick<StatusView, 'next' | 'request'>): string[] {
  const backup = namesOf(reader, next?.backup ?? [])
  return [
    ...(next?.backupAt === undefined || backup.length === 0 ? [] : [backupAsked(reader, next.backupAt, backup)]),
    ...(next?.closesAt === undefined ? [] : [closing(reader, next.closesAt, request.phase.status === 'filed')]),
  ]
}

function backupAsked(reader: Reader, at: Date, backup: readonly string[]): string {
  const [by, who] = [moment(reader, at), allOf(reader, backup)]
  const one = backup.length === 1
  return say(reader, {
    en: `If nobody answers by ${by}, ${who} ${one ? 'is' : 'are'} asked too.`,
    de: `Antwortet bis ${by} niemand, ${one ? 'wird' : 'werden'} auch ${who} gefragt.`,
  })
}

function closing(reader: Reader, closesAt: Date, inEntra: boolean): string {
  const at = momentAt(reader, closesAt)
  return inEntra
    ? say(reader, {
        en: `Entra closes it ${at} unless somebody answers.`,
        de: `Entra schließt die Anforderung ${at}, wenn niemand antwortet.`,
      })
    : say(reader, {
        en: `It lapses ${at} unless somebody answers.`,
        de: `Die Anforderung verfällt ${at}, wenn niemand antwortet.`,
      })
}

/** Which stage the approver's card is for, how far it is, and who else is asked: one line, empty where all is plain. */
export function stageLineOf(reader: Reader, { stage, others }: Pick<ApprovalView, 'stage' | 'others'>): string {
  const also = allOf(
    reader,
    others.map((name) => named(reader, name)),
  )
  return [
    ...(stage.of > 1 ? [stageOf(reader, stage.number, stage.of)] : []),
    ...(stage.need > 1 ? [saidYes(reader, stage.yes, stage.need)] : []),
    ...(also === '' ? [] : [say(reader, { en: `Also asked: ${also}`, de: `Auch gefragt: ${also}` })]),
  ].join(' · ')
}
