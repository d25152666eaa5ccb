import express from 'express'
import type { Response } from 'express'
import { readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../page/', import.meta.url))
const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js')
const nothingFromOutside =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"

/** The Teams-like page. Its scripts are served with their types stripped, so that it needs no build either. */
export function chatPage(): express.Router {
  const page = express.Router()
  page.use((_, res, next) => {
    res.set({ 'content-security-policy': nothingFromOutside, 'cache-control': 'no-cache' })
    next()
  })
  page.get('/adaptivecards.js', (_, res) => res.sendFile(renderer))
  page.get('/:script.ts', (req, res) => sendScript(req.params.script, res))
  page.use(express.static(folder, { index: 'index.html' }))
  return page
}

async function sendScript(name: string, res: Response): Promise<void> {
  const known = /^[a-z-]+$/.test(name)
  const source = known ? await readFile(`${folder}${name}.ts`, 'utf8').catch(() => undefined) : undefined
  if (source === undefined) res.status(404).end()
  else res.type('text/javascript').send(stripTypeScriptTypes(source))
}
