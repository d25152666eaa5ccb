import type { NextFunction, Request, Response } from 'express'
import { whileUnderWay } from './channel.ts'
import type { Channel } from './channel.ts'
import type { CallLocals } from '../faults.ts'
import { verify } from '../entra/token.ts'

/** Lets calls through that carry the bot's own token for the Bot Connector, from this tenant's Entra. */
export async function onlyTheBot(channel: Channel, req: Request, res: Response, next: NextFunction): Promise<void> {
  const token = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1] ?? ''
  try {
    const claims = await verify(channel.tenant, token, 'https://api.botframework.com')
    const { appId } = channel.bot
    if ((claims['appid'] ?? claims['azp']) !== appId) throw new Error('a token of another application')
    const caller: CallLocals['caller'] = { kind: 'app', who: appId, appId, permissions: [] }
    res.locals['caller'] = caller
  } catch {
    return refuseCall(res, 401, 'Unauthorized', 'Authorization has been denied for this request.')
  }
  next()
}

/** Names the call among what is under way until its answer is out. */
export function staysUnderWay(channel: Channel, req: Request, res: Response, next: NextFunction): void {
  const ended = new Promise<void>((resolve) => res.once('close', resolve))
  void whileUnderWay(channel, `connector ${req.method} ${req.path}`, () => ended)
  next()
}

/** 403 as Teams answers for who has not the app or blocked the bot. */
export function blocked(res: Response): void {
  const details = JSON.stringify({ subCode: 'MessageWritesBlocked', details: 'Thread roster is blocked' })
  res.status(403).json({ errorCode: 209, message: details })
}

/** The connector's own shape of an error. */
export function refuseCall(res: Response, status: number, code: string, message: string): void {
  res.status(status).json({ error: { code, message } })
}
