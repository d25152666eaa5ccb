import { beforeEach, describe, expect, test } from 'vitest'
import { hours, minutes } from '../../../src/time.ts'
import { readerOf } from '../../../src/words/reader.ts'
import { whySaid } from '../../../src/words/explain/why.ts'
import { questionId } from '../../../src/workflow/record/record-id.ts'
import { why } from '../../../src/workflow/answer/why.ts'
import { globalReader, openShell, refusedAs, securityReader, stage, stagesOf } from '../shell.ts'

// Questions, claims and less time, as the shell takes them: what is refused, and that nothing has moved then.

const shell = openShell()
const { asked, press, stands } = shell

/** Somebody has the app: the bot knows where their chat is. */
const reachable = (person: string) =>
  shell.edges().chats.remember({
    person: shell.tenant.id(person),
    conversation: `chat of ${person}`,
    serviceUrl: 'https://smba.example/',
    teamsId: `29:${person}`,
  })
const withTheApp = ['maya.okafor', 'jonas.weber', 'mei.lin', 'elif.kaya']
beforeEach(async () => void (await Promise.all(withTheApp.map(reachable))))

const ask = (by: string, id: string, question: string) => press(by, 'ask', id, { inputs: { question } })
const shorten = (by: string, id: string, duration: string) => press(by, 'approve-shorter', id, { inputs: { duration } })

describe('a question', () => {
  test('is kept beside the journal, where it can be erased, and shown to whoever asks', async () => {
    const id = await asked('security-reader')
    const answer = await ask('jonas.weber', id, 'Which alert?')
    expect(answer).toMatchObject({ answer: 'card', view: { view: 'approval', open: true } })
    expect((await stands(id)).questions).toMatchObject([{ text: { freeText: 'Which alert?' } }])
  })

  test('of anybody but those asked is refused, and kept for the security reader', async () => {
    const id = await asked('security-reader')
    for (const by of ['elif.kaya', 'mei.lin']) {
      expect(await ask(by, id, 'Which alert?')).toMatchObject(refusedAs('may-not-decide'))
    }
    expect(await ask('maya.okafor', id, 'Which alert?')).toMatchObject(refusedAs('own-request'))
    expect((await stands(id)).questions).toEqual([])
  })

  test('beyond the third that waits is refused, and asked on two replicas at once is asked once', async () => {
    const id = await asked('security-reader')
    const twice = [0, 1] as const
    await Promise.all(
      twice.map((replica) => press('jonas.weber', 'ask', id, { inputs: { question: 'one?' } }, replica)),
    )
    expect((await stands(id)).questions).toHaveLength(1)
    for (const question of ['two?', 'three?']) await ask('jonas.weber', id, question)
    const fourth = await ask('jonas.weber', id, 'four?')
    expect(fourth).toMatchObject({ ...refusedAs('questions-waiting'), view: { ask: 'enough' } })
  })

  test('is answered by its requester alone', async () => {
    const id = await asked('security-reader')
    await ask('jonas.weber', id, 'Which alert?')
    const inputs = { answer: 'The one of tonight.' }
    for (const by of ['jonas.weber', 'elif.kaya']) {
      const answer = await press(by, 'answer', questionId(id, 0), { inputs })
      expect(answer).toMatchObject(refusedAs('not-yours'))
      expect(answer).not.toHaveProperty('view')
    }
    expect(await press('maya.okafor', 'answer', questionId(id, 0), { inputs })).toMatchObject({
      answer: 'card',
      view: { view: 'question', open: false },
    })
    expect((await stands(id)).questions).toMatchObject([{ answer: { text: { freeText: 'The one of tonight.' } } }])
  })

  test('to somebody without the app is refused: it would reach nobody', async () => {
    const elsewhere = await shell.eligibleFor(globalReader)
    const id = await asked('global-reader', elsewhere)
    expect(await ask('jonas.weber', id, 'Why?')).toMatchObject({
      ...refusedAs('requester-unreachable'),
      view: { ask: 'unreachable' },
    })
    expect(await ask('elif.kaya', id, 'Why?')).toMatchObject(refusedAs('may-not-decide'))
  })

  test('that nobody asked, and a card that is no question, answer to nothing', async () => {
    const id = await asked('security-reader')
    const inputs = { answer: 'yes' }
    for (const record of [id, questionId(id, 0), questionId(id, 9999), 'question_x_0']) {
      expect(await press('maya.okafor', 'answer', record, { inputs, revision: 1 })).toMatchObject(
        refusedAs('unknown-record'),
      )
    }
    await ask('jonas.weber', id, 'Which alert?')
    expect(await press('maya.okafor', 'withdraw', questionId(id, 0))).toMatchObject(refusedAs('unknown-record'))
    const old = await press('maya.okafor', 'answer', questionId(id, 0), { inputs, revision: 2 })
    expect(old).toMatchObject(refusedAs('old-card'))
  })

  test('nobody waits for any more is told kindly to whoever answers it', async () => {
    const id = await asked('security-reader')
    await ask('jonas.weber', id, 'Which alert?')
    await press('jonas.weber', 'deny', id, { inputs: { comment: 'Not without an answer.' } })
    const late = await press('maya.okafor', 'answer', questionId(id, 0), { inputs: { answer: 'Late.' }, revision: 1 })
    expect(late).toMatchObject({ ...refusedAs('answer-not-needed'), view: { open: false } })
    expect(await ask('jonas.weber', id, 'And?')).toMatchObject(refusedAs('settled'))
  })
})

describe('less time than asked', () => {
  test('is refused where it is none, whatever the card says', async () => {
    const id = await asked('security-reader')
    for (const duration of ['PT2H', 'PT4H', 'PT1M', 'for ever', '']) {
      expect(await shorten('jonas.weber', id, duration)).toMatchObject(refusedAs('not-shorter'))
    }
    expect(await stands(id)).toMatchObject({ decisions: [], submission: { duration: hours(2) } })
  })

  test('cannot be given in Entra’s own stage, whatever a card says', async () => {
    const id = await asked()
    expect(await shorten('priya.raman', id, 'PT1H')).toMatchObject(refusedAs('cannot-shorten'))
    expect(shell.effects('approve')).toEqual([])
  })

  test('is what is filed, and nobody is granted more of it', async () => {
    const id = await asked('security-reader')
    await shorten('jonas.weber', id, 'PT30M')
    await press('maya.okafor', 'activate', id)
    expect(shell.effects('selfActivate')).toHaveLength(1)
    expect(await stands(id)).toMatchObject({
      submission: { duration: minutes(30) },
      shortened: { asked: hours(2), by: shell.tenant.id('jonas.weber') },
    })
    const told = await why(shell.edges(), shell.tenant.id('maya.okafor'), id)
    if (told === undefined) throw new Error('nothing was told')
    expect(whySaid(readerOf({ locale: 'en-GB', zone: 'UTC' }, told.at), told)).toMatch(
      /Approved for 30 minutes, less than was asked, by Jonas Weber/,
    )
    expect(shell.inEntra().ask).toMatchObject({ schedule: { expiration: { duration: 'PT30M' } } })
  })

  test('of the first of two leaves the second no more than that', async () => {
    await shell.edit(stagesOf(securityReader, stage('security', 2)))
    const id = await asked('security-reader')
    await shorten('jonas.weber', id, 'PT1H')
    expect(await shorten('mei.lin', id, 'PT90M')).toMatchObject(refusedAs('not-shorter'))
    await press('mei.lin', 'approve', id)
    expect(await stands(id)).toMatchObject({
      phase: { status: 'ready-to-file' },
      submission: { duration: hours(1) },
    })
  })
})

describe('a claim', () => {
  test('is offered where several are asked, and not to the only one', async () => {
    const alone = await asked('security-reader')
    expect(await ask('jonas.weber', alone, 'Why?')).toMatchObject({ view: { mayClaim: false } })
    await shell.edit(stagesOf(globalReader, stage('security', 1)))
    const elsewhere = await shell.eligibleFor(globalReader)
    await reachable(elsewhere)
    const several = await asked('global-reader', elsewhere)
    expect(await ask('mei.lin', several, 'Why?')).toMatchObject({ view: { mayClaim: true } })
    expect(await press('mei.lin', 'claim', several)).toMatchObject({ view: { claim: { mine: true }, mayClaim: false } })
    expect(await ask('jonas.weber', several, 'And?')).toMatchObject({ view: { claim: { mine: false } } })
  })

  test('of somebody Entra does not ask is refused, and Entra is told of none', async () => {
    const id = await asked()
    expect(await press('jonas.weber', 'claim', id)).toMatchObject(refusedAs('may-not-decide'))
    expect(await press('priya.raman', 'claim', id)).toMatchObject({ answer: 'card' })
    expect(shell.effects().filter(({ operation }) => operation !== 'selfActivate')).toEqual([])
  })
})
