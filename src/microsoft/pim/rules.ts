import { z } from 'zod'
import type { EntraApproval, TenantRules } from '../../entitlement/terms.ts'
import { GroupId, PersonId } from '../../people.ts'
import { IsoDuration } from '../../time.ts'
import { GraphError } from '../wire/graph-error.ts'
import { type Reader, quoted } from '../wire/graph-reader.ts'

const doing = "reading a policy's rules"

/** Whose policy is read: a role's in the directory, or a group's for its members or owners. */
export interface PolicyOf {
  readonly scopeId: string
  readonly scopeType: 'DirectoryRole' | 'Group'
  readonly roleDefinitionId: string
}

/**
 * What Entra demands of an activation: the four `…_EndUser_Assignment` rules of the management policy, looked up anew
 * each time, since a policy may get another id.
 * @see https://learn.microsoft.com/graph/api/resources/unifiedrolemanagementpolicyrule
 * @throws {GraphError} 403 when the app lacks RoleManagement.Read.Directory, or RoleManagementPolicy.Read.AzureADGroup.
 */
export async function rulesOf(
  reader: Reader,
  { scopeId, scopeType, roleDefinitionId }: PolicyOf,
): Promise<TenantRules> {
  const query = {
    $filter: `scopeId eq ${quoted(scopeId)} and scopeType eq ${quoted(scopeType)} and roleDefinitionId eq ${quoted(roleDefinitionId)}`,
    $expand: 'policy($expand=rules)',
  }
  const found = await reader.all(doing, '/v1.0/policies/roleManagementPolicyAssignments', query, PolicyAssignment)
  const [assignment, second] = found
  if (assignment === undefined || second !== undefined) throw unreadable(`${found.length} policies apply to it`)
  return rulesIn(assignment.policy.rules)
}

/**
 * The four rules in a policy. One that is missing, or names approvers in a way not known here, makes the read fail:
 * could-not-evaluate is never allowed. Rules that are not among the four are somebody else's business.
 */
export function rulesIn(rules: readonly z.infer<typeof Rule>[]): TenantRules {
  const expiration = the(rules, 'Expiration', Expiration)
  const enablement = the(rules, 'Enablement', Enablement)
  const context = the(rules, 'AuthenticationContext', AuthenticationContext)
  const approval = the(rules, 'Approval', Approval)
  return {
    longest: expiration.maximumDuration,
    ...demandsOf(enablement),
    ...(context === null ? {} : { authenticationContext: context }),
    approval,
  }
}

export const Rule = z.looseObject({ id: z.string() })

const PolicyAssignment = z.object({ policy: z.object({ rules: z.array(Rule) }) })

const Expiration = z.object({
  maximumDuration: IsoDuration,
})

const Enablement = z.object({
  // One that is not known here is Entra's to enforce, at the filing; the administrator is told of it.
  enabledRules: z.array(z.string()).nullish(),
})

const knownRules = ['Justification', 'Ticketing', 'MultiFactorAuthentication'] as const

/** Graph and the portal do not always agree on the case of a word. */
function demandsOf({ enabledRules }: z.infer<typeof Enablement>) {
  const enabled = enabledRules ?? []
  const has = (rule: (typeof knownRules)[number]) => enabled.some((each) => each.toLowerCase() === rule.toLowerCase())
  const known = new Set(knownRules.map((rule) => rule.toLowerCase()))
  const unknown = enabled.filter((rule) => !known.has(rule.toLowerCase()))
  return {
    justification: has('Justification'),
    ticket: has('Ticketing'),
    multiFactor: has('MultiFactorAuthentication'),
    ...(unknown.length === 0 ? {} : { unknown }),
  }
}

/** `c1` to `c99`; null where none is asked for. */
const AuthenticationContext = z
  .object({
    isEnabled: z.boolean(),
    claimValue: z.string().nullish(),
  })
  .transform(({ isEnabled, claimValue }, check) => {
    if (!isEnabled) return null
    if (claimValue && /^c\d{1,2}$/.test(claimValue)) return claimValue
    check.addIssue({ code: 'custom', message: 'a context is asked for, but not which' })
    return z.NEVER
  })

/** As Graph writes one, or as Resource Manager does. */
const Approver = z.union([
  z.object({ '@odata.type': z.literal('#microsoft.graph.singleUser'), userId: PersonId }),
  z.object({ '@odata.type': z.literal('#microsoft.graph.groupMembers'), groupId: GroupId }),
  z.object({ userType: z.stringFormat('user', /^user$/i), id: PersonId }).transform(({ id }) => ({ userId: id })),
  z.object({ userType: z.stringFormat('group', /^group$/i), id: GroupId }).transform(({ id }) => ({ groupId: id })),
])

const ApprovalStages = z.array(z.object({ primaryApprovers: z.array(Approver).nullish() }))

const Approval = z
  .object({
    setting: z.object({
      isApprovalRequired: z.boolean(),
      // Absent, or filled in and without meaning, while no approval is asked for.
      approvalStages: z.unknown().optional(),
    }),
  })
  .transform(({ setting }, check): EntraApproval => {
    if (!setting.isApprovalRequired) return { asks: 'nobody' }
    const read = ApprovalStages.safeParse(setting.approvalStages)
    if (!read.success || read.data.length > 1) {
      const message = read.success ? 'more stages than the one that PIM has' : z.prettifyError(read.error)
      check.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    const approvers = read.data.flatMap(({ primaryApprovers }) => primaryApprovers ?? [])
    return {
      asks: 'approvers',
      people: approvers.flatMap((each) => ('userId' in each ? [each.userId] : [])),
      groups: approvers.flatMap((each) => ('groupId' in each ? [each.groupId] : [])),
    }
  })

/** The rule of one type that governs an end user's assignment: Graph and Resource Manager name the type differently. */
function the<Value>(rules: readonly z.infer<typeof Rule>[], type: string, schema: z.ZodType<Value>): Value {
  const id = `${type}_EndUser_Assignment`
  const rule = rules.find((each) => each.id === id)
  if (rule === undefined) throw unreadable(`there is no rule ${id}`)
  const named = rule['@odata.type'] ?? rule['ruleType']
  if (typeof named !== 'string' || !named.endsWith(`RoleManagementPolicy${type}Rule`))
    throw unreadable(`${id} is a rule of another type: ${String(named)}`)
  const read = schema.safeParse(rule)
  if (read.success) return read.data
  throw unreadable(`${id}: ${z.prettifyError(read.error)}`, read.error)
}

export const unreadable = (message: string, cause?: unknown): GraphError =>
  new GraphError(doing, { status: 200, code: 'latchkey-unreadable-answer', message }, { cause })
