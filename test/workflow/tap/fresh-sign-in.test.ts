import { expect, test } from 'vitest'
import { addTime, minutes } from '../../../src/time.ts'
import type { Proof } from '../../../src/workflow/ports/incoming.ts'
import { openShell, refusedAs } from '../shell.ts'

// Entra enforces no authentication context for a decision, so the bot itself asks for a sign-in made for this very tap.

const shell = openShell()
const { asked, press, stands } = shell

const signedIn = (ago: number, contexts: readonly string[] = ['c1']): Proof => ({
  by: 'sign-in',
  graphToken: 'unused in a chat stage',
  contexts,
  authenticatedAt: addTime(new Date(), minutes(-ago)),
})
const ofThisMorning: Proof = { by: 'sso', token: 'unused in a chat stage', contexts: ['c1'] }

test.each<[string, Proof]>([
  ['a session that met it this morning', ofThisMorning],
  ['a sign-in of eleven minutes ago', signedIn(11)],
  ['a fresh sign-in that met no context', signedIn(0, [])],
  ['a fresh sign-in that met another', signedIn(0, ['c2'])],
])('%s is not enough to say yes to a severe role', async (_, proof) => {
  const id = await asked('application-administrator')
  expect(await press('priya.raman', 'approve', id, { proof })).toMatchObject(refusedAs('step-up-needed'))
  expect(await stands(id)).toMatchObject({ phase: { status: 'in-chat' }, decisions: [] })
})

test('a sign-in of nine minutes ago is, and nobody needs one to say no', async () => {
  const [one, other] = [await asked('application-administrator'), await asked('application-administrator', 'noah.kim')]
  expect(await press('priya.raman', 'approve', one, { proof: signedIn(9) })).toMatchObject({ answer: 'card' })
  expect(await stands(one)).toMatchObject({ phase: { status: 'ready-to-file' } })
  const no = { proof: ofThisMorning, inputs: { comment: 'not today' } }
  expect(await press('priya.raman', 'deny', other, no)).toMatchObject({ answer: 'card' })
})
