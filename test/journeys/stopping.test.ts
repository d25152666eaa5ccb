import { expect, test } from 'vitest'
import { startDemo } from './demo.ts'

test('a replica that is told to stop under load cuts nothing off: every message and tap is answered', async () => {
  await using demo = await startDemo({ LATCHKEY_DEMO_BOTS: '2' })
  const over = new AbortController()
  const answers: { http: number; error?: string | undefined }[] = []
  const talk = async (who: string): Promise<void> => {
    while (!over.signal.aborted)
      answers.push(await demo.person(who).forge({ activity: { type: 'message', text: 'help' } }))
  }
  const talking = ['maya.okafor', 'priya.raman', 'jonas.weber', 'diego.fuentes'].map(talk)
  for (let each = 0; each < 3; each += 1) {
    await demo.bot('term')
    await demo.bot('start')
  }
  over.abort()
  await Promise.all(talking)
  expect(answers.length).toBeGreaterThan(50)
  expect(answers.filter(({ http }) => http !== 200)).toEqual([])
})

test('told to stop while the database is away, the bot stops and says so in one sentence', async () => {
  await using demo = await startDemo()
  await demo.query(
    `do $$ begin alter role latchkey_bot nologin;
     perform pg_terminate_backend(pid) from pg_stat_activity where usename = 'latchkey_bot'; end $$`,
  )
  await demo.bot('term')
  const last = demo.logged().filter((line) => line.includes('"msg":"stopped;'))
  expect(last).toHaveLength(1)
  expect(last[0]).toContain('the last checkpoint')
})
