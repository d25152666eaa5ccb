import type { Stands } from '../../request/stands.ts'

// PIM's services, their contracts and their documentation do not agree on the case of a word: none is compared by it.

export const sameWord = (one: string | null | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase()

/** PIM's words for the status of a request; one that nobody here knows waits, since nothing else is known of it. */
const standsAs: ReadonlyMap<string, Stands> = new Map([
  ['granted', 'granting'],
  ['provisioned', 'granting'],
  ['schedulecreated', 'scheduled'],
  ['pendingprovisioning', 'granting'],
  ['pendingschedulecreation', 'granting'],
  ['denied', 'denied'],
  ['admindenied', 'denied'],
  ['canceled', 'cancelled'],
  ['failed', 'failed'],
  ['revoked', 'failed'],
  ['timedout', 'failed'],
  // Resource Manager has more of them.
  ['adminapproved', 'granting'],
  ['pendingapprovalprovisioning', 'granting'],
  ['pendingexternalprovisioning', 'granting'],
  ['provisioningstarted', 'granting'],
  ['pendingrevocation', 'failed'],
  ['failedasresourceislocked', 'failed'],
  ['invalid', 'failed'],
])
export const standsIn = (status: string): Stands => standsAs.get(status.toLowerCase()) ?? 'waiting'

/** Whether a principal has something for a while or for good; null where the list is of eligibilities. */
export function heldIn(assignmentType: string | null | undefined): 'assigned' | 'activated' | null {
  if (assignmentType == null) return null
  return sameWord(assignmentType, 'activated') ? 'activated' : 'assigned'
}
