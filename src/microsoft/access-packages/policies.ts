import { z } from 'zod'
import type { Person } from '../../people.ts'
import type { KindInTenant } from '../../workflow/ports/engine.ts'
import { id } from '../wire/values.ts'
import { GraphError } from '../wire/graph-error.ts'
import { groupsOf } from '../directory/people.ts'
import { quoted, type Reader } from '../wire/graph-reader.ts'

const doing = 'reading who may ask for an access package'
const path = '/v1.0/identityGovernance/entitlementManagement/accessPackages'

/** A target of a policy: `#microsoft.graph.singleUser`, `…groupMembers`, or a kind that names neither. */
const SubjectSet = z.looseObject({ '@odata.type': z.string(), userId: id.nullish(), groupId: id.nullish() })

const Policy = z.object({
  allowedTargetScope: z.string().nullish(),
  specificAllowedTargets: z.array(SubjectSet).nullish(),
  requestorSettings: z.object({ enableTargetsToSelfAddAccess: z.boolean().nullish() }).nullish(),
  /** Only on a policy that hands the package out by itself. */
  automaticRequestSettings: z.object({ requestAccessForAllowedTargets: z.boolean().nullish() }).nullish(),
})
type Policy = z.infer<typeof Policy>

/** GET accessPackages?$expand=assignmentPolicies */
const Package = z.object({ displayName: z.string(), assignmentPolicies: z.array(Policy) })

/** Entitlement Management, application permission EntitlementManagement.Read.All. */
export const accessPackages = (reader: Reader): KindInTenant => ({
  portal: ({ domain }) => `https://myaccess.microsoft.com/@${domain}#/access-packages`,

  async lets(person, entry) {
    if (entry.kind !== 'accessPackage') throw new TypeError(`a ${entry.kind} is no access package`)
    const name = entry.target.package
    const query = { $filter: `displayName eq ${quoted(name)}`, $expand: 'assignmentPolicies' }
    const found = (await reader.all(doing, path, query, Package)).filter(({ displayName }) => displayName === name)
    if (found.length > 1) {
      const message = `${found.length} access packages are called "${name}"`
      throw new GraphError(doing, { status: 200, code: 'latchkey-ambiguous', message })
    }
    const policies = (found[0]?.assignmentPolicies ?? []).filter(takesRequests)
    if (policies.some((policy) => isForAll(policy, person) || names(policy, 'userId', (user) => user === person.id)))
      return true
    if (!policies.some((policy) => names(policy, 'groupId', () => true))) return false
    const groups = await groupsOf(reader, person.id)
    return policies.some((policy) => names(policy, 'groupId', (group) => groups.has(group)))
  },
})

const takesRequests = ({ requestorSettings, automaticRequestSettings }: Policy): boolean =>
  requestorSettings?.enableTargetsToSelfAddAccess === true &&
  automaticRequestSettings?.requestAccessForAllowedTargets !== true

/** The scopes of connected organizations say nothing of one guest that could be held against the directory. */
const isForAll = ({ allowedTargetScope }: Policy, { guest }: Person): boolean =>
  allowedTargetScope === 'allDirectoryUsers' || (allowedTargetScope === 'allMemberUsers' && !guest)

const kinds = { userId: '#microsoft.graph.singleUser', groupId: '#microsoft.graph.groupMembers' } as const

const names = (
  { allowedTargetScope, specificAllowedTargets }: Policy,
  by: keyof typeof kinds,
  wanted: (id: string) => boolean,
): boolean =>
  allowedTargetScope === 'specificDirectoryUsers' &&
  (specificAllowedTargets ?? []).some((target) => target['@odata.type'] === kinds[by] && wanted(target[by] ?? ''))
