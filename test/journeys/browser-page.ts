import chromium from '@sparticuz/chromium'
import { chromium as browsers, type Page } from 'playwright-core'

/** The packaged Chromium runs on Linux only. */
export const hasBrowser = process.platform === 'linux'

/** A page in a browser of its own, and what its console complained of. */
export async function openPage() {
  const executablePath = await chromium.executablePath()
  // In a single process, Chromium ends with its first page.
  const args = chromium.args.filter((argument) => argument !== '--single-process')
  const browser = await browsers.launch({ executablePath, args, headless: true })
  const page: Page = await browser.newPage({ viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/London' })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  return { browser, page, complaints }
}
