import { parseArgs } from 'node:util'
import { principalName } from '../entitlement/entitlement.ts'
import { ConfigError, environment, readMigrateConfig } from '../setup/config.ts'
import { mistakeLine } from '../entitlement/mistake.ts'
import { readCatalogue } from '../entitlement/read-catalogue.ts'
import { graphOptionsOf } from '../setup/graph-options.ts'
import { openTenant } from '../microsoft/tenant.ts'
import { PersonId } from '../people.ts'
import { type Deployment, reach } from './deployment.ts'
import { erasePerson } from '../store/erase-person.ts'
import { readJournalKeys } from '../store/journal-keys.ts'

// `npm run journal -- --erase PERSON`, with DATABASE_ADMIN_URL: what that person wrote goes from every table, for good,
// and an event says so. A person is named by object id, user principal name, or the name before the @.

const realNow = (): Date => new Date()

try {
  const { erase } = parseArgs({ options: { erase: { type: 'string' } } }).values
  if (erase === undefined) {
    throw new ConfigError(['--erase PERSON is missing: an object id, or a name such as maya.okafor'])
  }
  const { adminUrl } = readMigrateConfig(environment())
  const deployment = await reach(environment(), realNow())
  const { LATCHKEY_JOURNAL_KEY: keyFile, LATCHKEY_JOURNAL_FORMER_KEYS: former } = deployment.config
  const person = await personCalled(deployment, erase)
  const erased = await erasePerson({
    databaseAdminUrl: adminUrl,
    ...(await readJournalKeys(keyFile, former)),
    person,
    at: deployment.now,
    realNow: realNow(),
  })
  const rows = Object.values(erased.rows).reduce((sum, count) => sum + count, 0)
  console.log(`${person}: ${erased.texts.length} events and ${rows} other rows had words of theirs; they are erased`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/** By object id also somebody who has left the directory, which is when erasing is asked for most. */
async function personCalled({ config }: Deployment, called: string): Promise<PersonId> {
  const id = PersonId.safeParse(called.toLowerCase())
  if (id.success) return id.data
  const read = await readCatalogue(config.LATCHKEY_CATALOGUE)
  if (!read.ok) throw new Error(`The catalogue is not usable:\n${read.refusal.map(mistakeLine).join('\n')}`)
  const name = called.includes('@') ? called : principalName(read.value, called)
  const person = await openTenant(graphOptionsOf(config)).personNamed(name)
  if (person === undefined) {
    throw new Error(`The directory knows nobody called ${name}: give the object id of somebody who has left`)
  }
  return person.id
}
