import { randomUUID } from 'node:crypto'
import type { Ask } from '../ask/ask.ts'
import type { EntitlementId } from '../entitlement/entitlement.ts'
import { assess } from '../request/assess.ts'
import { meet } from './arrive.ts'
import { pending } from './pending.ts'
import { askForToken } from './sign-in.ts'
import { why } from './why.ts'
import { gather } from './gather.ts'
import type { Heard, Proof } from './incoming.ts'
import type { Edges } from './ports.ts'
import { onFollowUp } from './hear-follow-up.ts'
import { onRequest, whichOfThese } from './hear-request.ts'
import { readMessage } from './read-message.ts'
import { readOnce } from './read-once.ts'
import { reply, say } from './reply.ts'
import type { SayView } from './views.ts'
import { visibleTo } from './visible.ts'

type Say = SayView['what']

/**
 * A message becomes a form to confirm, or an answer in words. Words fill in the form and decide nothing.
 * @param proof the speaker's own token, where they have just given it for this message.
 */
export async function hear(edges: Edges, message: Heard, proof?: Proof): Promise<void> {
  if (message.chat !== 'personal') return reply(edges, message, say({ kind: 'personal-chat-only' }))
  const viewer = await meet(edges, message.speaker)
  try {
    const once = readOnce(edges, message.speaker.id, viewer)
    if (proof === undefined && (await onFollowUp(once, message))) return
    await answer(once, message, proof)
  } catch (error) {
    const reference = randomUUID().slice(0, 8)
    edges.log.error({ reference, activity: message.activity, error: String(error) }, 'a message could not be answered')
    await reply(edges, message, say({ kind: 'tenant-silent', reference }))
  }
}

async function answer(edges: Edges, message: Heard, proof: Proof | undefined): Promise<void> {
  const agreed = await readMessage(edges, message)
  if (agreed.as === 'unsure') return whichOfThese(edges, message, agreed.candidates)
  const { ask } = agreed
  if (ask.never) return reply(edges, message, say({ kind: 'never' }))
  switch (ask.intent) {
    case 'request':
      return onRequest(edges, message, ask)
    case 'mine':
    case 'status':
    case 'expiring':
    // Taking back and ending happen on the request's own card, where it is plain what they concern.
    case 'cancel':
    case 'end':
      return reply(edges, message, say(await myRequests(edges, message)))
    case 'help':
    case 'catalogue':
      return reply(edges, message, say({ kind: 'help', examples: await examples(edges, message) }))
    case 'pending':
      return onPending(edges, message, proof)
    case 'why':
    case 'approvers':
      return onWhy(edges, message, ask)
    case 'smalltalk':
      return reply(edges, message, say({ kind: 'smalltalk' }))
    default:
      return reply(edges, message, say({ kind: 'not-understood', examples: await examples(edges, message) }))
  }
}

/** What waits for the speaker: ours is known here; what stands in Entra only their own token shows. */
async function onPending(edges: Edges, message: Heard, proof: Proof | undefined): Promise<void> {
  if (proof === undefined) return askForToken(edges, message)
  return reply(edges, message, await pending(edges, message.speaker.id, proof))
}

/** Why they may or may not have it, and who decides; of the last request where nothing is named. */
async function onWhy(edges: Edges, message: Heard, ask: Ask): Promise<void> {
  const { id } = message.speaker
  const named = ask.entitlements.flatMap((match) => edges.catalogue.entitlements.get(match.id) ?? [])
  const [about] = await visibleTo(edges, id, named)
  const subject = about ?? (await edges.requests.ofPerson(id))[0]?.id
  const explained = subject === undefined ? undefined : await why(edges, id, subject)
  if (explained === undefined) {
    return reply(edges, message, say({ kind: 'not-understood', examples: await examples(edges, message) }))
  }
  return reply(edges, message, say({ kind: 'why', why: explained }))
}

async function myRequests(edges: Edges, message: Heard): Promise<Say> {
  const summaries = await edges.requests.ofPerson(message.speaker.id)
  const requests = summaries.map(({ entitlement, status, submittedAt }) => ({
    entitlement: edges.catalogue.entitlements.get(entitlement as EntitlementId)?.name ?? entitlement,
    status,
    submittedAt,
  }))
  return { kind: 'my-requests', requests: requests.slice(0, 10) }
}

/** Things this person could really ask for, at most three: what they cannot ask for is not shown to them. */
async function examples(edges: Edges, message: Heard): Promise<readonly string[]> {
  const names: string[] = []
  for (const entitlement of edges.catalogue.entitlements.values()) {
    if (names.length === 3) break
    if (entitlement.kind !== 'directoryRole') continue
    const situation = await gather(edges, message.speaker.id, entitlement)
    if (situation !== undefined && assess(situation).ok) names.push(entitlement.name)
  }
  return names
}
