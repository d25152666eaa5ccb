import { z } from 'zod'
import type { Target } from '../../entitlement/kinds/kinds.ts'
import { ok, refuse, type Result } from '../../result.ts'
import type { Standing, Unread } from '../../request/since-last-look.ts'
import type { Engine } from '../../workflow/ports/engine.ts'
import type { GraphError } from '../wire/graph-error.ts'
import type { Reader } from '../wire/graph-reader.ts'
import { guarded, ofOne, readAs, unreadBecause } from './assignments.ts'
import { coveringQueries } from './covering-queries.ts'
import type { Listed, Lists, WantedOwn } from './lists.ts'

const doing = 'reading who may still ask'

/** GET users/{id}?$select=id,accountEnabled */
const Account = z.object({ accountEnabled: z.boolean() })

type Read<Value> = Result<Value, Unread>

/**
 * Whether people may still ask for what they asked for: accounts, and eligibilities of their own, in as few calls as
 * possible. Whoever has none of their own is looked up once more, through their groups.
 */
export function standing<Own extends Target>(
  reader: Reader,
  lists: Lists<Own>,
  tenant: Pick<Engine, 'eligibility'>,
): Pick<Engine, 'standingOf'> {
  return {
    async standingOf(all) {
      const wanted = all.map(({ person, target }) => ({ person, target: lists.own(target) }))
      const people = [...new Set(wanted.map(({ person }) => person))]
      const queries = coveringQueries(lists, wanted)
      const asked = [
        ...people.map(accountOf),
        ...queries.map(({ filter }) => ({ path: lists.eligible, query: { $filter: filter } })),
      ]
      const came = (await reader.several(doing, asked)).map((each) => each.came)
      const accounts = new Map(people.map((person, index) => [person, accountIn(came[index])]))
      const eligible = new Map<number, Read<readonly Listed<Own>[]>>()
      for (const [index, { answers }] of queries.entries()) {
        const list = await eligibleIn(came[people.length + index])
        for (const position of answers) eligible.set(position, list)
      }
      return Promise.all(wanted.map((one, index) => standingIn(one, accounts.get(one.person), eligible.get(index))))
    },
  }

  async function standingIn(
    one: WantedOwn<Own>,
    account: Read<Standing> | undefined,
    eligible: Read<readonly Listed<Own>[]> | undefined,
  ): Promise<Read<Standing>> {
    if (account === undefined || eligible === undefined) return refuse({ why: 'not asked', retryAfter: null })
    if (!account.ok || account.value !== 'may') return account
    if (!eligible.ok) return eligible
    if (eligible.value.some(ofOne(one))) return ok('may')
    return guarded(async () =>
      (await tenant.eligibility(one.person, one.target)) === undefined ? 'not-eligible' : 'may',
    )
  }

  async function eligibleIn(came: Result<unknown, GraphError> | undefined): Promise<Read<readonly Listed<Own>[]>> {
    if (came === undefined) return missing
    if (!came.ok) return refuse(unreadBecause(came.refusal))
    return guarded(() => reader.rest(doing, came.value, lists.item))
  }
}

const missing: Read<never> = refuse({ why: 'no answer', retryAfter: null })

export const accountOf = (person: string) => ({
  path: `/v1.0/users/${person}`,
  query: { $select: 'id,accountEnabled' },
})

/** Whether the account is there and may sign in, as a read of {@link accountOf} tells. */
export function accountIn(came: Result<unknown, GraphError> | undefined): Read<Standing> {
  if (came === undefined) return missing
  const read = readAs(doing, Account, came)
  if (read.ok) return ok(read.value.accountEnabled ? 'may' : 'disabled')
  const { status, code } = read.refusal
  return status === 404 && code === 'Request_ResourceNotFound' ? ok('deleted') : refuse(unreadBecause(read.refusal))
}
