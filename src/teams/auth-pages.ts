import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { z } from 'zod'
import { minutes } from '../time.ts'
import type { SignInEnd } from '../workflow/incoming.ts'
import * as say from '../words/en-sign-in.ts'
import { refusalText } from './answer-tap.ts'
import { authPage, type Notify, policyFor } from './auth-page.ts'
import type { Edge } from './edge.ts'

const require = createRequire(import.meta.url)
const teamsJs = require.resolve('@microsoft/teams-js') // its main file is the one for browsers
const cookieName = 'latchkey-sign-in'
const cookieLife = minutes(10)

const Start = z.object({ txn: z.string().min(1).max(200) })
const End = z.object({
  state: z.string().min(1).max(200),
  code: z.string().min(1).max(10_000).optional(),
  error: z.string().max(1000).optional(),
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
  pages.get('/auth-start', (req, res) => sendToEntra(edge, req, res))
  pages.get('/auth-end', (req, res) => backFromEntra(edge, req, res))
  pages.use(['/auth-start', '/auth-end'], (error: unknown, _: Request, res: Response, __: NextFunction) => {
    const reference = randomUUID().slice(0, 8)
    edge.log.error({ err: error, reference }, 'a sign-in page failed')
    show(res, 503, say.wentWrong(reference), { failure: 'Failed' })
  })
  return pages
}

async function sendToEntra(edge: Edge, req: Request, res: Response): Promise<void> {
  const query = Start.safeParse(req.query)
  if (!query.success) return show(res, 400, say.notSignedIn({ why: 'unknown' }), { failure: 'InvalidRequest' })
  const secret = browserSecret(req) ?? randomBytes(32).toString('base64url')
  const opened = await edge.handlers.openSignIn(query.data.txn, digest(secret))
  if (!opened.ok) return show(res, 410, say.notSignedIn(opened.refusal), { failure: 'InvalidRequest' })
  // Teams shows the pop-up as a window of its own on a computer, and within its own pages elsewhere.
  res.cookie(cookieName, secret, { path: '/', httpOnly: true, secure: true, sameSite: 'none', maxAge: cookieLife })
  res.redirect(302, opened.value.href)
}

async function backFromEntra(edge: Edge, req: Request, res: Response): Promise<void> {
  const query = End.safeParse(req.query)
  const secret = browserSecret(req)
  if (!query.success || secret === undefined)
    return show(res, 400, say.notSignedIn({ why: 'unknown' }), { failure: 'InvalidRequest' })
  const { state, code, error } = query.data
  const ended = await edge.underWay.track(edge.handlers.endSignIn({ state, code, error }, digest(secret)))
  showEnd(edge, res, ended)
}

function showEnd(edge: Edge, res: Response, ended: SignInEnd): void {
  if (ended.end === 'not-signed-in') {
    const { why } = ended.because
    const failure = why === 'given-up' ? 'CancelledByUser' : 'Failed'
    return show(res, why === 'under-way' ? 202 : 403, say.notSignedIn(ended.because), { failure })
  }
  const { answer, transaction } = ended
  const text =
    answer?.answer === 'refused' ? `${say.signInPage.notDone} ${refusalText(answer, edge.now())}` : say.signInPage.done
  show(res, 200, text, { success: transaction })
}

function show(res: Response, status: number, text: string, notify: Notify): void {
  const nonce = randomBytes(16).toString('base64')
  res
    .status(status)
    .set('content-security-policy', policyFor(nonce))
    .type('html')
    .send(authPage(nonce, text, notify))
}

/** What only this browser knows; the database has its digest. */
function browserSecret(req: Request): string | undefined {
  const cookies = (req.get('cookie') ?? '').split(/;\s*/)
  const value = cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
