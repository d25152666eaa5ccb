import chromium from '@sparticuz/chromium'
import { CardFactory } from 'botbuilder'
import type { TurnContext } from 'botbuilder'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium as browsers } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStage } from '../chat-stage.ts'
import type { Stage } from '../chat-stage.ts'

const hasBrowser = process.platform === 'linux' // the packaged Chromium runs on Linux only

function form(state: string) {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: `AI Administrator, ${state}`, style: 'heading', size: 'large', wrap: true },
      { type: 'FactSet', facts: [{ title: 'Why', value: '**keys** <b>now</b> \\[click\\](https://evil.example)' }] },
      { type: 'Input.Text', id: 'justification', label: 'Justification', isRequired: true, errorMessage: 'Say why' },
    ],
    actions: [{ type: 'Action.Execute', title: 'Submit', verb: 'submit', style: 'positive', data: { id: 'd1' } }],
  }
}

function answerBelow(context: TurnContext, value: string) {
  const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value }
  return context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } })
}

describe.skipIf(!hasBrowser)('the chat page (left out where no browser is packaged)', () => {
  let stage: Stage
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    stage = await openStage()
    const executablePath = await chromium.executablePath()
    // In a single process, Chromium ends with its first page.
    const args = chromium.args.filter((argument) => argument !== '--single-process')
    browser = await browsers.launch({ executablePath, args, headless: true })
  })
  afterAll(async () => {
    await browser.close()
    await stage[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    complaints = []
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
    page.on('request', (request) => {
      if (!request.url().startsWith(stage.origins.chat)) complaints.push(`left the page: ${request.url()}`)
    })
  })
  afterEach(async () => {
    await page.close()
    expect(complaints).toEqual([])
  })

  async function open(people: string) {
    await page.goto(`${stage.origins.chat}/#${people}`)
    await page.locator('.column .log').last().waitFor()
  }
  const column = (name: string) => page.getByRole('region', { name: `${name}'s chats` })
  async function say(name: string, text: string) {
    const box = column(name).getByRole('textbox', { name: `Message Latchkey as ${name}` })
    await box.fill(text)
    await box.press('Enter')
  }

  test('a person asks, fills in the card and submits; what was missing is said before anything is sent', async () => {
    const submitted = Promise.withResolvers<unknown>()
    stage.play(async (context) => {
      if (context.activity.type === 'message')
        await context.sendActivity({ attachments: [CardFactory.adaptiveCard(form('draft'))] })
      else {
        submitted.resolve(context.activity.value.action.data)
        await answerBelow(context, 'Sent to Entra.')
      }
    })
    await open('maya.okafor,priya.raman')
    await say('Maya Okafor', 'I need AI Administrator')
    const maya = column('Maya Okafor')
    await maya.getByRole('button', { name: 'Submit' }).click()
    await maya.getByText('Say why').waitFor()
    await maya.getByLabel('Justification').fill('rotate keys')
    await maya.getByRole('button', { name: 'Submit' }).click()
    await maya.getByText('Sent to Entra.').waitFor()
    expect(await submitted.promise).toEqual({ id: 'd1', justification: 'rotate keys' })
    expect(await column('Priya Raman').getByText('AI Administrator').count()).toBe(0)
  })

  test('what a requester typed never becomes markup or a link in somebody’s card', async () => {
    stage.play(async (context) => {
      await context.sendActivity({ attachments: [CardFactory.adaptiveCard(form('draft'))] })
    })
    await open('lena.brandt')
    await say('Lena Brandt', 'AI Administrator')
    const why = column('Lena Brandt').locator('.ac-factset')
    await why.getByText('[click](https://evil.example)').waitFor()
    expect(await why.locator('a, b').count()).toBe(0)
    expect(await why.locator('strong').textContent()).toBe('keys')
  })

  test('an edit marks nothing as unread and leaves what is typed elsewhere; a new message marks and shows a toast', async () => {
    const posted = Promise.withResolvers<{ path: string; last: string }>()
    stage.play(async (context) => {
      const path = `/v3/conversations/${context.activity.conversation.id}/activities`
      const attachments = [CardFactory.adaptiveCard(form('draft'))]
      await context.sendActivity({ attachments })
      posted.resolve({ path, last: (await context.sendActivity({ attachments }))?.id ?? '' })
    })
    await open('omar.haddad,priya.raman')
    await say('Omar Haddad', 'AI Administrator')
    const omar = column('Omar Haddad')
    await omar.getByLabel('Justification').first().fill('half a sent')
    await column('Priya Raman').getByRole('textbox').focus()
    const { path, last } = await posted.promise
    const attachments = [CardFactory.adaptiveCard(form('submitted'))]
    await stage.connector('PUT', `${path}/${last}`, { type: 'message', attachments })
    await omar.getByText('AI Administrator, submitted').waitFor()
    expect(await omar.getByLabel('Justification').first().inputValue()).toBe('half a sent')
    expect(await omar.locator('.unread').isVisible()).toBe(false)
    await stage.connector('POST', path, { type: 'message', text: 'Active until 12:03', summary: 'It is on' })
    await omar.locator('.toast', { hasText: 'It is on' }).waitFor()
    expect(await omar.locator('.unread').textContent()).toBe('1 new')
    await omar.getByText('Active until 12:03').click()
    expect(await omar.locator('.unread').isVisible()).toBe(false)
  })

  test('a group chat is opened from the page, and its members see what is said there', async () => {
    stage.play(async (context) => {
      if (context.activity.type === 'message') await context.sendActivity(`heard ${context.activity.text}`)
    })
    await open('noah.kim,lena.brandt')
    await column('Noah Kim').getByRole('button', { name: 'New group chat' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Rollout')
    await page.getByRole('checkbox', { name: 'Lena Brandt' }).check()
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    const box = column('Noah Kim').getByRole('textbox', { name: 'Message Rollout as Noah Kim' })
    await box.fill('hello')
    await box.press('Enter')
    const chats = column('Lena Brandt').getByRole('combobox', { name: 'Chat' })
    await chats.locator('option', { hasText: 'Rollout' }).waitFor({ state: 'attached' })
    await chats.selectOption(await chats.locator('option', { hasText: 'Rollout' }).getAttribute('value'))
    await column('Lena Brandt').locator('.log').getByText('heard').waitFor()
  })

  test('every theme passes the accessibility rules, and a phone’s width needs no sideways scrolling', async () => {
    stage.play(async (context) => {
      await context.sendActivity({ attachments: [CardFactory.adaptiveCard(form('draft'))] })
    })
    await open('noah.kim')
    await say('Noah Kim', 'AI Administrator')
    await column('Noah Kim').getByRole('button', { name: 'Submit' }).waitFor()
    // Run by the debugger, since the page lets no foreign script in.
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    for (const theme of ['light', 'dark', 'contrast']) {
      await page.getByLabel('Theme').selectOption(theme)
      const found = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id }) => id))')
      expect(found, theme).toEqual([])
    }
    await page.setViewportSize({ width: 320, height: 640 })
    const wide = await page.evaluate(
      '[document.documentElement, document.querySelector(".log")].map((e) => e.scrollWidth > e.clientWidth)',
    )
    expect(wide).toEqual([false, false])
  })
})
