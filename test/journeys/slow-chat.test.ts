import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, startDemo } from './demo.ts'

// The way out to Teams where it is slow, throttled or refuses.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

const chatOf = async (who: string) => {
  const [first] = await demo.person(who).messages()
  if (first === undefined) throw new Error(`${who} has no chat`)
  return encodeURIComponent(first.conversation)
}
const asks = async (who: string, name: string) => {
  const form = await demo.person(who).say('I need AI Administrator for 1 hour to fix agents, INC-48214')
  await demo.person(who).tap(form, 'Submit')
  return demo.person('priya.raman').until(({ card }) => JSON.stringify(card ?? '').includes(name))
}
const deny = async (who: string, card: Awaited<ReturnType<typeof asks>>) => {
  const answer = await demo.person('priya.raman').tap(card, 'Deny', { comment: 'not today' })
  expect(answer.status, who).toBe(200)
}
const told = (text: string | undefined) => text !== undefined && /AI Administrator/.test(text)

test('a chat that hangs keeps nobody else waiting: they are told while it is still on its first try', async () => {
  const [diegos, mayas] = [await asks('diego.fuentes', 'Diego Fuentes'), await asks('maya.okafor', 'Maya Okafor')]
  await demo.faults([{ service: 'connector', path: (await chatOf('diego.fuentes')).slice(4), holdMs: 60_000 }])
  await deny('diego.fuentes', diegos)
  await deny('maya.okafor', mayas)
  await demo.person('maya.okafor').until(({ text, alert }) => alert && told(text))
  const late = await demo.query(
    `select distinct attempts, why from outbox
     where outcome is null and holder is not null and lane like 'to %'`,
  )
  expect(late).toEqual([{ attempts: 1, why: null }])
  await demo.faults([])
})
