import { createLocalJWKSet, errors } from 'jose'
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { addTime, type Clock, type Duration, hours, milliseconds, minutes } from '../time.ts'
import { openAllowances } from './allowance.ts'

/** After that they are read again, while those at hand go on being used. */
const freshFor = minutes(10)
/** So long they are used while nobody can read them again: a key is in use for weeks, an outage lasts hours. */
const knownFor = hours(24)
/** Anybody can name a key that does not exist, and must not be able to make us ask for each. */
const lookUps = { atOnce: 3, oneMoreEvery: milliseconds(10_000) }

export interface PublishedKeys {
  readonly find: JWTVerifyGetKey
  /** Whether a token could be checked now. */
  areKnown(): Promise<boolean>
}

/**
 * Keys that somebody publishes, as jose wants them. They stay known while their address does not answer; one that is
 * not among them may have been published a moment ago, so that they are read again at once, within bounds.
 * @param read throws where the keys cannot be read; so does the key that is asked for, if none are known.
 */
export function publishedKeys(read: () => Promise<JSONWebKeySet>, realClock: Clock): PublishedKeys {
  const allowance = openAllowances(lookUps, realClock)
  let known: { readonly keys: JWTVerifyGetKey; readonly since: Date } | undefined
  let reading: Promise<void> | undefined

  const readAgain = (): Promise<void> => {
    reading ??= read()
      .then((set) => void (known = { keys: createLocalJWKSet(set), since: realClock() }))
      .finally(() => (reading = undefined))
    return reading
  }
  const knownNow = async (): Promise<JWTVerifyGetKey> => {
    const now = realClock()
    if (known === undefined || now >= addTime(known.since, knownFor)) {
      if (reading === undefined && !allowance.take('')) throw new Error('the keys could not be read a moment ago')
      await readAgain()
    } else if (now >= addTime(known.since, freshFor) && reading === undefined && allowance.take('')) {
      // Nobody waits for it, and whoever fails to answer does so again when the next key is asked for.
      readAgain().catch(() => {})
    }
    if (known === undefined) throw new Error('no keys were read')
    return known.keys
  }

  const find: JWTVerifyGetKey = async (header, token) => {
    const keys = await knownNow()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || (reading === undefined && !allowance.take(''))) throw error
      await readAgain()
      return (known?.keys ?? keys)(header, token)
    }
  }
  const areKnown = () =>
    knownNow().then(
      () => true,
      () => false,
    )
  return { find, areKnown }
}

const KeySet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** @throws where the address does not answer with keys in time; a redirect is not followed. */
export async function readKeys(address: URL, patience: Duration): Promise<JSONWebKeySet> {
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(patience) })
  if (!response.ok) throw new Error(`${address.href} answers ${response.status}`)
  return KeySet.parse(await response.json())
}
