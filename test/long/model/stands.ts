import { must } from './differs.ts'
import { type InEntra, isOver, keyOf, known, type Life, type Model, stateOf, tell } from './model.ts'
import { roles } from './roles.ts'
import { standingLost } from './rules.ts'
import type { Seen } from './world.ts'

// What the journal says of each request, held against what Entra holds and what was said in chat.

const minute = 60_000

export function standsRight(model: Model, life: Life, seen: Seen): void {
  const stands = seen.stands.get(life.id)
  must(stands !== undefined, `${life.id} is in no row`)
  const { status, inDoubt } = stands
  const before = life.seen
  if (isOver(before)) {
    must(
      status === before || truerNow(life, before, status),
      `${tell(life)} was ${before} and is ${status}: ${told(life)}`,
    )
    life.seen = status
    return
  }
  // Closed, it is in doubt no more: whether it was is what its end is judged by.
  const doubted = life.inDoubt || inDoubt
  life.inDoubt = inDoubt
  if (!model.alive) return
  const now = acceptable(model, life, model.now, doubted)
  life.seen = status
  life.settled = now.must.includes(status)
  if (life.settled || now.may.includes(status) || (inDoubt && life.shaken !== undefined))
    return void delete life.lateSince
  // The audit log may be read a few times in ten real seconds only, which this clock outruns.
  const late = status === before && inEntraOnly.has(stateOf(life.entra) ?? '')
  life.lateSince ??= performance.now()
  must(
    late && performance.now() < life.lateSince + patience,
    `${tell(life)} is ${status} in the journal, and should be ${[...now.must, ...now.may].join(' or ')}: ${told(life)}`,
  )
}

/** What nothing but the audit log, or the requester's own token, tells. */
const inEntraOnly = new Set(['denied', 'cancelled', 'lapsed'])
/** Real milliseconds that the limit on reading the log can cost. */
const patience = 40_000

/** Closed before Entra had told of it: a denial told of late, or a grant in spite of all. */
function truerNow({ entra }: Life, before: string, status: string): boolean {
  if (before !== 'lapsed' && before !== 'failed' && before !== 'active') return false
  const states = entra?.history.map(({ state }) => state) ?? []
  if (status === 'denied') return before === 'lapsed' && states.includes('denied')
  return (status === 'active' || status === 'ended') && states.includes('active')
}

const told = ({ entra, stage, stages }: Life): string =>
  entra === undefined
    ? `chat stage ${stage + 1} of ${stages.length}`
    : `in Entra ${entra.history.map(({ state, at }) => `${state} at ${new Date(at).toISOString()}`).join(', ')}`

/** Statuses that the truth makes, and those that the bot may show still. */
function acceptable(
  model: Model,
  life: Life,
  now: number,
  doubted: boolean,
): { readonly must: string[]; readonly may: string[] } {
  if (life.over !== undefined) return { must: [life.over], may: [] }
  if (life.refusable) return { must: ['refused'], may: [] }
  // Nobody knows whether it was filed, and after a day nobody ever will.
  if (life.seen === 'ready-to-file' && doubted) {
    return { must: ['ready-to-file', 'failed'], may: ['lapsed', 'filed', 'active', 'ended', 'denied', 'withdrawn'] }
  }
  const lost = standingLost(model, life)
  const pending = ['in-chat', 'ready-to-file', 'filed']
  const here = life.entra === undefined ? ofChat(model, life, now) : ofEntra(life.entra, now)
  if (lost === undefined || !here.must.some((status) => pending.includes(status))) {
    // Lost while it waited, it may have been closed before Entra granted or refused it all the same.
    return lost === undefined ? here : { must: here.must, may: [...here.may, 'failed'] }
  }
  return now >= Math.max(lost + known, model.lateUntil) && !life.inDoubt
    ? { must: ['failed'], may: [] }
    : { must: ['failed'], may: [...here.must, ...here.may] }
}

function ofChat(model: Model, life: Life, now: number): { readonly must: string[]; readonly may: string[] } {
  const stage = life.stages[life.stage]
  const waiting = stage?.by === 'chat' ? 'in-chat' : 'ready-to-file'
  const until = life.since + (stage?.by === 'chat' ? stage.lapseAfter : 24 * 60) * minute
  if (now < until) return { must: [waiting], may: [] }
  const late = life.inDoubt || now < Math.max(until + minute, model.lateUntil)
  return { must: ['lapsed'], may: late ? [waiting] : [] }
}

const statusIn = {
  pending: ['filed'],
  denied: ['denied'],
  cancelled: ['withdrawn'],
  lapsed: ['lapsed'],
  // Granted in vain: whoever was eligible is not any more.
  approved: ['failed', 'activating', 'ended', 'lapsed'],
  active: ['active'],
  gone: ['ended'],
} satisfies Record<InEntra['history'][number]['state'], string[]>

function ofEntra({ history }: InEntra, now: number): { readonly must: string[]; readonly may: string[] } {
  const last = history.at(-1)
  const may: string[] = []
  for (let index = history.length - 1; index >= 0 && (history[index]?.knownBy ?? 0) > now; index -= 1) {
    const earlier = history[index - 1]?.state
    may.push(...(earlier === undefined ? ['ready-to-file'] : statusIn[earlier]), 'activating')
  }
  return { must: last === undefined ? [] : statusIn[last.state], may }
}

export function activationsRight(model: Model, { active }: Seen): void {
  const ours = new Set(
    [...model.inEntra.values()]
      .filter((each) => stateOf(each) === 'active')
      .map(({ person, role }) => keyOf(person, role)),
  )
  for (const each of active)
    must(
      ours.has(each) || !roles.some(({ name }) => each.endsWith(`|${name}`)),
      `${each} is active, and nobody granted it`,
    )
  for (const each of ours) must(active.has(each), `${each} should be active`)
}
