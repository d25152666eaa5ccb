import { z } from 'zod'
import { accessPackage, type AccessPackageTarget } from './access-package.ts'
import { azureRole, type AzureRoleTarget } from './azure-role.ts'
import type { KindDefinition, KindFacts } from './definition.ts'
import { directoryRole, type DirectoryRoleTarget } from './directory-role.ts'
import { group, type GroupTarget } from './group.ts'
import { type ExceptionKind, sandboxExceptions, type SandboxExceptionTarget } from './sandbox-exception.ts'
import type { InputSpec } from '../inputs.ts'

export type Kind = 'directoryRole' | 'group' | 'azureRole' | 'accessPackage' | ExceptionKind

/** Each kind by its name in the catalogue; one that is added here is known everywhere. */
export const definitions = new Map<string, KindDefinition>(
  Object.entries({
    directoryRole,
    group,
    azureRole,
    accessPackage,
    ...sandboxExceptions,
  } satisfies Record<Kind, KindDefinition>),
)

/** The names of all kinds. */
export const kinds = (): readonly Kind[] => [...definitions.keys()] as Kind[] // its own names

export function definitionOf(kind: string): KindDefinition {
  const known = definitions.get(kind)
  if (known === undefined) throw new RangeError(`there is no kind of access called ${kind}`)
  return known
}

/** What a form for this entry asks for beside what terms speak of. */
export const inputsOf = (entry: {
  readonly kind: Kind
  readonly limits?: Readonly<Record<string, unknown>>
}): readonly InputSpec[] => definitionOf(entry.kind).inputs?.(entry.limits ?? {}) ?? []

export const factsOf = ({ kind }: { readonly kind: Kind }): KindFacts => definitionOf(kind).facts

/** What a service is asked to grant, as it is stored: copied at submission, since an entry may leave the catalogue later. */
export type Target = z.infer<
  | typeof DirectoryRoleTarget
  | typeof GroupTarget
  | typeof AzureRoleTarget
  | typeof AccessPackageTarget
  | typeof SandboxExceptionTarget
>
export const Target = z.looseObject({ kind: z.string() }).transform((stored, context): Target => {
  const read = definitions.get(stored.kind)?.target.safeParse(stored)
  if (read?.success === true) return read.data as Target // its kind's own
  context.addIssue({ code: 'custom', message: read?.error.message ?? `no kind is called ${stored.kind}` })
  return z.NEVER
})
export type TargetOf<K extends Kind> = Extract<Target, { kind: K }>

/** Whether two targets are the same thing: every value that the kind has. */
export const sameTarget = (one: Target, other: Target): boolean => differingFields(one, other).length === 0

type Fields<T> = T extends unknown ? Exclude<keyof T, 'kind'> : never
/** The values that targets have, by their names. */
export type TargetField = Fields<Target> | 'kind'

/** The values in which two targets differ; `kind` alone where they are not of one kind. */
export function differingFields(one: Target, other: Target): readonly TargetField[] {
  if (one.kind !== other.kind) return ['kind']
  const fields = [...Object.keys(one), ...Object.keys(other)] as TargetField[] // a target has no other keys
  return [...new Set(fields)].filter((field) => valueIn(one, field) !== valueIn(other, field))
}

/** One value of a target, empty where its kind has none by that name. */
export const valueIn = (target: Target, field: string): string =>
  (target as Readonly<Partial<Record<string, string>>>)[field] ?? ''

/** The id of what is granted: a role's, a group's, a package's, a resource's. */
export const idIn = (target: Target): string => valueIn(target, definitionOf(target.kind).identifiedBy)
