import { ConfigError, environment, readMigrateConfig } from '../setup/config.ts'
import { migrate } from '../store/migrate.ts'

// `npm run migrate`: brings the database to this version's schema, with DATABASE_ADMIN_URL.

try {
  const { adminUrl } = readMigrateConfig(environment())
  const steps = await migrate(adminUrl)
  console.log(steps.length === 0 ? 'The database is up to date' : `The database went through ${steps.join(', ')}`)
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
