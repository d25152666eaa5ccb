import { idIn, type Kind, type Target } from '../../entitlement/kinds/kinds.ts'
import type { RequestId } from '../../request/events.ts'
import { type ToldOutcome, untoldSince } from '../../request/observe-outcome.ts'
import { type AccessRequest, isOpen } from '../../request/request.ts'
import { standingDue, standsInEntra } from '../../request/when-to-look.ts'
import type { Result } from '../../result.ts'
import { loadRequest } from '../record/record.ts'
import type { Edges } from '../ports/ports.ts'
import type { Wanted } from '../ports/engine.ts'
import type { Unread } from '../../request/since-last-look.ts'
import type { Looked } from '../ports/memory.ts'
import { engineOf } from '../record/kinds.ts'
import type { Shown } from '../../request/since-last-look.ts'

/** Reads for many requests together what each is due, in as few calls as the tenant allows. */
export async function readDue(
  edges: Pick<Edges, 'tenant' | 'journal' | 'requests' | 'wake'>,
  requests: readonly AccessRequest[],
  looked: ReadonlyMap<RequestId, Looked>,
  at: Date,
): Promise<ReadonlyMap<RequestId, Shown>> {
  const standing = requests.filter((request) => standingDue(request, looked.get(request.submission.id)?.answeredAt, at))
  const inEntra = requests.filter((request) => standsInEntra(request, at))
  const [instances, standings, outcomes] = await Promise.all([
    byKind(inEntra, (kind, some) => engineOf(edges, kind).activeOf(some.map(wantedBy))),
    byKind(standing, (kind, some) => engineOf(edges, kind).standingOf(some.map(wantedBy))),
    outcomesFor(edges, requests, at),
  ])
  const all = requests.map(async (request): Promise<readonly [RequestId, Shown]> => {
    const seen = instances.get(request)
    const stands = standings.get(request)
    const log = outcomes.get(request.submission.target.kind)
    const told = log?.ok === true ? log.value : []
    const shown: Shown = {
      ...(seen === undefined ? {} : { instances: seen }),
      ...(stands === undefined ? {} : { standing: stands }),
      outcomes: told,
      ...(log?.ok === false && untoldSince(request, at) !== undefined ? { untold: log.refusal } : {}),
      alone: told.some(({ names }) => names === null) && (await isAlone(edges, request, at)),
    }
    return [request.submission.id, shown]
  })
  return new Map(await Promise.all(all))
}

/** Asks each kind once for all of its requests; the answers come in the order in which they were asked for. */
async function byKind<Answer>(
  requests: readonly AccessRequest[],
  ask: (kind: Target, requests: readonly AccessRequest[]) => Promise<readonly Answer[]>,
): Promise<ReadonlyMap<AccessRequest, Answer>> {
  const kinds = Map.groupBy(requests, ({ submission }) => submission.target.kind)
  const answers = await Promise.all(
    [...kinds.values()].map(async (some) => {
      const [first] = some
      const came = first === undefined ? [] : await ask(first.submission.target, some)
      return some.flatMap((request, index): (readonly [AccessRequest, Answer])[] => {
        const answer = came[index]
        return answer === undefined ? [] : [[request, answer]]
      })
    }),
  )
  return new Map(answers.flat())
}

/** What each kind's log says since the first of its requests of which something is untold. */
async function outcomesFor(
  edges: Pick<Edges, 'tenant'>,
  requests: readonly AccessRequest[],
  at: Date,
): Promise<ReadonlyMap<Kind, Result<readonly ToldOutcome[], Unread>>> {
  const untold = requests.filter((request) => untoldSince(request, at) !== undefined)
  const kinds = Map.groupBy(untold, ({ submission }) => submission.target.kind)
  const read = [...kinds].map(async ([kind, some]) => {
    const since = earliest(some.flatMap((request) => untoldSince(request, at) ?? []))
    const [first] = some
    return first === undefined || since === undefined
      ? []
      : [[kind, await engineOf(edges, first.submission.target).outcomes(since)] as const]
  })
  return new Map((await Promise.all(read)).flat())
}

/** More earlier requests of one person than this cannot have been waiting a moment ago. */
const mostOthers = 20

/** Whether something told of this person and role since the filing can be about no other request that we know. */
async function isAlone(
  edges: Pick<Edges, 'journal' | 'requests' | 'wake'>,
  request: AccessRequest,
  at: Date,
): Promise<boolean> {
  const since = untoldSince(request, at)
  if (since === undefined) return false
  const others = await edges.requests.ofPerson(request.submission.beneficiary)
  for (const { id } of others.slice(0, mostOthers)) {
    const other = id === request.submission.id ? undefined : await loadRequest(edges, id).catch(() => undefined)
    if (other !== undefined && alike(other, request) && (isOpen(other) || other.asOf >= since)) return false
  }
  return true
}

const wantedBy = ({ submission }: AccessRequest): Wanted => ({
  person: submission.beneficiary,
  target: submission.target,
})

const alike = ({ submission: one }: AccessRequest, { submission: other }: AccessRequest): boolean =>
  one.beneficiary === other.beneficiary && idIn(one.target) === idIn(other.target)

const earliest = (instants: readonly Date[]): Date | undefined =>
  instants.length === 0 ? undefined : new Date(Math.min(...instants.map((each) => each.getTime())))
