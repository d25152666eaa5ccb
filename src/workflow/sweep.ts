import type { RequestId } from '../request/events.ts'
import { type ToldOutcome, untoldSince } from '../request/observe-outcome.ts'
import type { AccessRequest } from '../request/request.ts'
import { standingDue, standsInEntra } from '../request/when-to-look.ts'
import type { Result } from '../result.ts'
import type { ActiveInstance, Edges, Looked, Standing, Unread, Wanted } from './ports.ts'

/** What one sweep read of the tenant for one request; absent where it was not worth asking. */
export interface Shown {
  readonly instances?: Result<readonly ActiveInstance[], Unread>
  readonly standing?: Result<Standing, Unread>
  readonly outcomes: readonly ToldOutcome[]
  /** The log was worth reading and could not be read. */
  readonly untold?: Unread
  /** No other request in this sweep is of the same person for the same role. */
  readonly alone: boolean
}

/** Reads for many requests together what each is due, in as few calls as the tenant allows. */
export async function readTogether(
  { tenant }: Pick<Edges, 'tenant' | 'log'>,
  requests: readonly AccessRequest[],
  looked: ReadonlyMap<RequestId, Looked>,
  at: Date,
): Promise<ReadonlyMap<RequestId, Shown>> {
  const standing = requests.filter((request) => standingDue(request, looked.get(request.submission.id)?.answeredAt, at))
  const inEntra = requests.filter(standsInEntra)
  const since = earliest(requests.flatMap((request) => untoldSince(request, at) ?? []))
  const [instances, standings, outcomes] = await Promise.all([
    inEntra.length === 0 ? [] : tenant.activeOf(inEntra.map(wantedBy)),
    standing.length === 0 ? [] : tenant.standingOf(standing.map(wantedBy)),
    since === undefined ? undefined : tenant.outcomes(since),
  ])
  return new Map(
    requests.map((request) => {
      const seen = instances[inEntra.indexOf(request)]
      const stands = standings[standing.indexOf(request)]
      const shown: Shown = {
        ...(seen === undefined ? {} : { instances: seen }),
        ...(stands === undefined ? {} : { standing: stands }),
        outcomes: outcomes?.ok === true ? outcomes.value : [],
        ...(outcomes?.ok === false && untoldSince(request, at) !== undefined ? { untold: outcomes.refusal } : {}),
        alone: requests.every((other) => other === request || !alike(other, request)),
      }
      return [request.submission.id, shown]
    }),
  )
}

const wantedBy = ({ submission }: AccessRequest): Wanted => ({
  person: submission.beneficiary,
  target: submission.target,
})

const alike = ({ submission: one }: AccessRequest, { submission: other }: AccessRequest): boolean =>
  one.beneficiary === other.beneficiary && one.target.roleDefinitionId === other.target.roleDefinitionId

const earliest = (instants: readonly Date[]): Date | undefined =>
  instants.length === 0 ? undefined : new Date(Math.min(...instants.map((each) => each.getTime())))
