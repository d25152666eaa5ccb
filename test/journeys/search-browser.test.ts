import chromium from '@sparticuz/chromium'
import { chromium as browsers } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Demo, startDemo } from './demo.ts'

// Typing into the card that searches, on the demo's own page.

const hasBrowser = process.platform === 'linux' // the packaged Chromium runs on Linux only

describe.skipIf(!hasBrowser)('in a browser (left out where no browser is packaged)', () => {
  let demo: Demo
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    const executablePath = await chromium.executablePath()
    // In a single process, Chromium ends with its first page.
    const args = chromium.args.filter((argument) => argument !== '--single-process')
    ;[demo, browser] = await Promise.all([startDemo(), browsers.launch({ executablePath, args, headless: true })])
    page = await browser.newPage({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/London' })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  })
  afterAll(async () => {
    await browser.close()
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
