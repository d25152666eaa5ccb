import { resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openPage } from './browser-page.ts'
import { type Demo, startDemo } from './demo.ts'

// Two people side by side on the demo's own page: what somebody sees who starts it and follows the README.

/** A toast may say for a moment what a message says for good. */
const shown = (where: Locator, text: string | RegExp) => where.locator('.log').getByText(text).first().waitFor()

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
    await priya.getByRole('button', { name: 'More' }).click()
    await priya.getByLabel('Ask Maya Okafor a question').fill('Which of the connectors?')
    await priya.getByRole('button', { name: 'Ask', exact: true }).click()
    await shown(maya, 'Priya Raman asks about AI Administrator')
    await maya.getByLabel('Your answer').fill('The three of the sales copilot.')
    await maya.getByRole('button', { name: 'Answer' }).click()
    await shown(priya, /The three of the sales copilot/)
    // Whoever comes back to the page finds each message where it was said, however often it was edited since.
    await page.reload()
    await shown(maya, 'Answered: AI Administrator')
    const order = await maya
      .locator('article')
      .evaluateAll((all) => all.map(({ dataset }) => Number(dataset['message'])))
    expect(order).toEqual(order.toSorted((one, other) => one - other))

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

  test('an approver with a phone 320 wide reads who, what, how long and why, and can approve, without scrolling', async () => {
    await demo.reset()
    const phone = await opened.browser.newPage({ viewport: { width: 760, height: 770 }, timezoneId: 'Asia/Kolkata' })
    await phone.goto(`${demo.ready.chat}/#priya.raman`)
    const priya = phone.getByRole('region', { name: "Priya Raman's chats" })
    await priya.getByRole('button', { name: 'Phone width' }).click()
    const log = priya.locator('.log')
    // A small phone: 320 by 640, of which the chat's own head and the line to write in take their part.
    const held = await boxOf(priya)
    expect(held.right - held.left).toBe(320)
    expect(held.bottom - held.top).toBeLessThanOrEqual(640)

    const maya = demo.person('maya.okafor')
    const long = 'renew one certificate after another '.repeat(13)
    for (const { asks, why, facts, decides } of [
      {
        asks: 'AI Administrator for 2 hours, INC-48213',
        why: 'rotate the connector keys',
        facts: ['Maya Okafor asks for AI Administrator', '2 hours', 'rotate the connector keys'],
        decides: ['Approve'],
      },
      {
        asks: 'Application Administrator for 1 hour, CHG-1201',
        why: long,
        // Who writes at length of a severe role is read before anybody can say yes.
        facts: ['Maya Okafor asks for Application Administrator', '1 hour', 'renew one certificate after another'],
        decides: [],
      },
    ]) {
      await maya.tap(await maya.say(asks), 'Submit', { justification: why })
      await demo.settled()
      const card = log.locator('.ac-adaptiveCard').last()
      await card.getByText(facts[0] ?? '').waitFor()
      const buttons = decides.map((name) => card.getByRole('button', { name }))
      await card.evaluate((shown) => shown.scrollIntoView({ block: 'start' }))
      if (decides.length > 0) await picture('6-phone-320', priya)
      const [fold, whole] = [await boxOf(log), await boxOf(card)]
      for (const part of [...facts.map((fact) => card.getByText(fact).first()), ...buttons]) {
        const box = await boxOf(part)
        expect(box.top, String(part)).toBeGreaterThanOrEqual(fold.top)
        expect(box.bottom, String(part)).toBeLessThanOrEqual(fold.bottom)
        expect(box.left, String(part)).toBeGreaterThanOrEqual(whole.left)
        expect(box.right, String(part)).toBeLessThanOrEqual(whole.right)
      }
      expect(whole.right - whole.left).toBeLessThanOrEqual(320)
      for (const wide of [log, card]) {
        expect(await wide.evaluate((each) => each.scrollWidth - each.clientWidth)).toBeLessThanOrEqual(0)
      }
    }
    await phone.close()
  })
})

async function boxOf(part: Locator) {
  const box = await part.boundingBox()
  if (box === null) throw new Error(`${String(part)} is not to be seen`)
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height }
}
