import type { Deciders } from '../../approval/deciders.ts'
import { everybodyOf, type Stage } from '../../approval/stage.ts'
import { type Entitlement } from '../../entitlement/entitlement.ts'
import { EntitlementId } from '../../entitlement/entry.ts'
import type { Person, PersonId } from '../../people.ts'
import type { Assessment } from '../../request/assess.ts'
import { claimOf } from '../../request/discuss.ts'
import type { Refusal } from '../../request/refusal.ts'
import { type AccessRequest, approversOf, isOpen, endsInEntra, openStage } from '../../request/request.ts'
import { addTime } from '../../time.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft, SentCard } from '../ports/memory.ts'
import { questionId } from '../record/record-id.ts'
import type { StagesNow } from '../record/stages-now.ts'
import type {
  ApprovalView,
  ConfirmView,
  EndingView,
  EntitlementView,
  Missing,
  QuestionView,
  StatusView,
} from '../ports/views.ts'
import type { NamedDecider, StageView } from '../ports/stage-view.ts'
import { engineOf } from '../record/kinds.ts'
import { everybodyIn } from '../../request/assess.ts'
import { type Approver, approvalOffers } from '../../request/approval-offers.ts'
import { answerOffered, endingOffers, endPossibleAt, statusOffers } from '../../request/offers.ts'
import { meetTerms } from '../../entitlement/terms.ts'
import { inputsOf } from '../../entitlement/kinds/kinds.ts'
import { parseDuration } from '../../time.ts'

type Showing = Pick<Edges, 'tenant' | 'chats' | 'catalogue' | 'now' | 'realNow' | 'requests' | 'looks'>

export async function confirmView(
  edges: Showing,
  draft: Draft,
  { entitlement, terms, deciders, plan }: Assessment,
  sentBack?: Refusal,
): Promise<ConfirmView> {
  const advisory = plan.drift.some((drift) => drift.kind === 'not-enforced')
  const everybody = deciders.flatMap(({ asked, standIn }) => [...asked, ...standIn])
  const reachable = edges.chats.reachable(everybody)
  const stages = plan.stages.map((stage, index) => stageView(edges, stage, deciders[index], advisory, reachable))
  return {
    view: 'confirm',
    draft: draft.id,
    revision: draft.revision,
    entitlement: entitlementView(entitlement),
    terms,
    duration: parseDuration(draft.inputs['duration'] ?? '') ?? terms.usual,
    ...(draft.cutFrom === null ? {} : { cutFrom: draft.cutFrom }),
    justification: draft.inputs['justification'] ?? '',
    ticket: draft.inputs['ticket'] ?? '',
    more: inputsOf(entitlement).map((spec) => ({ spec, value: draft.inputs[spec.name] ?? '' })),
    ...(sentBack === undefined ? {} : { sentBack: { refusal: sentBack, missing: missingInput(sentBack) } }),
    stages: await Promise.all(stages),
    names: sentBack === undefined ? new Map() : await namesOf(edges, peopleIn(sentBack)),
  }
}

async function stageView(
  edges: Showing,
  stage: Stage,
  deciders: Deciders | undefined,
  advisory: boolean,
  reachable: Promise<ReadonlySet<PersonId>>,
): Promise<StageView> {
  const [asked, standIn] = await Promise.all([
    nameAll(edges, deciders?.asked ?? [], reachable),
    nameAll(edges, deciders?.standIn ?? [], reachable),
  ])
  return { by: stage.by === 'native' ? 'entra' : advisory ? 'advisory' : 'chat', need: stage.need, asked, standIn }
}

function missingInput(refusal: Refusal): readonly Missing[] {
  if (refusal.kind === 'justification-missing') return ['justification']
  return refusal.kind === 'ticket-missing' || refusal.kind === 'ticket-not-recognised' ? ['ticket'] : []
}

/** As the journal has it, and when the tenant last answered about it. */
export async function statusView(
  edges: Showing,
  request: AccessRequest,
  extra: { readonly refused?: Refusal; readonly today?: StagesNow } = {},
): Promise<StatusView> {
  const { submission } = request
  const moment = { at: edges.now(), realNow: edges.realNow() }
  const endPossible = endPossibleAt(request, moment)
  const { refused, today } = extra
  const looked = (await edges.looks.of([submission.id])).get(submission.id)
  const told = request.seenAt ?? submission.submittedAt
  const next = await nextSteps(edges, request, today)
  const asked = askedNow(request, today)
  const claim = claimOf(request, { asked, standIn: today?.deciders.standIn ?? [] })
  return {
    view: 'status',
    request,
    entitlement: entitlementOf(edges, request),
    deciders: await nameAll(edges, asked),
    ...(claim === undefined ? {} : { claim }),
    ...(next === undefined ? {} : { next }),
    thenEntra: endsInEntra(request),
    advisory: isAdvisory(request),
    ...(refused === undefined ? {} : { refused }),
    names: await namesOf(edges, [
      submission.requester,
      ...peopleOf(request),
      ...(refused === undefined ? [] : peopleIn(refused)),
    ]),
    buttons: statusOffers(request, submission.requester, moment),
    ...(endPossible === undefined ? {} : { endPossibleAt: endPossible }),
    observedAt: looked !== undefined && looked.answeredAt > told ? looked.answeredAt : told,
    ...(looked?.silent === true && isOpen(request) ? { silent: true as const } : {}),
    portal: engineOf(edges, request.submission.target).links.ask,
  }
}

/** Without a fresh look-up, whoever the stage named when it was frozen. */
function askedNow(request: AccessRequest, today: StagesNow | undefined): readonly PersonId[] {
  if (today !== undefined) return today.deciders.asked
  const open = openStage(request)
  if (open === undefined) return []
  const { requester, beneficiary } = request.submission
  const may = (ids: readonly PersonId[]) => ids.filter((id) => id !== requester && id !== beneficiary)
  const escalated = 'waiting' in request.phase && request.phase.waiting.escalated
  const people = may(open.stage.people)
  return people.length > 0 && !escalated ? people : [...people, ...may(open.stage.backup)]
}

async function nextSteps(
  edges: Showing,
  request: AccessRequest,
  today: StagesNow | undefined,
): Promise<StatusView['next']> {
  const open = openStage(request)
  if (open === undefined || !('waiting' in request.phase)) return undefined
  const { since, escalated } = request.phase.waiting
  const { rule } = open.stage
  const closesAt = request.phase.status === 'filed' ? request.phase.filed.closesAt : addTime(since, rule.lapseAfter)
  const backup = await nameAll(edges, escalated ? [] : (today?.deciders.standIn ?? open.stage.backup))
  return {
    ...(escalated || backup.length === 0 ? {} : { backupAt: addTime(since, rule.escalateAfter) }),
    ...(closesAt === null ? {} : { closesAt }),
    backup,
  }
}

/** @param card the reader's card, where they have one: it speaks of the stage that it was shown for. */
export async function approvalView(
  edges: Showing,
  request: AccessRequest,
  requester: Person,
  reader: PersonId,
  today: StagesNow,
  extra: { readonly card?: SentCard; readonly refused?: Refusal } = {},
): Promise<ApprovalView> {
  const open = openStage(request)
  const index = open?.index ?? lastStageOf(request, reader)
  const stage = request.stages[index]
  if (stage === undefined) throw new Error(`${request.submission.id} has no stage ${index} to show an approver`)
  const { asked } = today.deciders
  const { refused } = extra
  const claim = claimOf(request, today.deciders)
  const requesterReachable = (await edges.chats.reference(requester.id)) !== undefined
  const approver = approverOf(request, reader, today, extra.card, requesterReachable)
  const offers = approvalOffers(request, approver, { at: edges.now(), realNow: edges.realNow() })
  return {
    view: 'approval',
    request,
    requester,
    entitlement: entitlementOf(edges, request),
    names: await namesOf(edges, [
      ...peopleOf(request),
      requester.id,
      ...(refused === undefined ? [] : peopleIn(refused)),
    ]),
    open: offers !== undefined,
    stage: {
      number: index + 1,
      of: request.stages.length,
      yes: approversOf(request, index).length,
      need: stage.need,
    },
    by: stage.by === 'native' ? 'entra' : isAdvisory(request) ? 'advisory' : 'chat',
    lastUse: await lastUse(edges, request),
    signals: signalsOf(edges, request),
    others: (
      await nameAll(
        edges,
        asked.filter((id) => id !== reader && !today.away.has(id)),
      )
    ).map(({ name }) => name),
    ...(claim === undefined ? {} : { claim: { ...claim, mine: claim.by === reader } }),
    mayClaim: offers?.claim ?? false,
    ask: offers?.ask ?? 'open',
    ...(offers?.notApprovable === undefined ? {} : { notApprovable: offers.notApprovable }),
    ...(offers?.shorter === undefined ? {} : { shorter: offers.shorter }),
    ...(refused === undefined ? {} : { refused }),
    portal: engineOf(edges, request.submission.target).links.decide,
  }
}

/** The reader as their tap would be judged: by the card they have, and by what was looked up to show it. */
function approverOf(
  request: AccessRequest,
  reader: PersonId,
  { situation, stages, deciders }: StagesNow,
  card: SentCard | undefined,
  requesterReachable: boolean,
): Approver {
  return {
    by: reader,
    revision: card?.revision ?? request.revision,
    decider: situation === undefined ? undefined : everybodyIn(situation).get(reader),
    stagesToday: stages,
    asked: deciders.asked,
    standIn: deciders.standIn,
    // Whoever reads a card has been sent it.
    shown: true,
    termsToday: situation === undefined ? undefined : meetTerms(situation.entitlement, situation.rules),
    requesterReachable,
  }
}

/** @param number counts the request's questions from 0. */
export async function questionView(
  edges: Showing,
  request: AccessRequest,
  number: number,
  refused?: Refusal,
): Promise<QuestionView> {
  const question = request.questions[number]
  if (question === undefined) throw new Error(`${request.submission.id} has no question ${number}`)
  return {
    view: 'question',
    record: questionId(request.submission.id, number),
    request,
    entitlement: entitlementOf(edges, request),
    number,
    names: await namesOf(edges, [question.by]),
    open: answerOffered(request, request.submission.requester, number, edges.now()),
    ...(refused === undefined ? {} : { refused }),
  }
}

export function endingView(edges: Showing, request: AccessRequest): EndingView {
  const moment = { at: edges.now(), realNow: edges.realNow() }
  const { end, letEnd } = endingOffers(request, request.submission.beneficiary, moment)
  const possible = end ? undefined : endPossibleAt(request, moment)
  return {
    view: 'ending',
    request,
    entitlement: entitlementOf(edges, request),
    until: request.phase.status === 'active' ? request.phase.until : null,
    open: letEnd,
    ...(possible === undefined ? {} : { endPossibleAt: possible }),
  }
}

/** Every stage is decided in chat: Entra would grant it without any of them. */
const isAdvisory = (request: AccessRequest): boolean => !endsInEntra(request)

/** The stage somebody belongs to when none is open: the one they decided, else the last that names them. */
function lastStageOf(request: AccessRequest, reader: PersonId): number {
  const decided = request.decisions.find((each) => each.by === reader)?.stage
  return (
    decided ??
    Math.max(
      0,
      request.stages.findLastIndex((stage) => everybodyOf(stage).includes(reader)),
    )
  )
}

const entitlementView = ({ name, grants, tier }: Entitlement): EntitlementView => ({ name, grants, tier })

/** What was asked for keeps its name after it has left the catalogue. */
function entitlementOf({ catalogue }: Showing, { submission }: AccessRequest): EntitlementView {
  const entry = catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))
  return entry === undefined ? { name: submission.name, grants: '', tier: 'high' } : entitlementView(entry)
}

function signalsOf({ catalogue }: Showing, { submission }: AccessRequest): ApprovalView['signals'] {
  const entry = catalogue.entitlements.get(EntitlementId.parse(submission.entitlement))
  return entry?.signals.flatMap((name) => catalogue.signals.get(name) ?? []) ?? []
}

async function lastUse({ requests }: Showing, { submission }: AccessRequest): Promise<Date | null> {
  const earlier = await requests.ofPerson(submission.beneficiary)
  const used = earlier.filter(
    (each) => each.entitlement === submission.entitlement && each.status === 'ended' && each.id !== submission.id,
  )
  return used.reduce<Date | null>(
    (last, each) => (last === null || each.submittedAt > last ? each.submittedAt : last),
    null,
  )
}

async function nameAll(
  edges: Showing,
  ids: readonly PersonId[],
  reachable = edges.chats.reachable(ids),
): Promise<readonly NamedDecider[]> {
  const [withChat, ...people] = await Promise.all([reachable, ...ids.map((id) => edges.tenant.person(id))])
  // Whoever has left the directory is asked no more.
  return people.flatMap((person) =>
    person === undefined ? [] : [{ name: person.name, reachable: withChat.has(person.id) }],
  )
}

/** Everybody the request's events speak of. */
const peopleOf = (request: AccessRequest): readonly PersonId[] => {
  const { submission, stages, decisions, reservation, doubt, questions, shortened, phase } = request
  const claim = 'waiting' in phase ? phase.waiting.claim : undefined
  return [
    submission.requester,
    ...stages.flatMap((stage) => stage.people),
    ...decisions.flatMap(({ by }) => (by === null ? [] : [by])),
    ...(reservation === undefined ? [] : [reservation.by]),
    ...(doubt === undefined ? [] : [doubt.by]),
    ...questions.map(({ by }) => by),
    ...[shortened, claim].flatMap((each) => each?.by ?? []),
  ]
}

/** Everybody a refusal speaks of. */
export function peopleIn(refusal: Refusal): readonly PersonId[] {
  if (refusal.kind === 'being-decided') return [refusal.by]
  if (refusal.kind === 'settled' || refusal.kind === 'stage-decided') return refusal.by ? [refusal.by] : []
  if (refusal.kind === 'differs-in-entra') {
    return refusal.differences.flatMap((each) => (each.field === 'requester' ? [each.journal, each.entra] : []))
  }
  return refusal.kind === 'not-requestable' && refusal.why.kind === 'nobody-may-decide'
    ? refusal.why.each.map(({ person }) => person)
    : []
}

export async function namesOf(
  { tenant }: Pick<Edges, 'tenant'>,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<string, string>> {
  const people = await Promise.all([...new Set(ids)].map((id) => tenant.person(id)))
  return new Map(people.flatMap((person) => (person === undefined ? [] : [[person.id as string, person.name]])))
}
