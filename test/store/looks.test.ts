import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTime, minutes } from '../../src/time.ts'
import { freshStore, type TestStore } from '../fixtures/postgres.ts'
import { newRequest, noon } from './sample.ts'

let opened: TestStore
beforeAll(async () => void (opened = await freshStore()))
afterAll(() => opened[Symbol.asyncDispose]())

test('when the tenant last answered is kept for each request, the latest of all that looked', async () => {
  const { looks } = opened.store
  const [one, other, never] = [newRequest(), newRequest(), newRequest()]
  await looks.answered([one, other], noon)
  await looks.answered([one], addTime(noon, minutes(5)))
  await looks.answered([one], addTime(noon, minutes(2)))
  expect(await looks.of([one, other, never])).toEqual(
    new Map([
      [one, { answeredAt: addTime(noon, minutes(5)), silent: false }],
      [other, { answeredAt: noon, silent: false }],
    ]),
  )
})

test('silence is kept until the tenant answers, and does not change when it last did', async () => {
  const { looks } = opened.store
  const request = newRequest()
  await looks.silent(request, noon)
  await looks.silent(request, addTime(noon, minutes(5)))
  expect((await looks.of([request])).get(request)).toEqual({ answeredAt: noon, silent: true })
  await looks.answered([request], addTime(noon, minutes(9)))
  expect((await looks.of([request])).get(request)).toEqual({ answeredAt: addTime(noon, minutes(9)), silent: false })
})
