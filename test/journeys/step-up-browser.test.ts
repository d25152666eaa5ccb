import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, openPage } from './browser-page.ts'
import { type Demo, startDemo } from './demo.ts'

// The sign-in pop-up as a person meets it: our pages and Entra's in a real browser, with the TeamsJS that we serve.

describe.skipIf(!hasBrowser)('in a browser (left out where no browser is packaged)', () => {
  let demo: Demo
  let opened: Awaited<ReturnType<typeof openPage>>
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    ;[demo, opened] = await Promise.all([startDemo({}, true), openPage()])
    ;({ page, complaints } = opened)
  })
  afterAll(async () => {
    await opened.browser.close()
    await demo[Symbol.asyncDispose]()
  })

  test('Maya closes the window once, then signs in, and what she pressed is carried out', async () => {
    await page.goto(`${demo.ready.chat}/#maya.okafor`)
    const maya = page.getByRole('region', { name: "Maya Okafor's chats" })
    const box = maya.getByRole('textbox', { name: 'Message Latchkey as Maya Okafor' })
    await box.fill('I need AI Administrator for 2 hours to rotate the connector keys, INC-48213')
    await box.press('Enter')
    await maya.getByRole('button', { name: 'Submit' }).click()
    const signIn = maya.getByRole('button', { name: 'Sign in to continue' })

    const [closed] = await Promise.all([page.waitForEvent('popup'), signIn.click()])
    await closed.getByText('asks maya.okafor@contoso.example to sign in with c1').waitFor()
    await closed.close()
    expect(await demo.effects('selfActivate')).toHaveLength(0)

    const [popup] = await Promise.all([page.waitForEvent('popup'), signIn.click()])
    popup.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
    // TeamsJS closes the window by itself once Teams has been told.
    await Promise.all([popup.waitForEvent('close'), popup.getByRole('link', { name: 'Maya Okafor' }).click()])
    await maya.locator('.log').getByText('Waiting for approval by Priya Raman').first().waitFor()
    expect(await demo.effects('selfActivate')).toHaveLength(1)
    // TeamsJS would read from a Microsoft server who may embed us; our page lets nothing out, and its own list serves.
    expect(complaints.filter((text) => !text.includes('https://res.cdn.office.net/teams-js/'))).toEqual([])
  })
})
