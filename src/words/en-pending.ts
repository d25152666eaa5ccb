import type { SayView } from '../workflow/views.ts'
import { moment, named, type Reader } from './reader.ts'

type Pending = Extract<SayView['what'], { kind: 'pending' }>

/** What waits for the reader's decision: what came through us has a card, what was filed in the portal has not. */
export function pendingSaid(reader: Reader, { asked, outside, portal, complete }: Pending): string {
  const ours = asked.map(
    (each) =>
      `- ${named(reader, each.requester)}: ${named(reader, each.entitlement, 100)}, since ${moment(reader, each.since)}`,
  )
  const theirs = outside.map(
    (each) =>
      `- ${named(reader, each.requester)}: ${named(reader, each.role, 100)}, since ${moment(reader, each.since)}`,
  )
  const parts = [
    ...(ours.length === 0 ? [] : ['These wait for you; each has its card above:', ours.join('\n')]),
    ...(theirs.length === 0
      ? []
      : [
          `These were filed in the portal, past the approvals that this organisation asks for in chat. Nobody has looked at them before you. Decide them [in the portal](${portal}), and deny what you cannot explain:`,
          theirs.join('\n'),
        ]),
    ...(complete ? [] : ['Entra could not be asked with your sign-in, so there may be more in the portal.']),
  ]
  if (parts.length === 0) return 'Nothing waits for your decision.'
  return parts.join('\n\n')
}
