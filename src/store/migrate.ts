import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { connect, type Database } from './database.ts'
import { migrations } from './migrations/all.ts'
import { letRolesIn, makeRoles, type RolePasswords } from './roles.ts'
import { migrateWakeUps } from './wake-ups.ts'

const newest = Object.keys(migrations).toSorted().at(-1) ?? ''

/**
 * Brings a database to this version's schema, and makes the roles the processes sign in as. Harmless to repeat and
 * to run twice at once.
 * @param databaseAdminUrl a role that owns the database and may create roles; the bot's own may do neither
 * @returns the names of the steps taken, none when the database was up to date
 */
export async function migrate(databaseAdminUrl: string, passwords: RolePasswords = {}): Promise<readonly string[]> {
  const admin = connect(databaseAdminUrl, 2)
  try {
    await makeRoles(admin, passwords)
    const { error, results } = await new Migrator({
      db: admin,
      provider: { getMigrations: async () => migrations },
    }).migrateToLatest()
    if (error !== undefined) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName
      throw new Error(`The database could not be brought to ${failed ?? newest}`, { cause: error })
    }
    await sql`grant select on kysely_migration to latchkey_bot`.execute(admin)
    await migrateWakeUps(databaseAdminUrl, admin)
    await letRolesIn(admin)
    return results?.map((result) => result.migrationName) ?? []
  } finally {
    await admin.destroy()
  }
}

/** @throws when the database is not at exactly this version's schema, naming what mends it. */
export async function requireThisSchema(db: Database): Promise<void> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(
    db,
  )
  const applied = rows[0]?.there === true ? await db.selectFrom('kysely_migration').select('name').execute() : []
  const at = applied
    .map((migration) => migration.name)
    .toSorted()
    .at(-1)
  if (at === newest && applied.length === Object.keys(migrations).length) return
  if (at !== undefined && at > newest) {
    throw new Error(`The database is at schema ${at}, newer than this version's ${newest}: start a newer version`)
  }
  throw new Error(
    `The database is ${at === undefined ? 'empty' : `at schema ${at}`}, this version needs ${newest}: ` +
      'run `npm run migrate` with DATABASE_ADMIN_URL',
  )
}
