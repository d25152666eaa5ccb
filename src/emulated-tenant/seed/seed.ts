import { z } from 'zod'
import { Azure } from './azure.ts'
import { AccessPackage, AccessPackageCatalog } from './packages.ts'
import { Activation, Holding } from './parts.ts'

const traits = {
  id: z.string().regex(/^[a-z0-9.-]+$/),
  objectId: z.uuid(),
  displayName: z.string(),
  title: z.string(),
  manager: z.string().nullable(),
  timeZone: z.string(),
  mailboxTimeZone: z.string().nullable(),
  locale: z.string(),
  userType: z.enum(['Member', 'Guest']),
  accountEnabled: z.boolean(),
  appInstalled: z.boolean(),
}

const Person = z.strictObject({ ...traits, userPrincipalName: z.string().optional(), mail: z.email().optional() })
export type SeededPerson = z.infer<typeof Person>

export const PeopleRule = z.strictObject({
  ...traits,
  id: z.string().includes('{nn}'),
  objectId: z.string().includes('{nn}'),
  displayName: z.string().includes('{nn}'),
  from: z.int(),
  to: z.int().max(99),
  memberOf: z.array(z.string()),
})

const Application = z.strictObject({
  name: z.string(),
  appId: z.uuid(),
  application: z.array(z.string()).default([]),
  delegated: z.array(z.string()).default([]),
  azureRoles: z.array(z.strictObject({ role: z.string(), scope: z.string() })).default([]),
  identifierUri: z.string().startsWith('api://').optional(),
  scope: z.string().optional(),
  accessTokenAcceptedVersion: z.literal(2).optional(),
})
export type Application = z.infer<typeof Application>

const Group = z.strictObject({
  name: z.string(),
  id: z.uuid(),
  isAssignableToRole: z.boolean().default(false),
  owners: z.array(z.string()),
  members: z.array(z.string()),
  memberGroups: z.array(z.string()).default([]),
})

const DirectoryRole = z.strictObject({
  role: z.string(),
  templateId: z.uuid(),
  activation: Activation,
  eligible: z.array(Holding),
  active: z.array(Holding).default([]),
})

export const SeedFile = z.strictObject({
  organisation: z.strictObject({ displayName: z.string(), tenantId: z.uuid(), domain: z.string() }),
  applications: z.array(Application),
  authenticationContexts: z.array(z.strictObject({ id: z.string(), displayName: z.string() })),
  people: z.array(Person),
  generatedPeople: z.array(PeopleRule).default([]),
  groups: z.array(Group),
  teams: z.array(
    z.strictObject({
      displayName: z.string(),
      groupId: z.uuid(),
      channels: z.array(z.strictObject({ displayName: z.string(), id: z.string() })),
    }),
  ),
  directoryRoles: z.array(DirectoryRole),
  pimGroups: z.array(
    z.strictObject({
      group: z.string(),
      access: z.enum(['member', 'owner']),
      activation: Activation,
      eligible: z.array(Holding),
    }),
  ),
  azure: Azure,
  accessPackageCatalogs: z.array(AccessPackageCatalog),
  accessPackages: z.array(AccessPackage),
})

/** The seed with its rules written out: everybody is in `people`, every membership in `groups`. */
export type Seed = Omit<z.infer<typeof SeedFile>, 'generatedPeople'>
