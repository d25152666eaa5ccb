import { groupBy, ownersOf } from '../state/people-and-groups.ts'
import type { Person } from '../state/people-and-groups.ts'
import { holdsScope } from '../state/azure-scopes.ts'
import type { Ask, PimService, Resource } from '../state/pim.ts'
import { resourceBy } from '../state/pim-resources.ts'
import type { EmulatedTenant } from '../state/tenant-state.ts'
import { holds } from './reads.ts'

/** What the three services that PIM is do differently; everything else they do alike. */
type Ways = {
  audit: {
    category: 'RoleManagement' | 'GroupManagement' | 'ResourceManagement'
    /** Of the target that names what is guarded. */
    targetType: 'Role' | 'Group' | 'Other'
    details: (resource: Resource) => readonly { key: string; value: string }[]
  }
  /** How an effect names what it is about. */
  detail: (resource: Resource) => Readonly<Record<string, unknown>>
  /** Whether the scope that an activation names is one of the eligibility. */
  inScope: (resource: Resource, scope: string) => boolean
  /** Whether an eligibility for one thing lets its holder activate another. */
  reachesDown: (eligible: Resource, asked: Resource) => boolean
  /** Whether a second factor is demanded of every activation, whatever the settings say. */
  mfaAlways: boolean
  /** Who may assign and remove, beside apps that hold the permission. */
  administers: (tenant: EmulatedTenant, person: Person, resource: Resource) => boolean
  /** Whether the administrators decide where the settings name no approver. */
  administratorsApprove: boolean
  /** What is answered where the authentication context is missing. */
  contextCode: (tenant: EmulatedTenant) => string
}

export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'
export const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814'
const groupAdministrators = [
  globalAdministrator,
  'fdd7a751-b60b-444a-984c-02652fe8fa1c', // Groups Administrator
  '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e', // Identity Governance Administrator
  'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
]
const azureGranting = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', // Owner
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', // User Access Administrator
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168', // Role Based Access Control Administrator
]

const sameThing = (one: Resource, other: Resource) => one.key === other.key
const acrsFailed = () => 'RoleAssignmentRequestAcrsValidationFailed'

const ways: Readonly<Record<PimService, Ways>> = {
  entraRoles: {
    audit: {
      category: 'RoleManagement',
      targetType: 'Role',
      details: ({ id }) => [
        { key: 'RoleDefinitionOriginId', value: id },
        { key: 'RoleDefinitionOriginType', value: 'BuiltInRole' },
        { key: 'TemplateId', value: id },
      ],
    },
    detail: ({ id }) => ({ roleId: id }),
    inScope: (_, scope) => scope === '/',
    reachesDown: sameThing,
    mfaAlways: true,
    administers: (tenant, person) => holds(tenant, person, [privilegedRoleAdministrator, globalAdministrator]),
    administratorsApprove: true,
    contextCode: acrsFailed,
  },
  entraGroups: {
    audit: {
      category: 'GroupManagement',
      targetType: 'Group',
      details: ({ access }) => [{ key: 'RoleDefinitionOriginId', value: access === 'owner' ? 'Owner' : 'Member' }],
    },
    detail: ({ id, access }) => ({ groupId: id, access }),
    inScope: () => true,
    reachesDown: sameThing,
    mfaAlways: false,
    administers: (tenant, person, { id }) => {
      const group = groupBy(tenant, id)
      if (group === undefined) return false
      if (ownersOf(group).includes(person.id)) return true
      const roles = group.isAssignableToRole ? [privilegedRoleAdministrator, globalAdministrator] : groupAdministrators
      return holds(tenant, person, roles)
    },
    administratorsApprove: false,
    contextCode: ({ switches }) => switches.groupContextCode,
  },
  azureResources: {
    audit: {
      category: 'ResourceManagement',
      targetType: 'Other',
      details: ({ id, scope }) => [
        { key: 'RoleDefinitionOriginId', value: id },
        { key: 'ResourceId', value: scope },
      ],
    },
    detail: ({ id, scope }) => ({ roleId: id, scope }),
    inScope: () => true,
    // An eligibility holds on its scope and below.
    reachesDown: (eligible, asked) => eligible.id === asked.id && holdsScope(eligible.scope, asked.scope),
    mfaAlways: false,
    administers: (tenant, person, { scope }) => holds(tenant, person, azureGranting, scope),
    administratorsApprove: false,
    contextCode: acrsFailed,
  },
}

export const waysOf = ({ service }: Resource): Ways => ways[service]

/** Whether a request or grant is about what is asked for now, by the same principal. */
export const sameHolder = (each: { resource: string; principalId: string }, ask: Ask): boolean =>
  each.resource === ask.resource && each.principalId === ask.principalId

export const detailOf = (tenant: EmulatedTenant, key: string) => {
  const resource = resourceBy(tenant, key)
  return waysOf(resource).detail(resource)
}
