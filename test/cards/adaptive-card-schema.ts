import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

/** Microsoft's schema knows a card as it is without what hosts add to it. */
export function schemaOf(folder: string): (card: unknown) => unknown[] {
  const schema: Readonly<Record<string, unknown>> = JSON.parse(
    readFileSync(join(folder, 'schemas/adaptive-card-1.5.0.schema.json'), 'utf8'),
  )
  const { $schema: _draft, id: _id, ...rules } = schema
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const holds = ajv.compile(rules)
  return (card) => (holds(withoutHostParts(card)) ? [] : (holds.errors ?? []))
}

function withoutHostParts(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutHostParts)
  if (typeof node !== 'object' || node === null) return node
  if ('fallback' in node && typeof node.fallback === 'object') return withoutHostParts(node.fallback)
  const kept = Object.entries(node).filter(([key]) => !['msteams', 'metadata', 'choices.data'].includes(key))
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutHostParts(child)]))
}
