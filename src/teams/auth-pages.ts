import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { z } from 'zod'
import { minutes } from '../time.ts'
import type { SignInEnd } from '../workflow/ports/incoming.ts'
import * as words from '../words/sign-in.ts'
import { say, type Sentence, spokenFor } from '../words/language.ts'
import { refusalText } from './answer-tap.ts'
import { authPage, type Notify, policyFor } from './auth-page.ts'
import type { Edge } from './context.ts'

const require = createRequire(import.meta.url)
const teamsJs = require.resolve('@microsoft/teams-js') // its main file is the one for browsers
const cookieLife = minutes(10)

const Start = z.object({ txn: z.string().min(1).max(200) })
const End = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(10_000).optional(),
  error: z.string().max(1000).optional(),
  error_description: z.string().max(4000).optional().catch(undefined),
})

/**
 * Our pages around Entra's own: `auth-start` sends the browser there, `auth-end` receives it, lets the shell act, and
 * tells Teams. Any replica may serve either. The query carries the code, so nothing of it is ever logged or passed on.
 */
export function authPages(edge: Edge): express.Router {
  const pages = express.Router()
  pages.get('/auth/teams.js', (_, res) => res.sendFile(teamsJs, { maxAge: '1h', dotfiles: 'allow' }))
  pages.use(['/auth-start', '/auth-end'], (_, res, next) => {
    res.set({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000',
    })
    next()
  })
  // Express would answer it as it answers GET, but for the body; scanners of links ask so.
  pages.head(['/auth-start', '/auth-end'], (_, res) => void res.status(200).end())
  pages.get('/auth-start', (req, res) => sendToEntra(edge, req, res))
  pages.get('/auth-end', (req, res) => backFromEntra(edge, req, res))
  pages.use(['/auth-start', '/auth-end'], (error: unknown, req: Request, res: Response, __: NextFunction) => {
    const reference = randomUUID().slice(0, 8)
    edge.log.error({ err: error, reference }, 'a sign-in page failed')
    show(req, res, 503, words.wentWrong(reference), { failure: 'Failed' })
  })
  return pages
}

async function sendToEntra(edge: Edge, req: Request, res: Response): Promise<void> {
  const query = Start.safeParse(req.query)
  if (!query.success) return show(req, res, 400, words.notSignedIn({ why: 'unknown' }), { failure: 'InvalidRequest' })
  const { txn } = query.data
  const cookie = cookieName(txn)
  const secret = browserSecret(req, cookie) ?? randomBytes(32).toString('base64url')
  const opened = await edge.handlers.openSignIn(txn, { secret, seen: isSeen(req) })
  if (!opened.ok) return show(req, res, 410, words.notSignedIn(opened.refusal), { failure: 'InvalidRequest' })
  // Teams shows the pop-up as a window of its own on a computer, and within its own pages elsewhere.
  res.cookie(cookie, secret, { path: '/', httpOnly: true, secure: true, sameSite: 'none', maxAge: cookieLife })
  res.redirect(302, opened.value.href)
}

async function backFromEntra(edge: Edge, req: Request, res: Response): Promise<void> {
  const query = End.safeParse(req.query)
  const secret = query.success ? browserSecret(req, cookieName(query.data.state)) : undefined
  if (!query.success || secret === undefined)
    return show(req, res, 400, words.notSignedIn({ why: 'unknown' }), { failure: 'InvalidRequest' })
  const { state, code, error, error_description: errorDescription } = query.data
  const ended = await edge.underWay.track(edge.handlers.endSignIn({ state, code, error, errorDescription }, { secret }))
  showEnd(edge, req, res, ended)
}

function showEnd(edge: Edge, req: Request, res: Response, ended: SignInEnd): void {
  if (ended.end === 'not-signed-in') {
    const { why } = ended.because
    const failure = why === 'given-up' ? 'CancelledByUser' : 'Failed'
    return show(req, res, why === 'under-way' ? 202 : 403, words.notSignedIn(ended.because), { failure })
  }
  const { answer, transaction } = ended
  const notify = { success: transaction }
  if (answer?.answer !== 'refused') return show(req, res, 200, words.signInPage.done, notify)
  const notDone = say(spokenBy(req), words.signInPage.notDone)
  const viewer = { ...answer.viewer, locale: spokenBy(req).locale }
  showText(req, res, 200, `${notDone} ${refusalText({ ...answer, viewer }, edge.now())}`, notify)
}

/**
 * A page speaks the language of the browser that it stands in: that is there before anybody is known, as where a link
 * has run out, and whoever reads the page may not be whom it was for.
 */
const spokenBy = (req: Request) => spokenFor(...req.acceptsLanguages())

const show = (req: Request, res: Response, status: number, sentence: Sentence, notify: Notify): void =>
  showText(req, res, status, say(spokenBy(req), sentence), notify)

function showText(req: Request, res: Response, status: number, text: string, notify: Notify): void {
  const nonce = randomBytes(16).toString('base64')
  res
    .status(status)
    .set('content-security-policy', policyFor(nonce))
    .type('html')
    .set('vary', 'accept-language')
    .send(authPage(nonce, spokenBy(req), text, notify))
}

/**
 * One for each sign-in. `__Host-` keeps other hosts of our domain from setting it. The demo's pages are on plain http:
 * Chromium 153 takes the prefix on loopback all the same, because it trusts that as it trusts https (tried), and a
 * browser that does not takes no `Secure` cookie there either, whatever its name.
 */
const cookieName = (transaction: string): string =>
  `__Host-latchkey-${createHash('sha256').update(transaction).digest('base64url').slice(0, 16)}`

/** What only this browser knows. */
function browserSecret(req: Request, name: string): string | undefined {
  const cookies = (req.get('cookie') ?? '').split(/;\s*/)
  const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

/** Browsers say so of each page that somebody looks at, and only of those; what fetches links by itself is none. */
const isSeen = (req: Request): boolean => ['document', 'iframe', 'frame'].includes(req.get('sec-fetch-dest') ?? '')
