import { z } from 'zod'
import { EntitlementId } from '../entitlement/entry.ts'
import { Target } from '../entitlement/kinds/kinds.ts'
import { GroupId, PersonId } from '../people.ts'
import { type Duration } from '../time.ts'
import { Stands } from './stands.ts'

/** `req_` and a version 4 GUID. Sent to Entra with every filing (`customData`), so that ours can be told from others'. */
export const RequestId = z.templateLiteral(['req_', z.uuid()]).brand<'RequestId'>()
export type RequestId = z.infer<typeof RequestId>

/**
 * What a person wrote. Stored beside the journal under a salted digest, so that it can be erased without breaking
 * the chain; null once it has been.
 */
export const FreeText = z.object({ freeText: z.string().nullable() })
export type FreeText = z.infer<typeof FreeText>

const Instant = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .or(z.date())
// Stored as milliseconds; the brand is only a name for the unit.
const Millis = z.number().transform((count) => count as Duration)

const StageSource = z.union([z.literal('manager'), z.literal('owner'), z.object({ set: z.string() })])

const StageRule = z.object({
  from: StageSource,
  need: z.int().positive(),
  remindAfter: Millis,
  escalateAfter: Millis,
  lapseAfter: Millis,
})

const Stage = z.object({
  by: z.enum(['chat', 'native']),
  rule: StageRule,
  need: z.int().positive(),
  people: z.array(PersonId),
  backup: z.array(PersonId),
  lastResort: z.array(PersonId),
})

/**
 * An answer to one of the inputs that an entitlement's kind asks for, beside the three that terms speak of. Text that a
 * person composed is free text; what is chosen from a list, measured or dated is stored as it is.
 */
const Input = z.union([z.string(), z.number(), z.array(z.string()), FreeText])
export type Input = z.infer<typeof Input>

const Terms = z.object({
  usual: Millis,
  longest: Millis,
  shortest: Millis,
  justification: z.enum(['required', 'optional']),
  ticket: z.enum(['required', 'optional']),
  stepUp: z.object({ request: z.string().exactOptional(), approve: z.string().exactOptional() }),
  multiFactor: z.boolean(),
})

const TenantRules = z.object({
  longest: Millis,
  justification: z.boolean(),
  ticket: z.boolean(),
  multiFactor: z.boolean(),
  authenticationContext: z.string().exactOptional(),
  unknown: z.array(z.string()).exactOptional(),
  approval: z.discriminatedUnion('asks', [
    z.object({ asks: z.literal('nobody') }),
    z.object({ asks: z.literal('approvers'), people: z.array(PersonId), groups: z.array(GroupId) }),
  ]),
})

/** One step of the reasoning behind a submission, for `why` and for the security reader. */
const TraceStep = z.object({ rule: z.string(), outcome: z.string(), detail: z.string().exactOptional() })
export type TraceStep = z.infer<typeof TraceStep>

/** How the bot came to know something. */
const Source = z.enum(['answer', 'look-up', 'instance', 'person', 'audit'])
export type Source = z.infer<typeof Source>

/** Why a request that nobody has granted yet has come to nothing by itself. */
const Gone = z.enum([
  'requester-disabled',
  'requester-deleted',
  'requester-not-eligible',
  'left-catalogue',
  /** The answer to its filing was lost, and nobody looked for it while Entra would have kept it. */
  'never-settled',
])
export type Gone = z.infer<typeof Gone>

/**
 * What of a request or grant is not what was approved: `requester`, `duration`, `justification`, `ticket`, `created`, or
 * one of the values that a target of its kind has.
 */
const DeviatingField = z.string()

const by = { at: Instant, by: PersonId }
/** `at` is when we saw it; `happenedAt` when it happened, where the tenant tells that or it follows from what it tells. */
const seen = { at: Instant, source: Source, happenedAt: Instant.exactOptional() }

/** What somebody asks for, and under which rules; frozen with the first event of a request. */
const asked = {
  request: RequestId,
  requester: PersonId,
  beneficiary: PersonId,
  entitlement: EntitlementId,
  name: z.string(),
  target: Target,
  duration: Millis,
  startsAt: Instant.exactOptional(),
  bundle: z.string().exactOptional(),
  justification: FreeText,
  ticket: z.string().exactOptional(),
  /** By the name of the input; absent where the kind asks for none. */
  inputs: z.record(z.string(), Input).exactOptional(),
  revision: z.int().positive(),
  terms: Terms,
  termsHash: z.string(),
  tenantRules: TenantRules,
  /** In order; none where nobody decides. Those in chat come before the service's own. */
  stages: z.array(Stage),
  catalogueDigest: z.string(),
  trace: z.array(TraceStep),
}

/** A request as the service that grants it has it. */
const native = {
  /** The service's id of it. */
  nativeRequest: z.string().min(1),
  /** When the service closes an approval that nobody answers; null where it says no time, or waits for nobody. */
  closesAt: Instant.nullable(),
  /** Which of the service's own stages waits, from 0; absent where it has one, or the first does. */
  nativeStage: z.int().nonnegative().exactOptional(),
}

/**
 * What the decider themselves signed, so that a process which trusts nobody's database can check who decided. Stored as
 * free text is: beside the journal, to be erased; never logged.
 */
const evidence = { evidence: FreeText.exactOptional() }

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape })

/**
 * Everything that can happen to a request, as stored. `at` is product time. `…Attempted` is committed before a call
 * that carries a person's token; `…Observed`, `…Refused` or `…Unknown` follows it, unless the process died. `leaseUntil`
 * (real clock) is how long the tap that made the attempt may still be running.
 */
export const RequestEvent = z.discriminatedUnion('type', [
  event('RequestSubmitted', { ...by, ...asked }),
  /**
   * Filed in the portal, past us: an approver's own token shows it waiting in Entra. Its values are Entra's; of its
   * stages those in chat were never asked. `filedAt` is when Entra took it.
   */
  event('FiledOutside', { ...seen, ...asked, ...native, filedAt: Instant }),
  /** Catalogue or Entra ask for other stages now: every decision so far is void, and they are asked anew. */
  event('StagesChanged', { at: Instant, stages: z.array(Stage), termsHash: z.string() }),
  /**
   * A decision in chat stands as soon as it is written; `termsHash` is what was said yes to. `duration` where that is
   * shorter than what was asked: nobody is granted more from then on.
   */
  event('ChatDecided', {
    ...by,
    stage: z.int(),
    verdict: z.enum(['approve', 'deny']),
    comment: FreeText.exactOptional(),
    ...evidence,
    duration: Millis.exactOptional(),
    termsHash: z.string(),
  }),
  /** Somebody who may decide the open stage wants to know something first. It stops no clock. */
  event('QuestionAsked', { ...by, stage: z.int(), text: FreeText }),
  /** `question` counts the request's questions from 0. */
  event('QuestionAnswered', { ...by, question: z.int().nonnegative(), text: FreeText }),
  /** Somebody who may decide the open stage says that they are looking at it: its reminders go to them alone. */
  event('StageClaimed', { ...by, stage: z.int() }),
  /** Nobody answered for `remindAfter`, and for `escalateAfter`: the deciders are nudged, the backup is asked. */
  event('StageReminded', { at: Instant, stage: z.int() }),
  event('StageEscalated', { at: Instant, stage: z.int() }),
  event('FilingAttempted', { ...by, leaseUntil: Instant }),
  event('FilingObserved', {
    ...seen,
    ...native,
    stands: Stands,
    /** The same as the service words it, such as `PendingApproval`. */
    said: z.string(),
  }),
  event('FilingRefused', { at: Instant, code: z.string(), message: z.string() }),
  event('FilingUnknown', { at: Instant, detail: z.string() }),
  /** The look that an in-doubt filing needed found nothing: it never reached Entra. */
  event('FilingNotFound', by),
  event('DecisionAttempted', {
    ...by,
    stage: z.int(),
    verdict: z.enum(['approve', 'deny']),
    comment: FreeText.exactOptional(),
    ...evidence,
    leaseUntil: Instant,
  }),
  /** `by` null where Entra does not tell us who. `confirmed` false: seen only by its effect, the decider is our reservation. */
  event('DecisionObserved', {
    ...seen,
    by: PersonId.nullable(),
    stage: z.int(),
    verdict: z.enum(['approve', 'deny']),
    comment: FreeText.exactOptional(),
    ...evidence,
    confirmed: z.boolean(),
    inStage: z.boolean(),
  }),
  event('DecisionRefused', { ...by, code: z.string(), message: z.string() }),
  event('DecisionUnknown', { ...by, detail: z.string() }),
  event('WithdrawalAttempted', { ...by, leaseUntil: Instant }),
  event('WithdrawalObserved', seen),
  event('WithdrawalRefused', { at: Instant, code: z.string(), message: z.string() }),
  event('WithdrawalUnknown', { at: Instant, detail: z.string() }),
  /** The tenant shows the grant. `instance` is Entra's id of the schedule instance. */
  event('ActivationObserved', { ...seen, instance: z.string(), from: Instant, until: Instant.nullable() }),
  /**
   * Entra holds something that was not approved: a request that only carries our id (`filed`), or our own grant for
   * longer (`granted`). `entra` is its id there; `duration` as Entra holds it, null where it names no end.
   */
  event('DeviationObserved', {
    ...seen,
    what: z.enum(['filed', 'granted']),
    entra: z.string(),
    fields: z.array(DeviatingField),
    duration: Millis.nullable(),
  }),
  /** The holder was told that it is about to end; `before` in milliseconds. */
  event('EndReminded', { at: Instant, before: Millis }),
  /** The holder has seen it and wants no further reminder. */
  event('LetEnd', by),
  event('EndAttempted', { ...by, leaseUntil: Instant }),
  event('EndAccepted', { ...seen }),
  event('EndRefused', { at: Instant, code: z.string(), message: z.string() }),
  event('EndUnknown', { at: Instant, detail: z.string() }),
  /** The tenant no longer shows the grant. */
  event('EndObserved', { ...seen, how: z.enum(['ran-out', 'by-holder', 'outside', 'unseen']) }),
  /** Nobody answered in time: a chat stage, Entra, or the requester before the last tap. */
  event('RequestLapsed', { ...seen, waitedFor: z.enum(['stage', 'entra', 'requester']) }),
  /**
   * Entra says that the request failed or was closed by something we did not do; or, with `because`, it cannot be
   * granted any more, and nothing is asked or sent for it by us. `said` is Entra's word, or says the same as `because`.
   */
  event('RequestFailed', { ...seen, said: z.string(), because: Gone.exactOptional() }),
])
export type RequestEvent = z.infer<typeof RequestEvent>
export type EventOf<Type extends RequestEvent['type']> = Extract<RequestEvent, { type: Type }>
