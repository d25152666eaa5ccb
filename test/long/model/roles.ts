import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'

// What can be asked for in the model, as a person would tell it: not read from the product's own planning.

const sample = resolve(import.meta.dirname, '../../../sample/contoso')

/** Times in minutes. */
interface Rule {
  readonly from: 'owner' | 'security'
  readonly need: number
  readonly escalateAfter: number
  readonly lapseAfter: number
}

export interface Role {
  readonly id: string
  readonly name: string
  readonly templateId: string
  /** Never asked for while Entra asks nobody. */
  readonly grave: boolean
  readonly owners: readonly string[]
  readonly backup: readonly string[]
  readonly rules: readonly Rule[]
  /** Minutes the catalogue allows. */
  readonly longest: number
  /** Minutes Entra's policy allows at the start. */
  readonly entraLongest: number
  /** Whom Entra's policy names at the start; undefined where it asks nobody. */
  readonly entraAsks: Approvers | undefined
}

/** People by id, or one group's name. */
export type Approvers = readonly string[] | { readonly group: string }

export const securityGroup = 'grp-ai-security-approvers'
const hour = 60
const day = 24 * hour
const medium = { escalateAfter: 4 * hour, lapseAfter: day }
const high = { escalateAfter: 2 * hour, lapseAfter: day }
const severe = { escalateAfter: hour, lapseAfter: 12 * hour }

/** Decided in Entra alone; in chat alone; first here, then there; by two of three, in chat and across both. */
export const roles: readonly Role[] = [
  {
    id: 'ai-administrator',
    name: 'AI Administrator',
    templateId: 'd2562ede-74db-457e-a7b6-544e236ebb61',
    grave: true,
    owners: ['priya.raman'],
    backup: ['hannah.vogt'],
    rules: [{ from: 'owner', need: 1, ...high }],
    longest: 4 * hour,
    entraLongest: 4 * hour,
    entraAsks: ['priya.raman', 'hannah.vogt'],
  },
  {
    id: 'security-reader',
    name: 'Security Reader',
    templateId: '5d6b6bb7-de71-4623-b4af-96380a352509',
    grave: false,
    owners: ['jonas.weber'],
    backup: ['mei.lin'],
    rules: [{ from: 'owner', need: 1, ...medium }],
    longest: 8 * hour,
    entraLongest: 8 * hour,
    entraAsks: undefined,
  },
  {
    id: 'application-administrator',
    name: 'Application Administrator',
    templateId: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    grave: true,
    owners: ['priya.raman'],
    backup: ['hannah.vogt', 'omar.haddad'],
    rules: [
      { from: 'owner', need: 1, ...severe },
      { from: 'security', need: 1, ...severe },
    ],
    longest: 2 * hour,
    entraLongest: 2 * hour,
    entraAsks: { group: securityGroup },
  },
  {
    id: 'global-reader',
    name: 'Global Reader',
    templateId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    grave: false,
    owners: ['jonas.weber', 'sam.rivera', 'fatima.zahra'],
    backup: ['mei.lin'],
    rules: [{ from: 'owner', need: 2, ...medium }],
    longest: 8 * hour,
    entraLongest: 10 * hour,
    entraAsks: undefined,
  },
  {
    id: 'cloud-app-administrator',
    name: 'Cloud Application Administrator',
    templateId: '158c047a-c907-4556-b7ef-446551a6b5f7',
    grave: true,
    owners: ['priya.raman', 'omar.haddad', 'chen.li'],
    backup: ['hannah.vogt'],
    rules: [{ from: 'owner', need: 2, ...severe }],
    longest: 2 * hour,
    entraLongest: 2 * hour,
    entraAsks: ['priya.raman', 'omar.haddad', 'chen.li'],
  },
]

/** Everybody who asks. */
export const requesters = ['maya.okafor', 'lena.brandt', 'diego.fuentes', 'noah.kim']

/** Everybody who is ever asked, and some who never are. */
export const everybody = [
  ...requesters,
  'priya.raman',
  'hannah.vogt',
  'omar.haddad',
  'jonas.weber',
  'mei.lin',
  'elif.kaya',
  'sam.rivera',
  'fatima.zahra',
  'chen.li',
  'aiko.tanaka',
]

const Seed = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      objectId: z.string(),
      manager: z.string().nullable(),
      accountEnabled: z.boolean(),
      appInstalled: z.boolean(),
    }),
  ),
  groups: z.array(z.object({ name: z.string(), members: z.array(z.string()) })),
  directoryRoles: z.array(
    z.object({
      role: z.string(),
      eligible: z.array(z.object({ user: z.string().optional(), group: z.string().optional() })),
    }),
  ),
})
export type Seed = z.infer<typeof Seed>

export const readSeed = async (): Promise<Seed> =>
  Seed.parse(parse(await readFile(join(sample, 'tenant.yaml'), 'utf8')))

const Entries = z.object({ entitlements: z.array(z.looseObject({ id: z.string() })) })

/** The sample catalogue with the owners and stages of `roles`. */
export async function makeCatalogue(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-model-'))
  await cp(join(sample, 'catalogue'), folder, { recursive: true })
  const file = join(folder, 'directory-roles.yaml')
  const { entitlements } = Entries.parse(parse(await readFile(file, 'utf8')))
  const changed = entitlements.map((entry) => {
    const role = roles.find(({ id }) => id === entry.id)
    if (role === undefined) return entry
    const stages = role.rules.map(({ from, need, escalateAfter, lapseAfter }) => ({
      from,
      need,
      remindAfter: 'PT15M',
      escalateAfter: `PT${escalateAfter}M`,
      lapseAfter: `PT${lapseAfter}M`,
    }))
    return { ...entry, owners: role.owners, backup: role.backup, stages }
  })
  await writeFile(file, stringify({ entitlements: changed }))
  return folder
}
