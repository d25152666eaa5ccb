import { type Config, ConfigError, environment } from '../setup/config.ts'
import type { Catalogue } from '../entitlement/entitlement.ts'
import { readCatalogue } from '../entitlement/read-catalogue.ts'
import { openLanguageModel } from '../language-model/language-model.ts'
import { languageModelOptionsOf } from '../setup/language-model-options.ts'
import { type Examination, openExamination } from '../microsoft/permission-probes.ts'
import { openTenant } from '../microsoft/tenant.ts'
import { throttles } from '../microsoft/wire/throttle.ts'
import { graphOptionsOf } from '../setup/graph-options.ts'
import { PersonId } from '../people.ts'
import { type Deployment, reach } from './deployment.ts'
import { requestsKept } from '../store/examine.ts'
import { readJournalKeys } from '../store/journal-keys.ts'
import { openStore, type Store } from '../store/store.ts'
import { undelivered } from '../store/undelivered.ts'
import { saidFinding } from '../words/doctor/findings.ts'
import { readerOf } from '../words/reader.ts'
import { examineMemory } from '../workflow/doctor/examine-memory.ts'
import { examinePeople } from '../workflow/doctor/examine-people.ts'
import { examineEntry } from '../workflow/doctor/examine-entry.ts'
import type { Finding } from '../workflow/ports/finding.ts'
import type { Edges } from '../workflow/ports/ports.ts'
import { grantable } from '../workflow/record/kinds.ts'

// `npm run doctor`: looks at configuration, tenant, catalogue against tenant and projections against journal. Each
// finding comes with its mend; exit status 1 if there is any. It reads, and changes nothing.

const realNow = () => new Date()
const services = throttles()

async function examine(): Promise<readonly Finding[]> {
  const reached = await reach(environment(), realNow()).catch((error: unknown) => {
    if (error instanceof ConfigError) return error.problems
    throw error
  })
  return 'config' in reached ? examineDeployment(reached) : reached.map((problem) => ({ kind: 'setting', problem }))
}

async function examineDeployment({ config, now }: Deployment): Promise<readonly Finding[]> {
  const read = await readCatalogue(config.LATCHKEY_CATALOGUE)
  if (!read.ok) return read.refusal.map((mistake) => ({ kind: 'catalogue-mistake', mistake }))
  const catalogue = read.value
  const { id } = catalogue.tenant
  const findings: Finding[] =
    id === config.TENANT_ID ? [] : [{ kind: 'other-tenant', catalogue: id, configured: config.TENANT_ID }]
  findings.push(...(await examining('the language model', () => examineModel(config))))
  const opened = await openMemory(config, catalogue).catch((error: unknown): Finding => ({
    kind: 'database',
    detail: messageOf(error),
  }))
  if ('kind' in opened) return [...findings, opened, ...(await examineSignIn(config))]
  await using store = opened
  findings.push(...(await examineTenant(config, { ...store, catalogue, now: () => now })))
  findings.push(...(await examining('what is owed', () => undelivered(config.DATABASE_URL))))
  return [...findings, ...(await examineJournal(config, store, now))]
}

const openMemory = async (config: Config, catalogue: Catalogue): Promise<Store> =>
  openStore({
    databaseUrl: config.DATABASE_URL,
    ...(await readJournalKeys(config.LATCHKEY_JOURNAL_KEY, config.LATCHKEY_JOURNAL_FORMER_KEYS)),
    realClock: realNow,
    defaultZone: catalogue.timeZone,
  })

/** @returns why nothing of the tenant can be read; without that, more reads would only fail the same way. */
async function examineSignIn(config: Config): Promise<readonly Finding[]> {
  let examination: Examination
  try {
    examination = openExamination(graphOptionsOf(config), services)
    await examination.signIn()
  } catch (error) {
    return [{ kind: 'no-token', detail: messageOf(error) }]
  }
  return examining('Graph', async () =>
    (await examination.permissionsMissing()).map((missing) => ({ kind: 'permission-missing', ...missing })),
  )
}

async function examineTenant(
  config: Config,
  memory: Pick<Edges, 'chats' | 'requests' | 'catalogue' | 'now'>,
): Promise<readonly Finding[]> {
  const findings = [...(await examineSignIn(config))]
  if (findings.length > 0) return findings
  const options = graphOptionsOf(config)
  const edges = { ...memory, tenant: openTenant(options, undefined, services) }
  const examination = openExamination(options, services)
  findings.push(...(await examining('the people of the catalogue', () => examinePeople(edges))))
  for (const scope of scopesIn(edges.catalogue)) {
    const ofScope = async (): Promise<readonly Finding[]> => {
      const detail = await examination.scopeUnread(scope)
      return detail === undefined ? [] : [{ kind: 'scope-unread', scope, detail }]
    }
    findings.push(...(await examining(scope, ofScope)))
  }
  for (const each of await grantable(edges))
    findings.push(...(await examining(each.entry.id, () => examineEntry(edges, each))))
  return findings
}

/** The Azure scopes on which something can be asked for, each once. */
const scopesIn = ({ entitlements, resources }: Catalogue): ReadonlySet<string> =>
  new Set(
    [...entitlements.values()].flatMap((entry) =>
      entry.kind === 'azureRole' ? (resources.get(entry.target.resource)?.id ?? []) : [],
    ),
  )

/** One message of ours is read, by an endpoint that people's will go to. */
async function examineModel(config: Config): Promise<readonly Finding[]> {
  const options = await languageModelOptionsOf(config, graphOptionsOf(config).credential)
  if (options === undefined) return []
  const log = { info() {}, warn() {}, error() {} }
  const model = openLanguageModel({ ...options, realNow, log })
  const nobody = PersonId.parse('00000000-0000-4000-8000-000000000000')
  const message = {
    text: 'help',
    speaker: nobody,
    now: realNow(),
    zone: 'UTC',
    candidates: [],
    people: [],
    tickets: [],
  }
  const { came } = await model.read(message)
  return came === 'read' ? [] : [{ kind: 'language-model', why: came }]
}

/** Somebody may act between the two reads, so what is found is looked at once more before it is said. */
async function examineJournal(config: Config, { journal }: Store, now: Date): Promise<readonly Finding[]> {
  const look = async () => examineMemory({ journal, now, ...(await requestsKept(config.DATABASE_URL)) })
  return examining('the journal', async () => {
    const found = await look()
    if (found.length === 0) return found
    const again = new Set((await look()).map((finding) => JSON.stringify(finding)))
    return found.filter((finding) => again.has(JSON.stringify(finding)))
  })
}

/** A part that cannot be examined is a finding of its own, and does not hide the others. */
const examining = (what: string, look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> =>
  look().catch((error: unknown) => [{ kind: 'unreadable', what, detail: messageOf(error) }])

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

try {
  const findings = await examine()
  const reader = readerOf({ locale: 'en-GB', zone: 'UTC' }, realNow())
  for (const { problem, mend } of findings.map((finding) => saidFinding(reader, finding))) {
    console.log(`${problem}\n  → ${mend}`)
  }
  console.log(findings.length === 0 ? 'Nothing to mend.' : `${findings.length} to mend.`)
  if (findings.length > 0) process.exitCode = 1
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
