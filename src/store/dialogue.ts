import type { Selectable } from 'kysely'
import { z } from 'zod'
import { EntitlementId } from '../entitlement/entry.ts'
import { type Duration, milliseconds } from '../time.ts'
import type { Asked, Dialogue } from '../workflow/ports/memory.ts'
import { type Database, execute, type Tables } from './database.ts'
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

/** The columns of a draft are all null where none was asked about. */
const lastAsked = `
  select draft.*, asked.message as occasion, asked.what, asked.at, asked.below
  from asked left join draft on draft.id = asked.what::json ->> 'draft'
  where asked.person = $1 and asked.conversation = $2`

type LastAsked = Pick<Tables['asked'], 'what' | 'at' | 'below'> & { readonly occasion: string } & (
    | Selectable<Tables['draft']>
    | { readonly id: null }
  )

const asked = `
  insert into asked (person, conversation, message, what, at, below)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (person, conversation) do update
    set message = excluded.message, what = excluded.what, at = excluded.at, below = excluded.below`

export function dialogueOver(db: Database): Dialogue {
  return {
    async lastAsked(person, conversation) {
      const [row] = await execute<LastAsked>(db, lastAsked, [person, conversation])
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
      await execute(db, asked, [person, conversation, message, JSON.stringify(whole(what)), at, below])
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
