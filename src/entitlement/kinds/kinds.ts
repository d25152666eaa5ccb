import { z } from 'zod'
import type { Entitlement } from '../entitlement.ts'
import { accessPackageFacts, AccessPackageTarget } from './access-package.ts'
import { azureRoleFacts, AzureRoleTarget } from './azure-role.ts'
import { directoryRoleFacts, DirectoryRoleTarget } from './directory-role.ts'
import type { KindFacts } from './facts.ts'
import { groupFacts, GroupTarget } from './group.ts'
import { sandboxExceptionFacts, SandboxExceptionTarget } from './sandbox-exception.ts'

export type Kind = Entitlement['kind']

/** What a service is asked to grant, as it is stored: copied at submission, since an entry may leave the catalogue later. */
export const Target = z.discriminatedUnion('kind', [
  DirectoryRoleTarget,
  GroupTarget,
  AzureRoleTarget,
  AccessPackageTarget,
  SandboxExceptionTarget,
])
export type Target = z.infer<typeof Target>
export type TargetOf<K extends Kind> = Extract<Target, { kind: K }>

const facts: Readonly<Record<Kind, KindFacts>> = {
  directoryRole: directoryRoleFacts,
  group: groupFacts,
  azureRole: azureRoleFacts,
  accessPackage: accessPackageFacts,
  policyExemption: sandboxExceptionFacts,
  outboundFqdn: sandboxExceptionFacts,
  publicNetworkAccess: sandboxExceptionFacts,
  ipAllow: sandboxExceptionFacts,
  localAuth: sandboxExceptionFacts,
  modelCapacity: sandboxExceptionFacts,
  budgetRaise: sandboxExceptionFacts,
  expiryExtension: sandboxExceptionFacts,
}

export const factsOf = ({ kind }: { readonly kind: Kind }): KindFacts => facts[kind]

/** Whether two targets are the same thing: every value that the kind has. */
export const sameTarget = (one: Target, other: Target): boolean => differingFields(one, other).length === 0

type Fields<T> = T extends unknown ? Exclude<keyof T, 'kind'> : never
/** The values that targets have, by their names. */
export type TargetField = Fields<Target> | 'kind'

/** The values in which two targets differ; `kind` alone where they are not of one kind. */
export function differingFields(one: Target, other: Target): readonly TargetField[] {
  if (one.kind !== other.kind) return ['kind']
  const fields = [...Object.keys(one), ...Object.keys(other)] as TargetField[] // a target has no other keys
  const valueIn = (target: Target, field: TargetField) =>
    (target as Readonly<Partial<Record<TargetField, string>>>)[field]
  return [...new Set(fields)].filter((field) => valueIn(one, field) !== valueIn(other, field))
}

/** One value of a target, empty where its kind has none by that name. */
export const valueIn = (target: Target, field: TargetField): string =>
  (target as Readonly<Partial<Record<TargetField, string>>>)[field] ?? ''

/** The id of what is granted: a role's, a group's, a package's, a resource's. */
export function idIn(target: Target): string {
  switch (target.kind) {
    case 'directoryRole':
    case 'azureRole':
      return target.role
    case 'group':
      return target.group
    case 'accessPackage':
      return target.package
    default:
      return target.resource
  }
}
