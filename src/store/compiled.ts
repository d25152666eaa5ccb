import { type Compilable, CompiledQuery } from 'kysely'
import type { Database } from './database.ts'

const column = Symbol('stands for a value')
interface Blank {
  readonly [column]: PropertyKey
}
const isBlank = (value: unknown): value is Blank => typeof value === 'object' && value !== null && column in value

/**
 * A statement of every message, put into words once: building it anew costs this process more than sending it.
 * @param build is called once, with blanks in place of values: it may only hand them on, and each as one value
 * @returns what sends it with values in the blanks
 */
export function compiled<Given extends object, Row>(
  db: Database,
  build: (given: Given) => Compilable<Row>,
): (given: Given) => Promise<readonly Row[]> {
  let statement: { readonly sql: string; readonly values: (given: Given) => unknown[] } | undefined
  const compile = () => {
    const blanks = new Proxy(
      {},
      {
        get: (_, name): Blank => ({ [column]: name }),
        ownKeys: () => {
          throw new TypeError('what a statement is given is taken by its names: it cannot be spread')
        },
      },
    )
    // Kysely looks into no value: it numbers them, and hands them back in that order.
    const { sql, parameters } = build(blanks as Given).compile()
    const values = (given: Given) =>
      parameters.map((value) => (isBlank(value) ? given[value[column] as keyof Given] : value)) // named by `build`
    return { sql, values }
  }
  return async (given) => {
    statement ??= compile()
    const { rows } = await db.executeQuery(CompiledQuery.raw(statement.sql, statement.values(given)))
    return rows as Row[] // as the builder has it
  }
}
