import { idIn } from '../../entitlement/kinds/kinds.ts'
import type { RequestId } from '../../request/events.ts'
import { type ToldOutcome, untoldSince } from '../../request/observe-outcome.ts'
import { type AccessRequest, isOpen } from '../../request/request.ts'
import { standingDue, standsInEntra } from '../../request/when-to-look.ts'
import type { Result } from '../../result.ts'
import { loadRequest } from '../record/record.ts'
import type { ActiveInstance, Edges, Looked, Standing, Unread, Wanted } from '../ports/ports.ts'

/** What one sweep read of the tenant for one request; absent where it was not worth asking. */
export interface Shown {
  readonly instances?: Result<readonly ActiveInstance[], Unread>
  readonly standing?: Result<Standing, Unread>
  readonly outcomes: readonly ToldOutcome[]
  /** The log was worth reading and could not be read. */
  readonly untold?: Unread
  /** What names no request, of this person and role since the filing, can be about no other that we know. */
  readonly alone: boolean
}

/** Reads for many requests together what each is due, in as few calls as the tenant allows. */
export async function readDue(
  edges: Pick<Edges, 'tenant' | 'journal' | 'requests' | 'wake'>,
  requests: readonly AccessRequest[],
  looked: ReadonlyMap<RequestId, Looked>,
  at: Date,
): Promise<ReadonlyMap<RequestId, Shown>> {
  const { tenant } = edges
  const standing = requests.filter((request) => standingDue(request, looked.get(request.submission.id)?.answeredAt, at))
  const inEntra = requests.filter((request) => standsInEntra(request, at))
  const since = earliest(requests.flatMap((request) => untoldSince(request, at) ?? []))
  const [instances, standings, outcomes] = await Promise.all([
    inEntra.length === 0 ? [] : tenant.activeOf(inEntra.map(wantedBy)),
    standing.length === 0 ? [] : tenant.standingOf(standing.map(wantedBy)),
    since === undefined ? undefined : tenant.outcomes(since),
  ])
  const told = outcomes?.ok === true ? outcomes.value : []
  const all = requests.map(async (request): Promise<readonly [RequestId, Shown]> => {
    const seen = instances[inEntra.indexOf(request)]
    const stands = standings[standing.indexOf(request)]
    const shown: Shown = {
      ...(seen === undefined ? {} : { instances: seen }),
      ...(stands === undefined ? {} : { standing: stands }),
      outcomes: told,
      ...(outcomes?.ok === false && untoldSince(request, at) !== undefined ? { untold: outcomes.refusal } : {}),
      alone: told.some(({ names }) => names === null) && (await isAlone(edges, request, at)),
    }
    return [request.submission.id, shown]
  })
  return new Map(await Promise.all(all))
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
