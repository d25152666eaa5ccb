import { z } from 'zod'
import { Activation, Duration, Holding } from './parts.ts'

const Resource = z.strictObject({
  name: z.string(),
  resourceGroup: z.string(),
  type: z.string().regex(/^Microsoft\.\w+\/\w+$/),
  kind: z.string().optional(),
  location: z.string(),
  sku: z.string().optional(),
  properties: z.record(z.string(), z.unknown()),
  deployments: z
    .array(
      z.strictObject({
        name: z.string(),
        model: z.string(),
        version: z.string(),
        sku: z.string(),
        capacity: z.int().positive(),
      }),
    )
    .optional(),
})

const PolicyAssignment = z.strictObject({
  name: z.string(),
  displayName: z.string(),
  scope: z.string(),
  definition: z.string(),
  definitionId: z.string().startsWith('/'),
  enforcementMode: z.enum(['Default', 'DoNotEnforce']),
  parameters: z.record(z.string(), z.unknown()).optional(),
  members: z
    .array(z.strictObject({ reference: z.string(), definitionId: z.string().startsWith('/'), tagName: z.string() }))
    .optional(),
})

const Budget = z.strictObject({
  name: z.string(),
  scope: z.string(),
  category: z.literal('Cost'),
  amount: z.number().positive(),
  currency: z.string(),
  timeGrain: z.enum(['Monthly', 'Quarterly', 'Annually']),
  startDate: z.union([z.iso.datetime(), z.date()]),
  currentSpend: z.number(),
  notifications: z
    .array(
      z.strictObject({
        operator: z.enum(['EqualTo', 'GreaterThan', 'GreaterThanOrEqualTo']),
        threshold: z.number().min(0).max(1000),
        thresholdType: z.enum(['Actual', 'Forecasted']),
        contactEmails: z.array(z.string()).min(1),
      }),
    )
    .max(5),
})

/** The Azure half of the seed: what Resource Manager holds. */
export const Azure = z.strictObject({
  subscriptions: z.array(
    z.strictObject({
      name: z.string(),
      id: z.uuid(),
      resourceGroups: z.array(
        z.strictObject({
          name: z.string(),
          location: z.string(),
          tags: z.record(z.string(), z.union([z.string(), z.strictObject({ endsIn: Duration })])),
        }),
      ),
    }),
  ),
  resources: z.array(Resource),
  quotas: z.array(
    z.strictObject({ subscription: z.string(), location: z.string(), usageName: z.string(), limit: z.int() }),
  ),
  policyAssignments: z.array(PolicyAssignment),
  budgets: z.array(Budget),
  roles: z.array(
    z.strictObject({
      role: z.string(),
      roleId: z.uuid(),
      scope: z.string(),
      activation: Activation,
      eligible: z.array(Holding),
    }),
  ),
})
