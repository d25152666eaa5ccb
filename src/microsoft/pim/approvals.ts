import { z } from 'zod'
import { PersonId } from '../../people.ts'
import type { NativeDecision, OnBehalfOf } from '../../workflow/ports/engine.ts'
import type { PersonCall } from '../../request/person-call.ts'
import type { PersonRequest } from '../on-behalf-of/allowed-calls.ts'
import type { Send } from '../on-behalf-of/broker.ts'
import { read, refusedHere } from '../on-behalf-of/outcome.ts'
import { Instant } from '../wire/values.ts'
import { Empty } from './requests.ts'
import { sameWord } from './words.ts'

/**
 * One step of an approval, which some of the services call a stage. Documentation and service disagree on the words of a
 * result: `Approve` or `Approved`. The reviewer is all zeros until there is one.
 */
export const Step = z.object({
  id: z.string(),
  assignedToMe: z.boolean().nullish(),
  status: z.string().nullish(),
  reviewResult: z.string().nullish(),
  reviewedBy: z.object({ id: z.string().nullish() }).nullish(),
  reviewedDateTime: Instant.nullish(),
})
type Step = z.infer<typeof Step>

/** How one of the services has its approvals read and decided. The id of an approval is that of the request. */
export interface Approving {
  readonly steps: (approval: string) => PersonRequest
  readonly stepsIn: z.ZodType<readonly Step[]>
  readonly cast: (approval: string, step: string, decision: Decision) => PersonRequest
}
interface Decision {
  readonly reviewResult: 'Approve' | 'Deny'
  readonly justification: string
}

/** Where an answer says that the service has no such approval, that is a refusal like any other: the portal remains. */
export function approvalsOf(send: Send, approving: Approving): Pick<OnBehalfOf, 'approval' | 'decide'> {
  const steps = async (nativeRequest: string): Promise<PersonCall<readonly Step[]>> =>
    read(approving.stepsIn, await send(approving.steps(nativeRequest)))
  return {
    async approval(nativeRequest) {
      const found = await steps(nativeRequest)
      return found.came === 'done' ? { came: 'done', value: decisionIn(found.value) } : found
    },

    async decide(nativeRequest, verdict, justification) {
      const found = await steps(nativeRequest)
      // Nothing has been cast yet, so nothing is in doubt.
      if (found.came === 'unknown') return refusedHere('latchkey-could-not-read', `the approval: ${found.detail}`)
      if (found.came !== 'done') return found
      const mine = found.value.find(
        ({ assignedToMe, status }) => assignedToMe === true && sameWord(status, 'InProgress'),
      )
      if (mine === undefined) {
        return decisionIn(found.value).verdict === 'none'
          ? refusedHere('latchkey-not-assigned', 'Entra shows no step of this approval that waits for you', 403)
          : refusedHere('latchkey-already-decided', 'Entra shows this approval as decided', 409)
      }
      const reviewResult = verdict === 'approve' ? 'Approve' : 'Deny'
      return read(Empty, await send(approving.cast(nativeRequest, mine.id, { reviewResult, justification })))
    },
  }
}

function decisionIn(steps: readonly Step[]): NativeDecision {
  const cast = steps.find(({ reviewResult }) => /^(approve|deny|denied)/i.test(reviewResult ?? ''))
  if (cast === undefined) return { verdict: 'none', by: null }
  const by = PersonId.safeParse(cast.reviewedBy?.id)
  return {
    verdict: /^approve/i.test(cast.reviewResult ?? '') ? 'approve' : 'deny',
    by: by.success && !/^[0-]+$/.test(by.data) ? by.data : null,
    ...(cast.reviewedDateTime ? { at: cast.reviewedDateTime } : {}),
  }
}
