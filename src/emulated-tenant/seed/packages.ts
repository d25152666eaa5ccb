import { z } from 'zod'
import { Duration, Subject } from './parts.ts'

const Approver = z.union([Subject, z.strictObject({ manager: z.int().positive() })])

const Stage = z.strictObject({
  approvers: z.array(Approver).min(1),
  fallback: z.array(Subject),
  alternates: z.array(Subject),
  escalateAfter: Duration.optional(),
  timeout: Duration,
  approverJustification: z.enum(['optional', 'required']),
})

const Question = z.discriminatedUnion('type', [
  z.strictObject({
    id: z.uuid(),
    type: z.literal('text'),
    text: z.string(),
    isRequired: z.boolean(),
    isSingleLine: z.boolean(),
    regexPattern: z.string().optional(),
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('multipleChoice'),
    text: z.string(),
    isRequired: z.boolean(),
    isMultipleSelectionAllowed: z.boolean(),
    choices: z.array(z.strictObject({ value: z.string(), text: z.string() })).min(1),
  }),
])

const Policy = z.strictObject({
  name: z.string(),
  id: z.uuid(),
  allowedTargetScope: z.enum(['allMemberUsers', 'specificDirectoryUsers', 'allDirectoryUsers']),
  specificAllowedTargets: z.array(Subject).optional(),
  requestorJustification: z.enum(['optional', 'required']),
  onBehalf: z.enum(['none', 'manager']),
  selfRemove: z.boolean(),
  // Entitlement Management knows three stages at most.
  stages: z.array(Stage).max(3),
  questions: z.array(Question),
  expiration: Duration,
  customSchedule: z.boolean(),
})

export const AccessPackageCatalog = z.strictObject({ name: z.string(), id: z.uuid(), isExternallyVisible: z.boolean() })

export const AccessPackage = z.strictObject({
  name: z.string(),
  id: z.uuid(),
  catalog: z.string(),
  description: z.string(),
  contains: z.array(z.strictObject({ group: z.string(), role: z.enum(['Member', 'Owner']) })),
  policies: z.array(Policy).min(1),
  assignments: z.array(
    z.strictObject({ user: z.string(), policy: z.string(), startedAgo: Duration, endsIn: Duration }),
  ),
})
