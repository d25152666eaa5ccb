import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openPage } from './browser-page.ts'
import { type Demo, startDemo } from './demo.ts'

// Typing into the card that searches, on the demo's own page.

describe.skipIf(!hasBrowser)('in a browser (left out where no browser is packaged)', () => {
  let demo: Demo
  let opened: Awaited<ReturnType<typeof openPage>>
  let page: Page
  let complaints: readonly string[]

  beforeAll(async () => {
    ;[demo, opened] = await Promise.all([startDemo(), openPage()])
    ;({ page, complaints } = opened)
  })
  afterAll(async () => {
    await opened.browser.close()
    await demo[Symbol.asyncDispose]()
  })

  test('choices come while one types, are chosen with the keyboard, and open the form', async () => {
    await page.goto(`${demo.ready.chat}/#maya.okafor`)
    const maya = page.getByRole('region', { name: "Maya Okafor's chats" })
    const box = maya.getByRole('textbox', { name: 'Message Latchkey as Maya Okafor' })
    await box.fill('what can I ask for?')
    await box.press('Enter')
    await maya.getByRole('button', { name: 'Search' }).click()
    const search = maya.getByRole('combobox', { name: 'A role, or what you want to do' })
    await search.pressSequentially('rotate keys of an app reg')
    await maya.getByRole('option', { name: 'Application Administrator', exact: true }).waitFor()
    await search.fill('ai adm')
    await maya.getByRole('option', { name: 'AI Administrator' }).waitFor()
    await search.press('ArrowDown')
    await search.press('Enter')
    expect(await search.inputValue()).toBe('AI Administrator')
    await maya.getByRole('button', { name: 'Open the form' }).click()
    await maya.getByRole('button', { name: 'Submit' }).waitFor()
    expect(complaints).toEqual([])
  })
})
