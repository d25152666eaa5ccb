import express from 'express'
import type { Request, Response } from 'express'
import type { RequestListener } from 'node:http'
import type { Channel } from './channel.ts'

/** Of what the browser says, and of what the bot answers. */
const handedIn = ['accept-language', 'cookie', 'sec-fetch-dest']
const handedOn = ['cache-control', 'content-security-policy', 'content-type', 'location', 'referrer-policy']

/**
 * What a browser sees of signing in, under the chat page's own http origin, because no browser trusts the certificates
 * of the other services here: Entra's page, and the bot's pages before and after it, from the next bot in turn.
 */
export function signInPages(channel: Channel, entra: RequestListener): express.Router {
  const pages = express.Router()
  pages.get('/:tid/oauth2/v2.0/authorize', (req, res) => void entra(req, res))
  pages.get(['/auth-start', '/auth-end', '/auth/teams.js'], (req, res) => fromTheBot(channel, req, res))
  return pages
}

async function fromTheBot(channel: Channel, req: Request, res: Response): Promise<void> {
  const { urls } = channel.bot
  const first = channel.bot.next++
  const headers = Object.fromEntries(handedIn.flatMap((name) => (req.get(name) ? [[name, req.get(name) ?? '']] : [])))
  for (let i = 0; i < urls.length; i++) {
    const url = `${urls[(first + i) % urls.length]}${req.originalUrl}`
    const page = await fetch(url, { method: req.method, redirect: 'manual', headers }).catch(() => undefined)
    if (page === undefined) continue
    for (const name of handedOn) {
      const value = page.headers.get(name)
      if (value !== null) res.set(name, value)
    }
    for (const each of page.headers.getSetCookie()) res.append('set-cookie', each)
    return void res.status(page.status).send(Buffer.from(await page.arrayBuffer()))
  }
  res.status(502).type('text').send('No bot is running.')
}
