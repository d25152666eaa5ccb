import type { PersonId } from '../people.ts'
import { addTime, type Clock, hours, minutes } from '../time.ts'
import type { Unread } from '../workflow/ports/reading.ts'

/** Calls within the last hour, in all and for one person. */
export interface Limits {
  readonly hourly: number
  readonly hourlyEach: number
}

/** Failures in a row after which the model is left alone for a while. */
const failuresInARow = 3
const rest = minutes(1)

/** Says whether the model may be asked now, and learns from how it went. One process counts for itself. */
export interface Budget {
  /** Takes one call out of the budget; why not, where it may not be made. */
  take(person: PersonId): Extract<Unread, 'budget' | 'resting'> | undefined
  went(well: boolean, restUntil?: Date): void
}

/** @param realNow what a call costs is real time and money, whatever the product clock says */
export function openBudget({ hourly, hourlyEach }: Limits, realNow: Clock): Budget {
  let made: { readonly person: PersonId; readonly at: Date }[] = []
  let failures = 0
  let restsUntil = new Date(0)
  return {
    take(person) {
      const now = realNow()
      if (now < restsUntil) return 'resting'
      made = made.filter(({ at }) => addTime(at, hours(1)) > now)
      if (made.length >= hourly || made.filter((call) => call.person === person).length >= hourlyEach) return 'budget'
      made.push({ person, at: now })
      return undefined
    },
    went(well, restUntil) {
      failures = well ? 0 : failures + 1
      if (restUntil !== undefined && restUntil > restsUntil) restsUntil = restUntil
      if (failures < failuresInARow) return
      failures = 0
      restsUntil = addTime(realNow(), rest)
    },
  }
}
