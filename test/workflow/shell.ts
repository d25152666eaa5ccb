import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { issueSsoToken } from '../../src/emulated-tenant/entra/entra-app.ts'
import { portal } from '../../src/emulated-tenant/demo/portal.ts'
import { parseCatalogue } from '../../src/entitlement/catalogue.ts'
import type { Catalogue, Entitlement } from '../../src/entitlement/entitlement.ts'
import type { RequestId } from '../../src/request/events.ts'
import type { Store } from '../../src/store/store.ts'
import type { Tapped } from '../../src/workflow/ports/incoming.ts'
import type { Edges } from '../../src/workflow/ports/ports.ts'
import { loadRequest } from '../../src/workflow/record/record.ts'
import { newDraftId, requestOf } from '../../src/workflow/record/record-id.ts'
import { tap } from '../../src/workflow/tap/tap.ts'
import { freshStore, type TestStore } from '../fixtures/postgres.ts'
import { openTenantEdge } from '../microsoft/tenant-edge.ts'
import type { Tenant } from '../../src/workflow/ports/tenant.ts'
import type { Inputs } from '../../src/entitlement/inputs.ts'

// Taps as the shell takes them: a real database, Entra over https, two replicas, and a catalogue that people edit.

const folder = new URL('../../sample/contoso/catalogue', import.meta.url).pathname
export const [roles, shared] = ['directory-roles.yaml', 'catalogue.yaml'] as const

/** File, from, to. */
type Change = readonly [string, string, string]

/** The sample catalogue, edited as somebody edits its files. */
async function catalogueWith(changes: readonly Change[]): Promise<Catalogue> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
  const files = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      const mine = changes.filter(([file]) => file === name)
      return { name, text: mine.reduce(edited, text) }
    }),
  )
  const read = parseCatalogue(files)
  if (!read.ok) throw new Error(`the edited catalogue has a mistake: ${JSON.stringify(read.refusal)}`)
  return read.value
}

function edited(text: string, [file, from, to]: Change): string {
  if (!text.includes(from)) throw new Error(`${file} does not say ${from}`)
  return text.replace(from, to)
}

/** Stages in place of those of the tier, for the role of this template id. */
export const stagesOf = (templateId: string, stages: string): Change => [
  roles,
  `      templateId: ${templateId}\n      scope: /\n`,
  `      templateId: ${templateId}\n      scope: /\n    stages:\n${stages}`,
]
export const aiAdministrator = 'd2562ede-74db-457e-a7b6-544e236ebb61'
export const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'
export const securityReader = '5d6b6bb7-de71-4623-b4af-96380a352509'
export const stage = (from: string, need: number) =>
  `      - {from: ${from}, need: ${need}, remindAfter: PT30M, escalateAfter: PT2H, lapseAfter: P1D}\n`

/** One of each for a test file; the tenant, what the database holds and the catalogue are anew for every test. */
/** What a test adds to the sample: kinds of access, and entries of the catalogue. */
export interface Added {
  readonly tenant?: (tenant: Tenant) => Tenant
  readonly entries?: readonly Entitlement[]
}

export function openShell({ tenant: adding = (tenant) => tenant, entries = [] }: Added = {}) {
  let edge: Awaited<ReturnType<typeof openTenantEdge>>
  let memory: TestStore
  let stores: readonly [Store, Store]
  let catalogue: Catalogue

  beforeAll(async () => {
    memory = await freshStore()
    stores = [memory.store, await memory.replica()]
  })
  beforeEach(async () => {
    edge = await openTenantEdge()
    await memory.clear()
    catalogue = await catalogueWith([])
    return () => edge[Symbol.asyncDispose]()
  })
  afterAll(() => memory[Symbol.asyncDispose]())

  function edges(replica: 0 | 1 = 0): Edges {
    const unused = {}
    return {
      ...stores[replica],
      tenant: adding(edge.tenant),
      catalogue: {
        ...catalogue,
        entitlements: new Map([...catalogue.entitlements, ...entries.map((entry) => [entry.id, entry] as const)]),
      },
      chatLink: 'https://teams.example/chat',
      now: edge.emulated.now,
      realNow: () => new Date(),
      log: { info() {}, warn() {}, error() {} },
      wake() {},
      strangers: { count() {} },
      // What the shell shows is what a tap answers here: nothing is posted, and nobody is sent to a page.
      conversation: unused as Edges['conversation'],
      signInPage: unused as Edges['signInPage'],
    }
  }

  async function press(
    by: string,
    verb: Tapped['verb'],
    record: string,
    more: Partial<Tapped> = {},
    replica: 0 | 1 = 0,
  ) {
    const known = record.startsWith('req_') ? await loadRequest(edges(), record as RequestId) : undefined
    const token = await issueSsoToken(edge.emulated, by)
    const tapped: Tapped = {
      activity: crypto.randomUUID(),
      verb,
      record,
      revision: known?.revision ?? 1,
      inputs: {},
      actor: edge.id(by),
      chat: 'personal',
      conversation: `chat of ${by}`,
      serviceUrl: 'https://smba.example/',
      card: 'card',
      proof: { by: 'sso', token, contexts: [] },
      ...more,
    }
    return tap(edges(replica), tapped, new AbortController().signal)
  }

  async function drafted(entitlement = 'ai-administrator', speaker = 'maya.okafor', inputs: Inputs = {}) {
    const id = newDraftId()
    const draft = { id, revision: 1, speaker: edge.id(speaker), entitlement, madeAt: edge.emulated.now() }
    const form = { duration: 'PT2H', justification: 'rotate the connector keys', ticket: 'INC-48213', ...inputs }
    await stores[0].drafts.make({ ...draft, inputs: form, cutFrom: null }, crypto.randomUUID())
    return id
  }

  async function asked(
    entitlement = 'ai-administrator',
    speaker = 'maya.okafor',
    inputs: Inputs = {},
  ): Promise<RequestId> {
    const draft = await drafted(entitlement, speaker, inputs)
    const answer = await press(speaker, 'submit', draft)
    expect(answer).toMatchObject({ answer: 'card' })
    return requestOf(draft)
  }

  const stands = async (id: RequestId) => {
    const request = await loadRequest(edges(), id)
    if (request === undefined) throw new Error(`no request ${id}`)
    return request
  }
  const statusOf = async (id: RequestId) => (await stands(id)).phase.status
  const effects = (operation?: string) =>
    edge.emulated.effects.filter((each) => operation === undefined || each.operation === operation)
  const inPortal = (deed: object) => {
    const done = portal(edge.emulated, deed)
    if (!done.ok) throw new Error(done.message)
  }
  const inEntra = () => {
    const [request] = edge.emulated.requests
    if (request === undefined) throw new Error('nothing was filed')
    return request
  }

  /** Somebody who may ask for the role and is none of those who decide it. */
  const eligibleFor = async (roleId: string): Promise<string> => {
    const found = edge.emulated.eligibilities.find((each) => each.resource === roleId)
    const person = [...edge.emulated.people.values()].find(({ objectId }) => objectId === found?.principalId)
    if (person === undefined) throw new Error(`nobody is eligible for ${roleId}`)
    return person.id
  }

  return {
    get tenant() {
      return edge
    },
    get adminUrl() {
      return memory.database.adminUrl
    },
    get stores() {
      return stores
    },
    /** The catalogue as it is from now on: the sample with these changes, without those made before. */
    edit: async (...changes: readonly Change[]) => void (catalogue = await catalogueWith(changes)),
    edges,
    press,
    drafted,
    asked,
    stands,
    statusOf,
    effects,
    inPortal,
    inEntra,
    eligibleFor,
  }
}

export const refusedAs = (kind: string) => ({ answer: 'refused', refusal: { kind } })
