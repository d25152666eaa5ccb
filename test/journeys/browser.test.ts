import chromium from '@sparticuz/chromium'
import { resolve } from 'node:path'
import { chromium as browsers } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Demo, startDemo } from './demo.ts'

// Two people side by side on the demo's own page: what somebody sees who starts it and follows the README.

const hasBrowser = process.platform === 'linux' // the packaged Chromium runs on Linux only

/** A toast may say for a moment what a message says for good. */
const shown = (where: Locator, text: string | RegExp) => where.locator('.log').getByText(text).first().waitFor()

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

  /** Pictures are taken anew only when asked for: they are kept with the source. */
  async function picture(name: string, of: Page | Locator = page): Promise<void> {
    if (process.env['LATCHKEY_SCREENSHOTS'] !== 'yes') return
    await of.screenshot({ path: resolve(import.meta.dirname, `../screenshots/${name}.png`) })
  }
  const column = (name: string) => page.getByRole('region', { name: `${name}'s chats` })
  const scrolledToCard = (name: string) => column(name).locator('.ac-adaptiveCard').last().scrollIntoViewIfNeeded()

  test('Maya asks and submits, Priya approves beside her, it is active, time passes, and it has ended', async () => {
    await page.goto(`${demo.ready.chat}/#maya.okafor,priya.raman`)
    const [maya, priya] = [column('Maya Okafor'), column('Priya Raman')]
    const box = maya.getByRole('textbox', { name: 'Message Latchkey as Maya Okafor' })
    await box.fill('I need AI Administrator for 2 hours to rotate the connector keys, INC-48213')
    await box.press('Enter')
    await maya.getByRole('button', { name: 'Submit' }).waitFor()
    await scrolledToCard('Maya Okafor')
    await picture('1-confirm')

    await maya.getByRole('button', { name: 'Submit' }).click()
    await shown(priya, 'Maya Okafor asks for AI Administrator')
    await shown(maya, 'Waiting for approval by Priya Raman')
    // Reading it takes the unread mark away, as in Teams.
    await priya.getByText('Maya Okafor asks for AI Administrator').last().click()
    expect(await priya.locator('.unread').isVisible()).toBe(false)
    await picture('2-approval')

    await priya.getByRole('button', { name: 'Phone width' }).click()
    await priya.getByRole('button', { name: 'Approve' }).scrollIntoViewIfNeeded()
    expect(await priya.evaluate(({ clientWidth }) => clientWidth)).toBeLessThanOrEqual(360)
    expect(await priya.locator('.log').evaluate((log) => log.scrollWidth > log.clientWidth)).toBe(false)
    await picture('3-approval-phone', priya)
    await priya.getByRole('button', { name: 'Phone width' }).click()
    await picture('approval-card', priya.locator('.ac-adaptiveCard').last())

    await priya.getByRole('button', { name: 'Approve' }).click()
    await shown(maya, /^Active until/)
    await shown(maya, /^AI Administrator is active until/)
    await shown(priya, /^Approved by Priya Raman/)
    await page.getByLabel('Theme').selectOption('dark')
    await picture('4-active-dark')
    await page.getByLabel('Theme').selectOption('light')

    for (const _ of [1, 2, 3]) {
      await page.getByRole('button', { name: '+1 h' }).click()
      await page.locator('#now:not([aria-busy])').waitFor()
    }
    await shown(maya, /^Ended at/)
    await picture('5-ended')
    expect(complaints).toEqual([])
  })
})
