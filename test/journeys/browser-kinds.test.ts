import { resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openPage } from './browser-page.ts'
import { type Demo, startDemo } from './demo.ts'

// Each kind of access on the demo's own page: asked for, decided and in force, light and dark, and on a small phone.

const kinds = [
  {
    kind: 'group',
    words: 'I need Model router admins for 2 hours to reroute a failing model, INC-48213',
    name: 'Model router admins',
    approver: 'priya.raman',
    approverName: 'Priya Raman',
    held: 'grp-ai-model-router-admins',
  },
] as const

const shown = (where: Locator, text: string | RegExp) => where.locator('.log').getByText(text).first().waitFor()

describe.skipIf(!hasBrowser)('each kind of access in a browser (left out where no browser is packaged)', () => {
  let demo: Demo
  let opened: Awaited<ReturnType<typeof openPage>>
  let page: Page

  beforeAll(async () => {
    ;[demo, opened] = await Promise.all([startDemo(), openPage()])
    ;({ page } = opened)
  })
  afterAll(async () => {
    await opened.browser.close()
    await demo[Symbol.asyncDispose]()
  })
  afterEach(() => demo.reset())

  /** Pictures are taken anew only when asked for: they are kept with the source. */
  async function picture(name: string, of: Page | Locator = page): Promise<void> {
    if (process.env['LATCHKEY_SCREENSHOTS'] !== 'yes') return
    await of.screenshot({ path: resolve(import.meta.dirname, `../screenshots/${name}.png`) })
  }

  test.each(kinds)('a $kind is asked for, approved, active, and over', async (each) => {
    await page.goto(`${demo.ready.chat}/#maya.okafor,${each.approver}`)
    const column = (name: string) => page.getByRole('region', { name: `${name}'s chats` })
    const [maya, approver] = [column('Maya Okafor'), column(each.approverName)]
    const box = maya.getByRole('textbox', { name: 'Message Latchkey as Maya Okafor' })
    await box.fill(each.words)
    await box.press('Enter')
    await maya.getByRole('button', { name: 'Submit' }).click()
    await shown(approver, `Maya Okafor asks for ${each.name}`)
    await approver.locator('.ac-adaptiveCard').last().scrollIntoViewIfNeeded()
    await picture(`kind-${each.kind}-1-asked`)

    await approver.getByRole('button', { name: 'Phone width' }).click()
    expect(await approver.evaluate(({ clientWidth }) => clientWidth)).toBeLessThanOrEqual(360)
    expect(await approver.locator('.log').evaluate((log) => log.scrollWidth > log.clientWidth)).toBe(false)
    await picture(`kind-${each.kind}-2-phone`, approver)
    await approver.getByRole('button', { name: 'Phone width' }).click()

    await approver.getByRole('button', { name: 'Approve', exact: true }).click()
    await shown(maya, /^Active until/)
    await page.getByLabel('Theme').selectOption('dark')
    await page.getByText(each.held).first().waitFor()
    await picture(`kind-${each.kind}-3-active-dark`)
    await page.getByLabel('Theme').selectOption('light')

    for (const _ of [1, 2, 3]) {
      await page.getByRole('button', { name: '+1 h' }).click()
      await page.locator('#now:not([aria-busy])').waitFor()
    }
    await shown(maya, /^Ended at/)
    expect(opened.complaints).toEqual([])
  })
})
