import { parseFilter } from './odata-filter.ts'
import type { Filterable } from './odata-filter.ts'
import { Refusal } from '../refusal.ts'

export type Entity = Record<string, unknown>

/** `principal($select=id),policy($expand=rules)` as a tree. */
export type Expansion = { name: string; select: readonly string[] | null; expand: readonly Expansion[] }

/** What the query string of a read asks for; the filter is parsed by the collection, which knows its properties. */
export type Query = {
  filter: string | null
  select: readonly string[] | null
  expand: readonly Expansion[]
  top: number | null
  skip: number
  count: boolean
  newestFirst: boolean | null
}

const pageSize = 100
const options = ['$filter', '$select', '$expand', '$top', '$skip', '$skiptoken', '$count', '$orderby']

/** @throws {Refusal} 400 BadRequest for an option that Graph does not know or a value it does not take. */
export function parseQuery(parameters: URLSearchParams): Query {
  for (const name of parameters.keys())
    if (name.startsWith('$') && !options.includes(name))
      throw new Refusal(400, 'BadRequest', `The query parameter '${name}' is not supported.`)
  const select = parameters.get('$select')
  const order = parameters.get('$orderby')
  return {
    filter: parameters.get('$filter'),
    select: select === null ? null : names(select),
    expand: expansions(parameters.get('$expand') ?? ''),
    top: wholeNumber(parameters, '$top', 1),
    skip: wholeNumber(parameters, '$skiptoken', 0) ?? wholeNumber(parameters, '$skip', 0) ?? 0,
    count: parameters.get('$count') === 'true',
    newestFirst: order === null ? null : !order.trim().endsWith(' asc') && order.trim().endsWith(' desc'),
  }
}

function wholeNumber(parameters: URLSearchParams, name: string, least: number): number | null {
  const text = parameters.get(name)
  if (text === null) return null
  if (!/^\d{1,6}$/.test(text) || Number(text) < least)
    throw new Refusal(400, 'BadRequest', `Invalid value '${text}' for ${name} query option found.`)
  return Number(text)
}

const names = (text: string): string[] => text.split(',').map((name) => name.trim())

function expansions(text: string): Expansion[] {
  return splitOutside(text, ',').map((part) => {
    const match = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/.exec(part)
    const [, name, inner = ''] = match ?? []
    if (name === undefined) throw new Refusal(400, 'BadRequest', `Parsing $expand failed: ${text}`)
    const expansion: Expansion = { name, select: null, expand: [] }
    for (const option of splitOutside(inner, ';')) {
      const [key, ...value] = option.split('=')
      if (key?.trim() === '$select') expansion.select = names(value.join('='))
      else if (key?.trim() === '$expand') expansion.expand = expansions(value.join('='))
      else throw new Refusal(400, 'BadRequest', `The option '${option}' inside $expand is not supported.`)
    }
    return expansion
  })
}

/** Splits at a separator that no parenthesis encloses. */
function splitOutside(text: string, separator: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === separator && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts.filter((part) => part.trim() !== '')
}

/** A kind of entity: its plain properties, and what `$expand` can add. */
export type EntityType<Source> = {
  name: string
  properties: (source: Source) => Entity
  /** Left out unless selected by name. */
  onSelect?: readonly string[]
  /** Names that some entities have and others lack: fine to select, and simply missing where they are. */
  derived?: readonly string[]
  expand?: Readonly<Record<string, (source: Source, inner: Expansion) => unknown>>
  filterable?: Filterable
}

/** @throws {Refusal} 400 BadRequest for a property or navigation that the type does not have. */
export function shape<Source>(
  type: EntityType<Source>,
  source: Source,
  { select, expand }: Pick<Query, 'select' | 'expand'>,
): Entity {
  const full = type.properties(source)
  const known = (name: string) =>
    name in full || type.derived?.includes(name) === true || type.expand?.[name] !== undefined
  const unknown = select?.find((name) => !known(name))
  if (unknown !== undefined)
    throw new Refusal(400, 'BadRequest', `Could not find a property named '${unknown}' on type '${type.name}'.`)
  const chosen = Object.entries(full).filter(([name]) =>
    select === null ? type.onSelect?.includes(name) !== true : select.includes(name) || name.startsWith('@odata'),
  )
  const expanded = expand.map((inner) => {
    const follow = type.expand?.[inner.name]
    if (follow === undefined)
      throw new Refusal(
        400,
        'BadRequest',
        `Parsing $expand failed: '${inner.name}' is no navigation of '${type.name}'.`,
      )
    return [inner.name, follow(source, inner)] as const
  })
  return Object.fromEntries([...chosen, ...expanded])
}

/**
 * One page of a collection.
 * @param path of the collection from the version on, for `@odata.context` and `@odata.nextLink`
 */
export function page<Source>(
  type: EntityType<Source>,
  sources: readonly Source[],
  query: Query,
  location: { origin: string; path: string; parameters: URLSearchParams },
): Entity {
  const filter = query.filter === null ? null : parseFilter(query.filter, type.filterable ?? {})
  const found = filter === null ? sources : sources.filter((source) => filter.holds(type.properties(source)))
  const size = Math.min(query.top ?? pageSize, 999)
  const shown = found.slice(query.skip, query.skip + size)
  const next = query.skip + size
  const nextParameters = new URLSearchParams(location.parameters)
  nextParameters.delete('$skip')
  nextParameters.set('$skiptoken', String(next))
  return {
    '@odata.context': `${location.origin}/${location.path.split('/')[1]}/$metadata#${location.path.split('/').slice(2).join('/')}`,
    ...(query.count ? { '@odata.count': found.length } : {}),
    ...(next < found.length ? { '@odata.nextLink': `${location.origin}${location.path}?${nextParameters}` } : {}),
    value: shown.map((source) => shape(type, source, query)),
  }
}
