import type { AccessRequest } from '../request/request.ts'
import { approversOf, openStage, skippedStages } from '../request/request.ts'
import type { ApprovalView, ConfirmView, NamedDecider, StageView, StatusView } from '../workflow/views.ts'
import { type Names, nameOf } from './en-refusals.ts'
import { allOf, anyOf, count, moment, momentAt, named, type Reader } from './reader.ts'

// Who decides, in which order, and what happens while they are silent.

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const counted = (reader: Reader, number: number): string => words[number] ?? count(reader, number)
const leading = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const namesOf = (reader: Reader, deciders: readonly NamedDecider[]) => deciders.map(({ name }) => named(reader, name))

export const procedure =
  'This approval is procedure, not enforced by Entra: whoever is eligible can switch it on in the portal.'

/** What the approver's yes is worth. */
export const enforcement: Readonly<Record<ApprovalView['by'], string>> = {
  entra: 'Entra enforces this approval: nothing is granted until an approver says yes.',
  chat: 'You decide in chat; Entra asks for an approval of its own afterwards.',
  advisory: procedure,
}

/** Who decides, stage by stage, and then what applies to all of them: one paragraph each, the one on missing apps last. */
export function whoDecides(
  reader: Reader,
  { stages }: Pick<ConfirmView, 'stages'>,
): readonly { readonly text: string; readonly warning: boolean }[] {
  const each = stages.map((stage, index) =>
    stages.length > 1 ? `Stage ${count(reader, index + 1)}: ${stageLine(reader, stage)}` : stageLine(reader, stage),
  )
  const asked = stages.flatMap((stage) => stage.asked.map(({ name }) => name))
  const told = [
    ...(each.length === 0 ? ['Nobody is named to decide this.'] : each),
    ...(new Set(asked).size < asked.length ? ['Nobody decides more than one of these stages.'] : []),
    ...(stages.some(({ by }) => by === 'advisory') ? [procedure] : []),
  ]
  return [
    ...told.map((text) => ({ text, warning: false })),
    ...unreachable(reader, stages).map((text) => ({ text, warning: true })),
  ]
}

function stageLine(reader: Reader, stage: StageView): string {
  const where = stage.by === 'entra' ? ', and Entra enforces it' : ' in chat'
  const standIn = namesOf(reader, stage.standIn)
  return [
    deciding(reader, stage, where),
    ...(standIn.length > 0 ? [`If nobody answers: ${anyOf(reader, standIn)}.`] : []),
  ].join(' ')
}

function deciding(reader: Reader, { need, asked }: StageView, where: string): string {
  const who = namesOf(reader, asked)
  if (who.length === 0) return 'Nobody is named to decide this.'
  if (who.length < need) {
    const are = who.length === 1 ? 'is' : 'are'
    return `${allOf(reader, who)} ${are} asked, and ${counted(reader, need)} have to say yes${where}.`
  }
  if (who.length === 1) return `${anyOf(reader, who)} decides${where}.`
  if (need === 1) return `One of ${anyOf(reader, who)} decides${where}.`
  if (need === who.length) return `${allOf(reader, who)} decide${where}, and each has to say yes.`
  return `${leading(counted(reader, need))} of ${allOf(reader, who)} decide${where}.`
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
    if (who.length === 0) return []
    const lacks = who.length === 1 ? 'does not have' : 'do not have'
    const instead = inPortal ? 'can answer in the Entra portal only' : 'cannot be asked here'
    return [`${allOf(reader, who)} ${lacks} Latchkey in Teams and ${instead}: tell them yourself if it is urgent.`]
  })
}

/** Whom a request waits for; `somebody` where no name is known. */
export function awaited(reader: Reader, view: Pick<StatusView, 'request' | 'deciders'>): string {
  const who = namesOf(reader, view.deciders)
  const open = openStage(view.request)
  const missing = open === undefined ? 1 : open.stage.need - approversOf(view.request, open.index).length
  if (who.length === 0) return ''
  if (missing <= 1) return anyOf(reader, who)
  return missing >= who.length ? allOf(reader, who) : `${counted(reader, missing)} of ${allOf(reader, who)}`
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

export const stageOf = (reader: Reader, number: number, of: number): string =>
  `Stage ${count(reader, number)} of ${count(reader, of)}`

export const saidYes = (reader: Reader, yes: number, need: number): string =>
  `${count(reader, yes)} of ${count(reader, need)} have said yes`

/** What comes after this stage is approved. */
export function afterStage(reader: Reader, { request, thenEntra }: Pick<StatusView, 'request' | 'thenEntra'>): string {
  const open = openStage(request)
  const next = open === undefined ? undefined : request.stages[open.index + 1]
  if (open !== undefined && next?.by === 'chat')
    return `Once approved, stage ${count(reader, open.index + 2)} is asked.`
  return thenEntra
    ? 'Once approved, you send it to Entra with one more tap, and the last stage is asked there.'
    : 'Once approved, you switch it on with one more tap.'
}

/** What an approver must know of a request that nobody made through us; its values are Entra's. */
export function filedOutsideNote(reader: Reader, request: AccessRequest, names: Names): string[] {
  const { submission } = request
  if (submission.filedOutside !== true) return []
  const filed = `Filed in the Entra portal ${momentAt(reader, submission.submittedAt)}, not through Latchkey`
  const skipped = skippedStages(request).map(({ need, people }) => {
    const who = people.map((person) => nameOf(reader, names, person))
    if (who.length <= need) return allOf(reader, who)
    return `${counted(reader, need)} of ${allOf(reader, who)}`
  })
  if (skipped.length === 0) return [`${filed}: what you read here is what Entra shows.`]
  const approvals = skipped.length === 1 ? 'the approval in chat' : `${count(reader, skipped.length)} approvals in chat`
  return [`${filed}, and past ${approvals} by ${allOf(reader, skipped)}. Deny it, unless you know why it was done so.`]
}

/** The same for whoever filed it. */
export function filedOutsideStatus(reader: Reader, request: AccessRequest): string[] {
  if (request.submission.filedOutside !== true) return []
  const skipped = skippedStages(request).length > 0 ? ', past the approvals that are asked for in chat' : ''
  return [`You filed this in the Entra portal${skipped}. It can be followed, and taken back, here as well.`]
}

/** What happens, and when, while nobody answers. */
export function ifSilent(reader: Reader, { next, request }: Pick<StatusView, 'next' | 'request'>): string[] {
  const closes = request.phase.status === 'filed' ? 'Entra closes it' : 'It lapses'
  const backup = namesOf(reader, next?.backup ?? [])
  const asked = backup.length === 1 ? 'is' : 'are'
  return [
    ...(next?.backupAt === undefined || backup.length === 0
      ? []
      : [`If nobody answers by ${moment(reader, next.backupAt)}, ${allOf(reader, backup)} ${asked} asked too.`]),
    ...(next?.lapsesAt === undefined ? [] : [`${closes} ${momentAt(reader, next.lapsesAt)} unless somebody answers.`]),
  ]
}

/** Which stage the approver's card is for, how far it is, and who else is asked: one line, empty where all is plain. */
export function stageLineOf(reader: Reader, { stage, others }: Pick<ApprovalView, 'stage' | 'others'>): string {
  const also = others.map((name) => named(reader, name))
  return [
    ...(stage.of > 1 ? [stageOf(reader, stage.number, stage.of)] : []),
    ...(stage.need > 1 ? [saidYes(reader, stage.yes, stage.need)] : []),
    ...(also.length > 0 ? [`Also asked: ${allOf(reader, also)}`] : []),
  ].join(' · ')
}
