import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Schema = { $ref?: string; allOf?: Schema[]; anyOf?: Schema[]; properties?: Record<string, Schema>; items?: Schema }
type Operation = {
  responses: Record<string, { content?: { 'application/json': { schema: Schema } } }>
  'x-permissions'?: { delegated: Permissions | null; application: Permissions | null }
}
type Permissions = { least: string[]; higher: string[] }
type Description = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

/** Microsoft's published descriptions of Graph, where this machine holds them. */
export const contracts = process.env['LATCHKEY_CONTRACTS']

export type Contract = {
  /** What is wrong with an answer: schema violations and properties the contract does not know. */
  faultsOf(operation: string, status: number, body: unknown): string[]
  permissionsOf(operation: string): { delegated: Permissions | null; application: Permissions | null } | undefined
}

/** @param folder that holds `openapi/graph-v1.json` and `openapi/graph-beta.json` */
export function graphContract(folder: string, version: 'v1' | 'beta'): Contract {
  const name = `graph-${version}.json`
  // Checked by use: a file of another shape fails every test that reads it.
  const description = JSON.parse(readFileSync(join(folder, 'openapi', name), 'utf8')) as Description
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(description, name)
  const pointer = (...segments: string[]) =>
    `${name}#/${segments.map((each) => encodeURIComponent(each.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

  function operationOf(operation: string) {
    const [method = '', path = ''] = operation.split(' ')
    const found = description.paths[path]?.[method.toLowerCase()]
    if (found === undefined) throw new Error(`${name} does not describe ${operation}`)
    return { found, path, method: method.toLowerCase() }
  }

  return {
    faultsOf(operation, status, body) {
      const { found, path, method } = operationOf(operation)
      if (status >= 400)
        return violations({ $ref: pointer('components', 'schemas', 'microsoft.graph.ODataErrors.ODataError') }, body)
      if (status === 204) return []
      const at = [path, method, 'responses', '2XX', 'content', 'application/json', 'schema']
      const schema = found.responses['2XX']?.content?.['application/json'].schema ?? {}
      return [
        ...violations({ $ref: pointer('paths', ...at) }, body),
        ...typed(body),
        ...unknownProperties(schema, body, ''),
      ]
    },
    permissionsOf: (operation) => operationOf(operation).found['x-permissions'],
  }

  function violations(schema: Schema, body: unknown): string[] {
    const validate = ajv.compile(schema)
    if (validate(body)) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }

  /** Whatever names its own type is also held against that type. */
  function typed(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return []
    const inner = Object.values(value).flatMap(typed)
    const type = '@odata.type' in value ? String(value['@odata.type']).slice(1) : undefined
    if (type === undefined) return inner
    const schema = description.components.schemas[type]
    if (schema === undefined) return [...inner, `${type} is not described`]
    return [
      ...inner,
      ...violations({ $ref: pointer('components', 'schemas', type) }, value),
      ...unknownProperties(schema, value, type),
    ]
  }

  function unknownProperties(schema: Schema, value: unknown, at: string): string[] {
    if (typeof value !== 'object' || value === null) return []
    if (Array.isArray(value)) {
      const { items } = resolved(schema)[0] ?? {}
      return items === undefined ? [] : value.flatMap((each, index) => unknownProperties(items, each, `${at}/${index}`))
    }
    // A value that names its type may have properties that the declared type lacks; `typed` checks those.
    if ('@odata.type' in value) return []
    const known = Object.assign({}, ...resolved(schema).map(({ properties = {} }) => properties)) as Record<
      string,
      Schema
    >
    if (Object.keys(known).length === 0) return []
    return Object.entries(value).flatMap(([property, inner]) => {
      if (property.startsWith('@odata.')) return []
      const declared = known[property]
      return declared === undefined
        ? [`${at}/${property} is not in the contract`]
        : unknownProperties(declared, inner, `${at}/${property}`)
    })
  }

  function resolved(schema: Schema): Schema[] {
    if (schema.$ref !== undefined) {
      const target = description.components.schemas[schema.$ref.split('/').at(-1) ?? '']
      return target === undefined ? [] : resolved(target)
    }
    return [schema, ...(schema.allOf ?? []).flatMap(resolved), ...(schema.anyOf ?? []).flatMap(resolved)]
  }
}
