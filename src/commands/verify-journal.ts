import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, environment, present, readDemoConfig, readVerifyConfig } from '../setup/config.ts'
import { readJournalKeys } from '../store/journal-keys.ts'
import { sayVerification } from '../store/say-verification.ts'
import { verifyJournal } from '../store/verify-journal.ts'

// `npm run verify-journal`: exit 1 and the first bad event, or one line that says what was looked at. With no setting
// of a real tenant present it is the demo's journal that is verified, whether the demo runs or not.

async function verifyTenant() {
  const { databaseUrl, keyFile, formerKeys: folder, checkpointFiles } = readVerifyConfig(environment())
  const { signingKey, formerKeys } = await readJournalKeys(keyFile, folder)
  return verifyJournal({
    databaseUrl,
    publicKeys: [signingKey, ...formerKeys],
    ...(checkpointFiles === undefined ? {} : { checkpointFiles }),
  })
}

async function verifyDemo() {
  const { LATCHKEY_DATA: dataFolder } = readDemoConfig(environment())
  await access(join(dataFolder, 'postgres')).catch(() => {
    throw new ConfigError([`DATABASE_URL is missing, and ${dataFolder} holds no demo whose journal could be verified`])
  })
  // A production installation has no embedded PostgreSQL to import.
  const { checkpointFile, journalKey, startPostgres } = await import('../demo/postgres.ts')
  const server = await startPostgres({ dataFolder, log: () => {} })
  try {
    return await verifyJournal({
      databaseUrl: server.url,
      publicKeys: [await readFile(await journalKey(dataFolder), 'utf8')],
      checkpointFiles: [checkpointFile(dataFolder)],
    })
  } finally {
    if (!server.adopted) await server.stop()
  }
}

try {
  if (process.argv.includes('--file')) throw new ConfigError(['--file: exports cannot be made or verified yet'])
  const verification = await (present(environment()).length === 0 ? verifyDemo() : verifyTenant())
  console.log(sayVerification(verification))
  if (!verification.ok) process.exitCode = 1
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
