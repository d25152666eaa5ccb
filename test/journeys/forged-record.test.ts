import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, startDemo, wordsOf } from './demo.ts'

// Somebody with the bot's own database role, and no key, writes an approval that nobody gave.

let demo: Demo
beforeAll(async () => void (demo = await startDemo()))
afterAll(() => demo[Symbol.asyncDispose]())

test('a forged approval is not carried out: the requester reads why, security is told once, and others go on', async () => {
  const [maya, jonas] = [demo.person('maya.okafor'), demo.person('jonas.weber')]
  await maya.say('I need Security Reader for 1 hour to look at alerts, INC-48213')
  const [form] = (await maya.messages()).slice(-1)
  if (form === undefined) throw new Error('no form came')
  await maya.tap(form, 'Submit')
  await demo.settled()
  await demo.query(
    `insert into journal select nextval('journal_position'), stream, version + 1, 'ChatDecided', 1, now(), now(),
       actor, 'x', '{"by":"a87d79a9-264f-4800-a397-9443a7ad860b","stage":0,"termsHash":"x","verdict":"approve"}',
       hash, repeat('a', 64), key_id, 'none'
     from journal where stream like 'request:%' order by version desc limit 1`,
  )
  const card = (await maya.messages()).findLast((each) => each.id === form.id)
  if (card === undefined) throw new Error('the form has gone')
  for (const title of ['Withdraw', 'Withdraw']) {
    const answer = await maya.tap(card, title)
    expect(wordsOf(answer.value)).toContain('Nothing was done: the record of this request was changed by someone else')
  }
  await demo.settled()
  expect(await demo.tenant('activations')).toEqual([])
  const told = (await jonas.messages()).filter(({ text }) => text?.includes('verify-journal'))
  expect(told).toHaveLength(1)
  expect(told[0]?.alert).toBe(true)
  const { exit, said } = await demo.verifyJournal()
  expect(exit, said).toBe(1)

  await maya.say('I need AI Administrator for 1 hour to rotate keys, INC-48213')
  expect(wordsOf((await maya.messages()).at(-1)?.card)).toContain('AI Administrator')
})
