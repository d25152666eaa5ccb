import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { EntitlementId } from '../entitlement/entry.ts'
import { type Duration, milliseconds } from '../time.ts'
import type { Asked, Dialogue } from '../workflow/ports/memory.ts'
import { compiled } from './compiled.ts'
import type { Database, Tables } from './database.ts'
import { readDraft } from './drafts.ts'
import { storable } from './storable.ts'

const Span = z.number().transform((count): Duration => milliseconds(count))

/** Read back as anything from outside: a release before this one may have written it. */
const What = z.discriminatedUnion('asks', [
  z.object({ asks: z.literal('draft'), draft: z.string() }),
  z.object({
    asks: z.literal('which'),
    candidates: z.array(EntitlementId),
    filling: z.object({
      duration: Span.exactOptional(),
      longer: Span.exactOptional(),
      justification: z.string().exactOptional(),
      ticket: z.string().exactOptional(),
      start: z.iso
        .datetime()
        .transform((text) => new Date(text))
        .exactOptional(),
    }),
  }),
])

export function dialogueOver(db: Database): Dialogue {
  const lastAsked = compiled(db, ({ person, conversation }: Pick<Tables['asked'], 'person' | 'conversation'>) =>
    db
      .selectFrom('asked')
      .leftJoin('draft', (join) => join.on('draft.id', '=', sql<string>`asked.what::json ->> 'draft'`))
      .selectAll('draft')
      .select(['asked.message as occasion', 'asked.what', 'asked.at', 'asked.below'])
      .where('asked.person', '=', person)
      .where('asked.conversation', '=', conversation),
  )
  const asked = compiled(db, ({ person, conversation, message, what, at, below }: Tables['asked']) => {
    const row = { message, what, at, below }
    return db
      .insertInto('asked')
      .values({ person, conversation, ...row })
      .onConflict((conflict) => conflict.columns(['person', 'conversation']).doUpdateSet(row))
  })
  return {
    async lastAsked(person, conversation) {
      const [row] = await lastAsked({ person, conversation })
      if (row === undefined) return undefined
      const { occasion: message, what, at, below, ...draft } = row
      return {
        message,
        what: What.parse(JSON.parse(what)) satisfies Asked['what'],
        at,
        below,
        // The join gives a whole row or none.
        ...(draft.id === null ? {} : { draft: readDraft(draft as Selectable<Tables['draft']>) }),
      }
    },

    async ask(person, conversation, { message, what, at, below }) {
      await asked({ person, conversation, message, what: JSON.stringify(whole(what)), at, below })
    },
  }
}

/** What was typed, as PostgreSQL can keep it. */
function whole(what: Asked['what']): Asked['what'] {
  if (what.asks === 'draft') return what
  const { justification, ticket } = what.filling
  return {
    ...what,
    filling: {
      ...what.filling,
      ...(justification === undefined ? {} : { justification: storable(justification) }),
      ...(ticket === undefined ? {} : { ticket: storable(ticket) }),
    },
  }
}
