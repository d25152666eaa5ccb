import MiniSearch from 'minisearch'
import type { Catalogue } from '../../entitlement/entitlement.ts'
import type { EntitlementId } from '../../entitlement/entry.ts'
import { languageOf, isFrame } from '../language/language.ts'
import { wordsOf } from '../language/words.ts'

const known = new WeakMap<Catalogue, MiniSearch<{ id: EntitlementId; name: string; aliases: string; grants: string }>>()

function searchOf(catalogue: Catalogue) {
  const ready = known.get(catalogue)
  if (ready !== undefined) return ready
  const search = new MiniSearch<{ id: EntitlementId; name: string; aliases: string; grants: string }>({
    fields: ['name', 'aliases', 'grants'],
    searchOptions: {
      boost: { name: 2, aliases: 2 },
      prefix: (term) => term.length > 3,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  })
  search.addAll(
    [...catalogue.entitlements.values()].map(({ id, name, aliases, grants }) => ({
      id,
      name,
      aliases: aliases.join(' '),
      grants,
    })),
  )
  known.set(catalogue, search)
  return search
}

/** The entries whose words are nearest to these, best first; none where no telling word is shared. */
export function nearestTo(words: string, catalogue: Catalogue, most = 3): readonly EntitlementId[] {
  // Beyond a few dozen words nothing is learnt any more, and every word costs.
  const telling = wordsOf(words).filter((word) => !isFrame(word, languageOf('')))
  const terms = telling.slice(0, 40).map(({ raw }) => raw)
  // minisearch returns the ids it was given.
  return searchOf(catalogue)
    .search(terms.join(' '))
    .slice(0, most)
    .map(({ id }) => id as EntitlementId)
}
