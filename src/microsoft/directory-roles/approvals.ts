import { z } from 'zod'
import { PersonId } from '../../people.ts'
import type { NativeDecision, OnBehalfOf } from '../../workflow/ports/engine.ts'
import type { PersonCall } from '../../request/person-call.ts'
import { paths } from './allowed-calls.ts'
import type { Send } from '../on-behalf-of/broker.ts'
import { read, refusedHere } from '../on-behalf-of/outcome.ts'
import { Empty } from './requests.ts'

/**
 * One step of a beta approval. Documentation and service disagree on the words of a result: `Approve` or `Approved`.
 * The reviewer is all zeros until there is one.
 */
const Step = z.object({
  id: z.string(),
  assignedToMe: z.boolean().nullish(),
  status: z.string().nullish(),
  reviewResult: z.string().nullish(),
  reviewedBy: z.object({ id: z.string().nullish() }).nullish(),
  reviewedDateTime: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullish(),
})
type Step = z.infer<typeof Step>

/** GET roleAssignmentApprovals/{id}, Graph beta; the id is that of the request. */
const Approval = z.object({ steps: z.array(Step) })

/**
 * Approvals of directory roles exist in Graph beta alone and are marked as going away: an answer of 404 or 410 is a
 * refusal like any other, and the portal remains.
 */
export function roleApprovals(send: Send): Pick<OnBehalfOf, 'approval' | 'decide'> {
  const steps = async (nativeRequest: string): Promise<PersonCall<readonly Step[]>> => {
    const found = read(Approval, await send({ service: 'graph', method: 'GET', path: paths.approval(nativeRequest) }))
    return found.came === 'done' ? { came: 'done', value: found.value.steps } : found
  }
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
      const mine = found.value.find(({ assignedToMe, status }) => assignedToMe === true && status === 'InProgress')
      if (mine === undefined) {
        return decisionIn(found.value).verdict === 'none'
          ? refusedHere('latchkey-not-assigned', 'Entra shows no step of this approval that waits for you', 403)
          : refusedHere('latchkey-already-decided', 'Entra shows this approval as decided', 409)
      }
      const body = { reviewResult: verdict === 'approve' ? 'Approve' : 'Deny', justification }
      return read(
        Empty,
        await send({ service: 'graph', method: 'PATCH', path: paths.step(nativeRequest, mine.id), body }),
      )
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
