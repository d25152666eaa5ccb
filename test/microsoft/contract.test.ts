import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { everythingOnce, partsOf } from './everything-once.ts'
import { type Arrived, contract, openTenantEdge } from './tenant-edge.ts'

const Reference = z.object({ $ref: z.string() })
const Parameter = z.object({ name: z.string(), in: z.string() })
const Operation = z.looseObject({
  parameters: z.array(z.union([Reference, Parameter])).default([]),
  requestBody: z
    .looseObject({ content: z.object({ 'application/json': z.looseObject({ schema: Reference }) }) })
    .optional(),
})
const PathItem = z.record(z.string(), z.unknown())
const Schema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  allOf: z
    .array(z.union([Reference, z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() })]))
    .optional(),
})
const Contract = z.looseObject({
  paths: z.record(z.string(), PathItem),
  components: z.looseObject({
    schemas: z.record(z.string(), Schema),
    parameters: z.record(z.string(), Parameter).default({}),
  }),
})
type Contract = z.infer<typeof Contract>

const documents = {
  'v1.0': await contract('graph-v1.json'),
  beta: await contract('graph-beta.json'),
}
const absent = documents['v1.0'] === undefined

const leftOut = absent ? ': left out, LATCHKEY_CONTRACTS does not name the folder of the contracts' : ''

describe.skipIf(absent)(`every request we send is one that Microsoft publishes${leftOut}`, () => {
  let sent: readonly Arrived[] = []
  let edge: Awaited<ReturnType<typeof openTenantEdge>>
  const contracts: Record<string, Contract> = {}

  beforeAll(async () => {
    for (const [version, document] of Object.entries(documents)) contracts[version] = Contract.parse(document)
    edge = await openTenantEdge()
    await everythingOnce(edge)
    sent = edge.arrived.flatMap(partsOf)
  })
  afterAll(() => edge[Symbol.asyncDispose]())

  test('in method and path', () => {
    const strange = sent.filter((request) => found(contracts, request) === undefined)
    expect(strange.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([])
    const kinds = new Set(sent.map((request) => `${request.method} ${found(contracts, request)?.template}`))
    // Every kind of call that this edge makes: one that the walk below leaves out would not be looked at.
    expect(kinds.size).toBe(28)
  })

  test('in the names of its query', () => {
    const strange = sent.flatMap((request) => {
      const known = queryNames(contracts, request)
      return [...request.url.searchParams.keys()]
        .filter((name) => !known.has(name) && name !== '$skiptoken')
        .map((name) => `${name} at ${request.url.pathname}`)
    })
    expect(strange).toEqual([])
  })

  test('in its body, with no field that is not in the contract', () => {
    const bodies = sent.filter(({ body }) => body !== undefined)
    expect(bodies.length).toBeGreaterThanOrEqual(8)
    const mistakes = bodies.flatMap((request) => bodyMistakes(contracts, request))
    expect(mistakes).toEqual([])
  })

  test('and a cancel, which takes none, has none', () => {
    const cancels = sent.filter(({ url }) => url.pathname.endsWith('/cancel'))
    expect(cancels.map(({ body }) => body)).toEqual([undefined, undefined])
  })
})

/** The operation a request is, by the path template that spells out most of it. */
function found(contracts: Record<string, Contract>, { method, url }: Arrived) {
  const [, version = '', ...rest] = url.pathname.split('/')
  const document = contracts[version]
  const path = `/${rest.join('/')}`
  const templates = Object.entries(document?.paths ?? {})
    .filter(([template, item]) => matches(template, path) && method.toLowerCase() in item)
    .toSorted(([one], [other]) => spelled(other) - spelled(one))
  const [template, item] = templates[0] ?? []
  if (document === undefined || template === undefined) return undefined
  return { document, template, operation: Operation.parse(item?.[method.toLowerCase()]) }
}

const spelled = (template: string): number => template.replaceAll(/\{[^}]+\}/g, '').length

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/[.()]/g, String.raw`\$&`).replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)

function queryNames(contracts: Record<string, Contract>, request: Arrived): Set<string> {
  const operation = found(contracts, request)
  const parameters = (operation?.operation.parameters ?? []).flatMap((each) => {
    const named = '$ref' in each ? operation?.document.components.parameters[lastOf(each.$ref)] : each
    return named === undefined ? [] : [named]
  })
  return new Set(parameters.filter((each) => each.in === 'query').map(({ name }) => name))
}

function bodyMistakes(contracts: Record<string, Contract>, request: Arrived): string[] {
  const operation = found(contracts, request)
  const reference = operation?.operation.requestBody?.content['application/json'].schema.$ref
  if (operation === undefined || reference === undefined) return [`${request.url.pathname} takes no body`]
  const validate = validatorOf(operation.document, reference)
  const mistakes = validate(request.body) ? [] : (validate.errors ?? []).map((error) => JSON.stringify(error))
  const known = propertiesOf(operation.document, lastOf(reference))
  const unknown = Object.keys(z.record(z.string(), z.unknown()).parse(request.body)).filter((name) => !known.has(name))
  return [...mistakes, ...unknown.map((name) => `${name} is no property of ${reference}`)]
}

function validatorOf(document: Contract, reference: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'contract', components: document.components })
  return ajv.compile({ $ref: `contract${reference}` })
}

function propertiesOf(document: Contract, name: string): Set<string> {
  const schema = document.components.schemas[name]
  const inherited = (schema?.allOf ?? []).flatMap((part) =>
    '$ref' in part ? [...propertiesOf(document, lastOf(String(part.$ref)))] : Object.keys(part.properties ?? {}),
  )
  return new Set([...Object.keys(schema?.properties ?? {}), ...inherited])
}

const lastOf = (reference: string): string => reference.split('/').at(-1) ?? ''
