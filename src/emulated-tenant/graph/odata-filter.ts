import { Refusal } from '../refusal.ts'

type Operator = 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt' | 'startswith'
type Literal = string | boolean | number | null
type Clause = { path: string; operator: Operator; literal: Literal }

/** The properties a collection can be filtered by, each with the operators it takes. */
export type Filterable = Readonly<Record<string, readonly Operator[]>>

/** What a `$filter` says: every clause must hold. */
export type Filter = { clauses: readonly Clause[]; holds: (entity: object) => boolean }

type Token = { kind: 'word' | 'string' | 'punctuation'; text: string }
const tokens = /\s+|'((?:[^']|'')*)'|([A-Za-z0-9_.:+@-][A-Za-z0-9_.:/+@-]*)|([(),])/gy

/**
 * Parses the subset of `$filter` that the collections here document: comparisons and startswith, joined by `and`.
 * @throws {Refusal} 400 BadRequest for anything else: malformed, an unknown property, an operator it does not take.
 */
export function parseFilter(text: string, filterable: Filterable): Filter {
  const rest = tokenize(text)
  const clauses = conjunction()
  if (rest.length > 0) throw malformed(text)
  return { clauses, holds: (entity) => clauses.every((clause) => holds(clause, entity)) }

  function conjunction(): Clause[] {
    const found = factor()
    while (rest[0]?.kind === 'word' && rest[0].text === 'and') {
      rest.shift()
      found.push(...factor())
    }
    return found
  }

  function factor(): Clause[] {
    if (rest[0]?.text === '(' && rest[0].kind === 'punctuation') {
      rest.shift()
      const inside = conjunction()
      take('punctuation', ')')
      return inside
    }
    const word = take('word')
    if (word === 'startswith' && rest[0]?.text === '(') {
      take('punctuation', '(')
      const path = take('word')
      take('punctuation', ',')
      const literal = take('string')
      take('punctuation', ')')
      return [checked({ path, operator: 'startswith', literal })]
    }
    const operator = take('word')
    if (!isComparison(operator)) throw malformed(text)
    return [checked({ path: word, operator, literal: literalOf(rest.shift()) })]
  }

  function take(kind: Token['kind'], wanted?: string): string {
    const token = rest.shift()
    if (token === undefined || token.kind !== kind || (wanted !== undefined && token.text !== wanted))
      throw malformed(text)
    return token.text
  }

  function literalOf(token: Token | undefined): Literal {
    if (token?.kind === 'string') return token.text
    if (token?.kind !== 'word') throw malformed(text)
    if (token.text === 'null') return null
    if (token.text === 'true' || token.text === 'false') return token.text === 'true'
    if (/^-?\d+(\.\d+)?$/.test(token.text)) return Number(token.text)
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(token.text)) return token.text
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(token.text)) return token.text
    throw malformed(text)
  }

  function checked(clause: Clause): Clause {
    const takes = filterable[clause.path]
    if (takes === undefined)
      throw new Refusal(400, 'BadRequest', `Could not find a property named '${clause.path}' to filter by.`)
    if (!takes.includes(clause.operator))
      throw new Refusal(400, 'BadRequest', `The property '${clause.path}' cannot be filtered by ${clause.operator}.`)
    return clause
  }
}

function tokenize(text: string): Token[] {
  const found: Token[] = []
  tokens.lastIndex = 0
  while (tokens.lastIndex < text.length) {
    const match = tokens.exec(text)
    if (match === null) throw malformed(text)
    const [, string, word, punctuation] = match
    if (string !== undefined) found.push({ kind: 'string', text: string.replaceAll("''", "'") })
    else if (word !== undefined) found.push({ kind: 'word', text: word })
    else if (punctuation !== undefined) found.push({ kind: 'punctuation', text: punctuation })
  }
  return found
}

const malformed = (text: string) => new Refusal(400, 'BadRequest', `Invalid filter clause: ${text}`)

const comparisons: readonly string[] = ['eq', 'ne', 'ge', 'le', 'gt', 'lt']
const isComparison = (word: string): word is Exclude<Operator, 'startswith'> => comparisons.includes(word)

function holds({ path, operator, literal }: Clause, entity: object): boolean {
  const value = path.split('/').reduce<unknown>((inner, name) => member(inner, name), entity)
  if (operator === 'startswith')
    return typeof value === 'string' && value.toLowerCase().startsWith(String(literal).toLowerCase())
  const [left, right] = [comparable(value), comparable(literal)]
  if (operator === 'eq') return left === right
  if (operator === 'ne') return left !== right
  if (left === null || right === null) return false
  if (operator === 'ge') return left >= right
  if (operator === 'le') return left <= right
  return operator === 'gt' ? left > right : left < right
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : null
}

/** Strings compare without case, instants as instants. */
function comparable(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : value.toLowerCase()
}
