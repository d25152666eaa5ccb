import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Passwords to give the database's roles; a role without one is left to sign in as the administrator arranged. */
export interface RolePasswords {
  readonly latchkey_bot?: string
  readonly latchkey_executor?: string
}

const roles = ['latchkey_bot', 'latchkey_executor'] as const

/** Makes the roles that are missing. They belong to the server, not to one database. */
export async function makeRoles(admin: Database, passwords: RolePasswords): Promise<void> {
  await admin.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtext('latchkey roles'))`.execute(transaction)
    for (const role of roles) {
      const there = await sql`select 1 from pg_roles where rolname = ${role}`.execute(transaction)
      if (there.rows.length === 0) await sql`create role ${sql.id(role)} login`.execute(transaction)
      const password = passwords[role]
      if (password !== undefined) {
        await sql`alter role ${sql.id(role)} password ${sql.lit(password)}`.execute(transaction)
      }
    }
  })
}

/** Who may enter this database, and that nobody else may; a copy of a database does not inherit this. */
export async function letRolesIn(admin: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(admin)
  const database = sql.id(rows[0]?.name ?? 'latchkey')
  await sql`revoke all on database ${database} from public`.execute(admin)
  await sql`revoke create on schema public from public`.execute(admin)
  for (const role of roles) await sql`grant connect on database ${database} to ${sql.id(role)}`.execute(admin)
}
