import type { AccessRequest } from '../../src/request/request.ts'
import { type Life, pressDecision, pressOwn } from './kill-life.ts'
import { realNow, type Stage } from './kill-stage.ts'

/** `waits`: a call may still be on its way, and nobody may repeat it before then (real time). */
export type Finish =
  | { readonly came: 'over' }
  | { readonly came: 'waits'; readonly until: number }
  | { readonly came: 'stuck'; readonly why: string }

/** More taps than any request needs from wherever it stands. */
const mostTaps = 12

/** Presses what its people would press next, until the request is over. */
export async function finish(stage: Stage, life: Life): Promise<Finish> {
  let stood = ''
  for (let tap = 0; tap < mostTaps; tap += 1) {
    const request = await stage.request(life.id)
    if (request !== undefined && over(request)) {
      // Whoever withdraws again and again has to wait before asking anew, and here they ask all the time.
      if (request.phase.status === 'withdrawn') await stage.demo.advance('PT31M')
      return { came: 'over' }
    }
    stood = JSON.stringify({ phase: request?.phase.status, doubt: request?.doubt })
    if (request?.doubt === undefined) await goOn(stage, life, request)
    else {
      const settled = await settleDoubt(stage, life, request.doubt)
      if (settled !== undefined) return settled
    }
    await stage.demo.settled()
  }
  return { came: 'stuck', why: `${life.ticket} stands still: ${stood}` }
}

const over = ({ phase }: AccessRequest): boolean =>
  ['ended', 'denied', 'withdrawn', 'lapsed', 'refused', 'failed'].includes(phase.status)

async function goOn(stage: Stage, life: Life, request: AccessRequest | undefined): Promise<unknown> {
  switch (request?.phase.status) {
    case undefined:
      return pressOwn(stage, life, 'Submit')
    case 'in-chat':
      return pressDecision(stage, life, 'Approve')
    case 'ready-to-file':
      return pressOwn(stage, life, 'activate')
    case 'filed':
      return Number(life.ticket.slice(-1)) % 2 === 0
        ? pressDecision(stage, life, 'Deny', life.asking.deciders.at(-1))
        : pressOwn(stage, life, 'Withdraw')
    case 'active':
      await stage.demo.advance('PT6M')
      return pressOwn(stage, life, 'end')
    default:
      return stage.demo.advance('PT30S')
  }
}

/** One tap of whoever can look settles a doubt, once no call can be on its way any more. */
async function settleDoubt(
  stage: Stage,
  life: Life,
  doubt: NonNullable<AccessRequest['doubt']>,
): Promise<Finish | undefined> {
  const settled = async () => (await stage.request(life.id))?.doubt?.since.getTime() !== doubt.since.getTime()
  await pressOwn(stage, life, 'check')
  if (await settled()) return undefined
  if (doubt.leaseUntil.getTime() > realNow()) return { came: 'waits', until: doubt.leaseUntil.getTime() }
  if (doubt.about === 'decision') await pressDecision(stage, life, 'Approve', life.asking.deciders.at(-1))
  if (await settled()) return undefined
  const why = `${life.ticket}: the doubt about the ${doubt.about} is not settled by the next tap`
  return { came: 'stuck', why }
}
