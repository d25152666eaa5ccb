import { z } from 'zod'
import { type AccessRequest, isOpen } from '../../src/request/request.ts'
import { dataOf, wordsOf } from '../journeys/demo.ts'
import { headlines } from './headlines.ts'
import { cardsOf, type Life } from './kill-life.ts'
import type { Stage } from './kill-stage.ts'

/** Sentences, one for each thing found wrong; empty when all is well. */
export interface Verdict {
  /** The journal and the tenant contradict each other, or a card says what is not so. */
  readonly lost: readonly string[]
  /** Something the tenant changed more often than once. */
  readonly twice: readonly string[]
  /** Owed, looked for, leased or in doubt, and nobody will ever come to it. */
  readonly leftBehind: readonly string[]
}

export const noVerdict: Verdict = { lost: [], twice: [], leftBehind: [] }

export const together = (one: Verdict, other: Verdict): Verdict => ({
  lost: [...one.lost, ...other.lost],
  twice: [...new Set([...one.twice, ...other.twice])],
  leftBehind: [...one.leftBehind, ...other.leftBehind],
})

/** The same, saying where it was found. */
export const found = (at: string, { lost, twice, leftBehind }: Verdict): Verdict => ({
  lost: lost.map((what) => `${at}: ${what}`),
  twice,
  leftBehind: leftBehind.map((what) => `${at}: ${what}`),
})

interface Tenant {
  readonly requests: readonly Record<string, unknown>[]
  readonly activations: readonly Record<string, unknown>[]
}

/** Holds each request against what the tenant itself shows, and its cards against both. */
export async function judge(stage: Stage, lives: readonly Life[]): Promise<Verdict> {
  const tenant: Tenant = {
    requests: await stage.demo.tenant('requests'),
    activations: await stage.demo.tenant('activations'),
  }
  const lost = await Promise.all(lives.map((life) => lostOf(stage, life, tenant)))
  return { lost: lost.flat(), twice: await doneTwice(stage), leftBehind: await leftBehind(stage) }
}

async function lostOf(stage: Stage, life: Life, tenant: Tenant): Promise<readonly string[]> {
  const request = await stage.request(life.id)
  const said = (what: string) => `${life.ticket} (${life.asking.requester}, ${life.asking.role}): ${what}`
  return [...againstTenant(request, life, tenant), ...(await cardsAgainst(stage, request, life))].map(said)
}

/** What the tenant's own word for a request must be, by where the journal sees it; doubt allows what it is about. */
const confirmedBy: Readonly<Record<AccessRequest['phase']['status'], readonly string[]>> = {
  'in-chat': [],
  'ready-to-file': [],
  filed: ['PendingApproval'],
  scheduled: ['ScheduleCreated'],
  activating: ['Provisioned', 'Granted', 'ScheduleCreated'],
  active: ['Provisioned'],
  ended: ['Provisioned', 'Revoked'],
  denied: ['Denied'],
  withdrawn: ['Canceled'],
  lapsed: [],
  refused: [],
  failed: ['Failed'],
}

function againstTenant(request: AccessRequest | undefined, life: Life, tenant: Tenant): readonly string[] {
  const theirs = tenant.requests.filter(({ justification }) => String(justification).includes(life.ticket.slice(4)))
  if (theirs.length > 1) return [`the tenant has ${theirs.length} requests`]
  const [one] = theirs
  if (request === undefined) return one === undefined ? [] : [`${one['status']} in the tenant, unknown to the journal`]
  const { phase, doubt } = request
  if (doubt !== undefined) return []
  if (one === undefined) {
    const neverFiled = ['in-chat', 'ready-to-file', 'refused', 'denied', 'withdrawn', 'lapsed'].includes(phase.status)
    return neverFiled ? [] : [`${phase.status} in the journal, and the tenant has no such request`]
  }
  if (!confirmedBy[phase.status].includes(String(one['status']))) {
    return [`${phase.status} in the journal, ${one['status']} in the tenant`]
  }
  const { requester: person, role: entitlement } = life.asking
  const on = tenant.activations.some((each) => each['person'] === person && each['entitlement'] === entitlement)
  if (phase.status === 'active' && !on) return ['active in the journal, not in the tenant']
  return phase.status === 'ended' && on ? ['ended in the journal, active in the tenant'] : []
}

async function cardsAgainst(stage: Stage, request: AccessRequest | undefined, life: Life): Promise<readonly string[]> {
  const own = wordsOf((await cardsOf(stage, life.asking.requester, life)).at(-1)?.card)
  if (request === undefined)
    return /(Submit|Absenden)\n/.test(own) ? [] : [`nothing was submitted, and the card says: ${own}`]
  const { doubt, phase } = request
  const expected =
    doubt === undefined
      ? headlines[phase.status]
      : doubt.about === 'decision'
        ? /do not know whether|wissen nicht, ob/
        : /In doubt:|Ungewiss:/
  const wrong = expected.test(own) ? [] : [`${phase.status} (doubt: ${doubt?.about}), and the card says: ${own}`]
  const open = phase.status === 'in-chat' || phase.status === 'filed' ? phase.waiting.stage : undefined
  for (const [index, decider] of life.asking.deciders.entries()) {
    const cards = await cardsOf(stage, decider, life)
    const askable = cards.filter(({ card }) => Object.keys(dataOf(card, 'approve')).length > 0).length
    if (open === index && askable === 0 && doubt === undefined) wrong.push(`${decider} is not asked`)
    // One whose sending nobody stored cannot be edited: it decides nothing, and says so when pressed.
    if (!isOpen(request) && cards.length > 0 && askable === cards.length) wrong.push(`${decider} is asked still`)
  }
  return wrong
}

const Effect = z.object({ operation: z.string(), detail: z.record(z.string(), z.unknown()) })

/** Nothing happens to one of Entra's requests more than once, and no grant ends more often than it began. */
async function doneTwice({ demo }: Stage): Promise<readonly string[]> {
  const { body } = await demo.call('GET', '/api/tenant/effects')
  const effects = z.array(Effect).parse(body)
  const subject = ({ operation, detail }: z.infer<typeof Effect>) =>
    `${['approve', 'deny'].includes(operation) ? 'decided' : operation} ${detail['request'] ?? detail['schedule']}`
  const grant = ({ detail }: z.infer<typeof Effect>) => `${detail['principalId']} ${detail['roleId']}`
  const ends = effects.filter(({ operation }) => operation === 'selfDeactivate' || operation === 'expired')
  const begins = counted(effects.filter(({ operation }) => operation === 'provisioned').map(grant))
  return [
    ...[...counted(effects.map(subject))].filter(([, count]) => count > 1).map(([what, count]) => `${what}: ${count}`),
    ...[...counted(ends.map(grant))]
      .filter(([what, count]) => count > (begins.get(what) ?? 0))
      .map(([what, count]) => `ended ${what}: ${count}`),
  ]
}

function counted(all: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1)
  return counts
}

async function leftBehind({ database, demo }: Stage): Promise<readonly string[]> {
  const { body } = await demo.call('GET', '/api/clock')
  const { now } = z.object({ now: z.string() }).parse(body)
  const owed = await database.rows<{ id: string; why: string | null }>(
    'select id, why from outbox where outcome is null and due <= $1',
    [now],
  )
  const looks = await database.rows<{ id: string }>(
    `select id from request_summary where next_look_at < $1::timestamptz - interval '5 seconds'`,
    [now],
  )
  return [
    ...owed.map(({ id, why }) => `owed still: ${id} (${why})`),
    ...looks.map(({ id }) => `never looked at again: ${id}`),
  ]
}
