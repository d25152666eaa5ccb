import type { Catalogue, PersonHandle } from '../entitlement/entitlement.ts'
import type { AskContext, Stretch } from './ask.ts'

export interface Named extends Stretch {
  readonly handle: PersonHandle
}

/** Who may be named, by each way of naming them that means one person only. */
function waysToName({
  people,
  catalogue,
}: Pick<AskContext, 'people' | 'catalogue'>): ReadonlyMap<string, PersonHandle> {
  const ways = new Map<string, Set<PersonHandle>>()
  for (const { handle, name } of people ?? decidersOf(catalogue)) {
    const [first = name] = name.toLowerCase().split(/\s+/)
    for (const way of [handle.toLowerCase(), name.toLowerCase(), first])
      ways.set(way, (ways.get(way) ?? new Set()).add(handle))
  }
  return new Map(
    [...ways].flatMap(([way, handles]) => (handles.size === 1 ? [...handles].map((one) => [way, one] as const) : [])),
  )
}

const known = new WeakMap<Catalogue, NonNullable<AskContext['people']>>()

/** The catalogue's own people, listed once: a catalogue never changes. */
function decidersOf(catalogue: Catalogue): NonNullable<AskContext['people']> {
  const ready = known.get(catalogue) ?? deciders(catalogue)
  known.set(catalogue, ready)
  return ready
}

const deciders = ({ entitlements }: Catalogue): NonNullable<AskContext['people']> =>
  [...new Set([...entitlements.values()].flatMap(({ owners, backup }) => [...owners, ...backup]))].map((handle) => ({
    handle,
    name: handle.replace(/[._-]/g, ' '),
  }))

/** People named in the text by first name, full name or handle. */
export function personsIn(text: string, context: Pick<AskContext, 'people' | 'catalogue'>): readonly Named[] {
  const ways = waysToName(context)
  const found: Named[] = []
  let end = 0
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])\p{L}+(?:[. ]\p{L}+)?/gu)) {
    for (const candidate of [match[0], match[0].split(/[. ]/)[0] ?? '', match[0].split(/[. ]/)[1] ?? '']) {
      const handle = ways.get(candidate.toLowerCase())
      const from = match.index + match[0].lastIndexOf(candidate)
      if (handle === undefined || candidate === '' || from < end) continue
      end = from + candidate.length
      found.push({ handle, from, to: end })
      break
    }
  }
  return found
}

const asSubject =
  /^(?:'ll|’ll)?\s{1,2}(?:needs?|should|shld|must|will need|would need|wants?|requires?|starts|have|get|aurait besoin)\b/i
const asObject = /(?:^|[\s,])(?:can|could|may|give|grant|let|get)\s$/i

/** For whom access is asked, where the words say so beyond doubt. `adjoining`: only frame stands between the thing and "for". */
export function beneficiaryIn(
  text: string,
  named: readonly Named[],
  adjoining: (person: Named) => boolean,
): Named | undefined {
  return named.find((person) => {
    const after = text.slice(person.to, person.to + 24)
    const before = text.slice(Math.max(0, person.from - 12), person.from)
    if (/^['’]s/.test(after)) return false
    return (
      asSubject.test(after) ||
      (asObject.test(before) && !/\bask/i.test(before)) ||
      (/\bfor\s$/i.test(before) && adjoining(person))
    )
  })
}
