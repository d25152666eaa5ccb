import { parseArgs } from 'node:util'
import { type Environment, environment } from '../setup/config.ts'
import { type Catalogue, type Entitlement, principalName } from '../entitlement/entitlement.ts'
import { mistakeLine } from '../entitlement/mistake.ts'
import { readCatalogue } from '../entitlement/read-catalogue.ts'
import { openTenant } from '../microsoft/tenant.ts'
import { graphOptionsOf } from '../setup/graph-options.ts'
import { reach } from './deployment.ts'
import { readJournalKeys } from '../store/journal-keys.ts'
import { openStore } from '../store/store.ts'
import { type Duration, parseDuration } from '../time.ts'
import { explanationLines } from '../words/explain/explanation.ts'
import { readerOf } from '../words/reader.ts'
import { explain } from '../workflow/answer/why.ts'

// `npm run explain -- --as maya.okafor --wants ai-administrator --for PT8H`: whether they may have it, under which
// terms, who could decide it now and why each other could not. Asks the tenant as the bot does, and changes nothing.

const realNow = () => new Date()
const usage = 'npm run explain -- --as maya.okafor --wants ai-administrator [--for PT8H]'

try {
  const options = { as: { type: 'string' }, wants: { type: 'string' }, for: { type: 'string' } } as const
  const { as, wants, for: length } = parseArgs({ options }).values
  if (as === undefined || wants === undefined) throw new Error(`Say who wants what: ${usage}`)
  const asked = length === undefined ? undefined : parseDuration(length)
  if (length !== undefined && asked === undefined)
    throw new Error(`--for ${length} is no ISO 8601 duration such as PT8H`)
  console.log((await explained(environment(), as, wants, asked)).join('\n'))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function explained(env: Environment, as: string, wants: string, asked: Duration | undefined) {
  const { config, now } = await reach(env, realNow())
  const read = await readCatalogue(config.LATCHKEY_CATALOGUE)
  if (!read.ok) throw new Error(`The catalogue is not usable:\n${read.refusal.map(mistakeLine).join('\n')}`)
  const catalogue = read.value
  const entry = entryCalled(catalogue, wants)
  const tenant = openTenant(graphOptionsOf(config))
  await using store = await openStore({
    databaseUrl: config.DATABASE_URL,
    ...(await readJournalKeys(config.LATCHKEY_JOURNAL_KEY, config.LATCHKEY_JOURNAL_FORMER_KEYS)),
    realClock: realNow,
    defaultZone: catalogue.timeZone,
  })
  const name = as.includes('@') ? as : principalName(catalogue, as)
  const person = await tenant.personNamed(name)
  if (person === undefined) throw new Error(`The directory knows nobody called ${name}`)
  const why = await explain({ ...store, tenant, catalogue, now: () => now }, person.id, entry, asked)
  if (why === undefined) throw new Error(`The directory knows nobody called ${name}`)
  return explanationLines(readerOf({ locale: 'en-GB', zone: catalogue.timeZone }, now), why)
}

function entryCalled({ entitlements }: Catalogue, wants: string): Entitlement {
  const wanted = wants.toLowerCase()
  const named = [...entitlements.values()].find(({ id, name, aliases }) =>
    [id, name, ...aliases].some((each) => each.toLowerCase() === wanted),
  )
  if (named !== undefined) return named
  throw new Error(`The catalogue has no entry ${wants}; it has ${[...entitlements.keys()].join(', ')}`)
}
