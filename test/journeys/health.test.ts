import { request } from 'node:https'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Demo, startDemo } from './demo.ts'

const Ready = z.object({ ready: z.boolean(), checks: z.record(z.string(), z.string()) })

async function readyz({ ready }: Demo): Promise<z.infer<typeof Ready>> {
  const ca = await readFile(ready.ca, 'utf8')
  const text = await new Promise<string>((resolve, reject) => {
    request(`${ready.bot[0]}/readyz`, { ca }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => resolve(body))
    })
      .on('error', reject)
      .end()
  })
  return Ready.parse(JSON.parse(text))
}

/** Asks again until it is so: a look is good for a second, and pg opens its connections one after the other. */
async function until(demo: Demo, ready: boolean): Promise<z.infer<typeof Ready>> {
  const patience = performance.now() + 20_000
  for (;;) {
    const now = await readyz(demo)
    if (now.ready === ready || performance.now() > patience) return now
  }
}

test('a bot whose database goes away says so, tells people, and is ready again by itself', async () => {
  await using demo = await startDemo()
  expect(await readyz(demo)).toEqual({
    ready: true,
    checks: { database: 'ok', turns: 'ok', channelKeys: 'ok', entraKeys: 'ok' },
  })
  await demo.query(
    `do $$ begin alter role latchkey_bot nologin;
     perform pg_terminate_backend(pid) from pg_stat_activity where usename = 'latchkey_bot'; end $$`,
  )
  const away = await until(demo, false)
  expect(away.ready).toBe(false)
  expect(away.checks['database']).toBe('unusable')
  const maya = demo.person('maya.okafor')
  await maya.say('I need AI Administrator for 2 hours to rotate the connector keys, INC-48213')
  expect((await maya.messages()).at(-1)?.text).toContain("database isn't answering")
  await demo.query('alter role latchkey_bot login')
  expect(await until(demo, true)).toMatchObject({ ready: true })
  await maya.say('help')
  expect((await maya.messages()).at(-1)?.text).toContain('catalogue')
})
