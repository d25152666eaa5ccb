import type { PersonId } from '../../people.ts'
import type { ExpiringView, HeldRow, MineView } from '../ports/answers.ts'
import { endOf, heldRows, openRequests, requestRow } from './held-rows.ts'
import type { Edges } from '../ports/ports.ts'
import { say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import { commonLinks } from '../record/kinds.ts'

type Reads = Pick<Edges, 'tenant' | 'catalogue' | 'requests' | 'journal' | 'wake' | 'now'>

/** What the person holds now, could switch on, and has asked for: the tenant as it is read in this moment. */
export async function mine(edges: Reads, person: PersonId): Promise<MineView | SayView> {
  const { rows, unread } = await heldRows(edges, person)
  const held = rows.toSorted(sooner)
  const pending = (await openRequests(edges, person)).filter(({ status }) => status !== 'active')
  const requests = await Promise.all(pending.map((each) => requestRow(edges, each)))
  if (held.length + requests.length + unread.length === 0)
    return say({ kind: 'nothing-held', portal: commonLinks(edges).ask })
  return {
    view: 'mine',
    active: held.filter(({ as }) => as !== 'eligible'),
    eligible: held.filter(({ as }) => as === 'eligible'),
    requests,
    unread,
    observedAt: edges.now(),
    portal: commonLinks(edges).ask,
  }
}

/** What of it runs out, soonest first: activations and eligibilities alike. */
export async function expiring(edges: Reads, person: PersonId): Promise<ExpiringView | SayView> {
  const { rows: held, unread } = await heldRows(edges, person)
  const rows = held.filter(({ until }) => until !== null).toSorted(sooner)
  const endless = held.length - rows.length
  if (rows.length + unread.length === 0) return say({ kind: 'nothing-expires', endless })
  return { view: 'expiring', rows, endless, unread, observedAt: edges.now(), portal: commonLinks(edges).ask }
}

const sooner = (one: HeldRow, other: HeldRow): number => endOf(one) - endOf(other)
