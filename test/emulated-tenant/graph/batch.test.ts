import { expect, test } from 'vitest'
import { openTenantEdge } from '../../microsoft/tenant-edge.ts'
import { appToken } from '../../../src/microsoft/sign-in/token.ts'

type Answer = { responses: { id: string; status: number; headers: Record<string, string>; body: unknown }[] }

async function opened() {
  const edge = await openTenantEdge()
  const token = await appToken(edge.options)
  const post = async (requests: unknown): Promise<{ status: number; body: Answer }> => {
    const answer = await fetch(`${edge.options.graph}/v1.0/$batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ requests }),
    })
    // The shape is what this test is about.
    return { status: answer.status, body: (await answer.json()) as Answer }
  }
  const get = (id: string, url: string, more = {}) => ({ id, method: 'GET', url, ...more })
  return { edge, post, get, [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose]() }
}

test('the whole is answered 200 while each part has an answer of its own', async () => {
  await using at = await opened()
  at.edge.emulated.faults = [{ service: 'graph', path: 'roleDefinitions', status: 429, retryAfter: 7 }]
  const { status, body } = await at.post([
    at.get('1', `/users/${at.edge.id('maya.okafor')}?$select=id`),
    at.get('2', `/users/${crypto.randomUUID()}`),
    at.get('3', '/roleManagement/directory/roleDefinitions'),
    at.get('4', '/roleManagement/directory/roleAssignmentScheduleRequests'),
    at.get('5', '/users', { dependsOn: ['2'] }),
  ])
  expect(status).toBe(200)
  expect(body.responses.map((each) => [each.id, each.status])).toEqual([
    ['1', 200],
    ['2', 404],
    ['3', 429],
    ['4', 403],
    ['5', 424],
  ])
  expect(body.responses[2]?.headers).toMatchObject({ 'Retry-After': '7' })
})

test('more than twenty parts, an id twice and a body without a type are refused', async () => {
  await using at = await opened()
  const many = Array.from({ length: 21 }, (_, index) => at.get(String(index), '/users'))
  expect((await at.post(many)).status).toBe(400)
  expect((await at.post(many.slice(0, 20))).status).toBe(200)
  expect((await at.post([at.get('1', '/users'), at.get('1', '/users')])).status).toBe(400)
  const { body } = await at.post([{ id: '1', method: 'POST', url: '/users', body: {} }])
  expect(body.responses[0]?.status).toBe(400)
})
