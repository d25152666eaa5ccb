import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/entitlement/entitlement.ts'
import { readCatalogue } from '../../../src/entitlement/read-catalogue.ts'
import { peopleMeant } from '../../../src/workflow/message/people-meant.ts'
import { openTenantEdge } from '../../microsoft/tenant-edge.ts'

let edge: Awaited<ReturnType<typeof openTenantEdge>>
let catalogue: Catalogue
beforeAll(async () => {
  edge = await openTenantEdge()
  const read = await readCatalogue(new URL('../../../sample/contoso/catalogue', import.meta.url).pathname)
  if (!read.ok) throw new Error('the sample catalogue has a mistake')
  catalogue = read.value
})
afterAll(() => edge[Symbol.asyncDispose]())
beforeEach(() => void (edge.arrived.length = 0))

const meant = async (text: string, speaker = 'maya.okafor') =>
  (await peopleMeant({ tenant: edge.tenant, catalogue }, text, edge.id(speaker)))?.map(({ handle }) => handle)

test.for(['AI Administrator for Diego please', 'does Diego Fuentes still have it?', 'Diego needs AI Administrator'])(
  '"%s" names a colleague of the directory, beside the catalogue’s own people',
  async (text) => {
    expect(await meant(text)).toEqual(expect.arrayContaining(['diego.fuentes', 'priya.raman']))
  },
)

test.for([
  'I need Application Administrator for 2 hours to rotate keys, INC-48213',
  'Need global reader. Please hurry',
  'what can I ask for?',
])('"%s" names nobody, and asks the directory nothing', async (text) => {
  expect(await meant(text)).toBeUndefined()
  expect(edge.arrived).toEqual([])
})

test('a guest learns of nobody in the directory', async () => {
  expect(await meant('AI Administrator for Diego please', 'tom.whitfield')).toBeUndefined()
  expect(edge.arrived.filter(({ url }) => url.search.includes('startswith'))).toEqual([])
})

test('a name that nobody bears is nobody, and so is a quotation mark', async () => {
  expect(await meant("AI Administrator for Zebediah, O'Brien")).toBeUndefined()
})
