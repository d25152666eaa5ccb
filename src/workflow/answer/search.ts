import { find } from '../../ask/find.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import type { Found, Search } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import { relationTo } from '../record/relation.ts'
import { entryRecord } from '../record/record-id.ts'
import { askable } from '../record/visible.ts'

type Reads = Pick<Edges, 'tenant' | 'catalogue' | 'chats' | 'now'>

/**
 * What this person may ask for, as they type. What the tenant says is read anew each time: an answer kept for even a
 * minute could name what has just been taken away, and all of it is a few reads sent together.
 */
export async function search(edges: Reads, { person, words, conversation, skip, most }: Search): Promise<Found> {
  const { viewer, reference: own } = await edges.chats.known(person)
  const context = { now: edges.now(), zone: viewer.zone, catalogue: edges.catalogue }
  const { fitting, near } = find(words, context)
  const relation = relationTo(edges, person)
  const theirs = (ids: readonly EntitlementId[]) =>
    askable(
      relation,
      ids.flatMap((id) => edges.catalogue.entitlements.get(id) ?? []),
    )
  const first = await theirs(fitting)
  // A name that only others may ask for is answered like one that nobody has.
  const entries = first.length > 0 ? first : await theirs(near)
  return {
    entries: entries
      .slice(skip, skip + most)
      .map(({ id, name, grants }) => ({ record: entryRecord(id), name, grants })),
    // A chat of two people is called personal as well where an extension runs: only the one that we know is theirs.
    ownChat: own?.conversation === conversation,
    viewer,
  }
}
