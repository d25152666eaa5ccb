import { z } from 'zod'
import { ok, refuse, type Result } from '../../result.ts'
import type { Standing, Unread } from '../../request/since-last-look.ts'
import { readAs, unreadBecause } from './assignments.ts'
import { directory, EligibilityInstance, inScope } from './eligibility.ts'
import { asWantedRole, type WantedRole } from './target.ts'
import { coveringQueries } from './covering-queries.ts'
import { GraphError } from '../wire/graph-error.ts'
import type { Reader } from '../wire/graph-reader.ts'
import type { Engine } from '../../workflow/ports/engine.ts'

const doing = 'reading who may still ask'

/** GET users/{id}?$select=id,accountEnabled */
const Account = z.object({ accountEnabled: z.boolean() })

/** GET roleEligibilityScheduleInstances, in a list that may be of more than one role. */
const Eligible = EligibilityInstance.extend({ roleDefinitionId: z.string().toLowerCase() })
type Eligible = z.infer<typeof Eligible>

type Read<Value> = Result<Value, Unread>

/**
 * Whether people may still ask for what they asked for: accounts, and eligibilities of their own, in as few calls as
 * possible. Whoever has none of their own is looked up once more, through their groups.
 */
export function standing(reader: Reader, tenant: Pick<Engine, 'eligibility'>): Pick<Engine, 'standingOf'> {
  return {
    async standingOf(all) {
      const wanted = all.map(asWantedRole)
      const people = [...new Set(wanted.map(({ person }) => person))]
      const lists = coveringQueries(wanted)
      const asked = [
        ...people.map((person) => ({ path: `/v1.0/users/${person}`, query: { $select: 'id,accountEnabled' } })),
        ...lists.map(({ filter }) => ({
          path: `${directory}/roleEligibilityScheduleInstances`,
          query: { $filter: filter },
        })),
      ]
      const came = (await reader.several(doing, asked)).map((each) => each.came)
      const accounts = new Map(people.map((person, index) => [person, accountIn(came[index])]))
      const eligible = new Map<number, Read<readonly Eligible[]>>()
      for (const [index, { answers }] of lists.entries()) {
        const list = await eligibleIn(reader, came[people.length + index])
        for (const position of answers) eligible.set(position, list)
      }
      return Promise.all(wanted.map((one, index) => standingIn(one, accounts.get(one.person), eligible.get(index))))
    },
  }

  async function standingIn(
    one: WantedRole,
    account: Read<Standing> | undefined,
    eligible: Read<readonly Eligible[]> | undefined,
  ): Promise<Read<Standing>> {
    if (account === undefined || eligible === undefined) return refuse({ why: 'not asked', retryAfter: null })
    if (!account.ok || account.value !== 'may') return account
    if (!eligible.ok) return eligible
    const own = eligible.value.some(
      (each) =>
        each.principalId === one.person && each.roleDefinitionId === one.target.role && inScope(one.target)(each),
    )
    if (own) return ok('may')
    return guarded(async () =>
      (await tenant.eligibility(one.person, one.target)) === undefined ? 'not-eligible' : 'may',
    )
  }
}

const missing: Read<never> = refuse({ why: 'no answer', retryAfter: null })

function accountIn(came: Result<unknown, GraphError> | undefined): Read<Standing> {
  if (came === undefined) return missing
  const read = readAs(doing, Account, came)
  if (read.ok) return ok(read.value.accountEnabled ? 'may' : 'disabled')
  const { status, code } = read.refusal
  return status === 404 && code === 'Request_ResourceNotFound' ? ok('deleted') : refuse(unreadBecause(read.refusal))
}

async function eligibleIn(
  reader: Reader,
  came: Result<unknown, GraphError> | undefined,
): Promise<Read<readonly Eligible[]>> {
  if (came === undefined) return missing
  if (!came.ok) return refuse(unreadBecause(came.refusal))
  return guarded(() => reader.rest(doing, came.value, Eligible))
}

async function guarded<Value>(read: () => Promise<Value>): Promise<Read<Value>> {
  try {
    return ok(await read())
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return refuse(unreadBecause(error))
  }
}
