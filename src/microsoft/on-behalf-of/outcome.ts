import { z } from 'zod'
import type { PersonCall } from '../../request/person-call.ts'
import { errorIn, jsonIn } from '../wire/answer.ts'
import { challengeIn, mfaClaims } from '../sign-in/challenge.ts'

/** A refusal that the client itself gives, before anything that changes something has left. */
export const refusedHere = (code: `latchkey-${string}`, message: string, status = 0): PersonCall<never> => ({
  came: 'refused',
  status,
  code,
  message,
  failedRules: [],
})

/** What an answer to a person's call means. A status that does not settle whether anything happened is `unknown`. */
export async function outcomeOf(response: Response): Promise<PersonCall<unknown>> {
  const body = jsonIn(await response.text())
  if (response.ok) {
    return body === undefined
      ? { came: 'unknown', detail: 'an answer that is not JSON' }
      : { came: 'done', value: body }
  }
  const { status } = response
  const error = errorIn(body)
  if (status >= 400 && status < 500 && status !== 408) {
    const challenge = challengeIn(response, error)
    if (challenge !== undefined) {
      const { code, message } = error ?? { code: 'insufficient_claims', message: '' }
      return { came: 'sign-in-needed', code, message, claims: challenge.claims }
    }
    if (error !== undefined) {
      const failedRules = failedRulesIn(error.message)
      // The rule brings no claims of its own. Beside another broken rule a sign-in would not help yet.
      if (failedRules.length === 1 && failedRules[0] === 'MfaRule')
        return { came: 'sign-in-needed', ...error, claims: mfaClaims }
      return { came: 'refused', status, ...error, failedRules }
    }
  }
  return { came: 'unknown', detail: `${status} ${error?.code ?? 'without words of Graph'}` }
}

/** `The following policy rules failed: ["JustificationRule","TicketingRule"]`. */
function failedRulesIn(message: string): readonly string[] {
  const list = /policy rules failed: (\[.*?\])/s.exec(message)?.[1]
  const parsed = z.array(z.string()).safeParse(list === undefined ? [] : jsonIn(list))
  return parsed.success ? parsed.data : []
}

/** Reads what a call gave; an answer of another shape came after the call was sent, so nobody knows. */
export function read<Value>(schema: z.ZodType<Value>, outcome: PersonCall<unknown>): PersonCall<Value> {
  if (outcome.came !== 'done') return outcome
  const parsed = schema.safeParse(outcome.value)
  return parsed.success
    ? { came: 'done', value: parsed.data }
    : { came: 'unknown', detail: `an answer of another shape: ${z.prettifyError(parsed.error)}` }
}
