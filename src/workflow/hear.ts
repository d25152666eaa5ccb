import { randomUUID } from 'node:crypto'
import type { Ask } from '../ask/ask.ts'
import { understand } from '../ask/understand.ts'
import { type Entitlement, type EntitlementId, principalName } from '../entitlement/entitlement.ts'
import type { PersonId } from '../people.ts'
import { assess, type Assessment, type Situation } from '../request/assess.ts'
import type { Refusal } from '../request/refusal.ts'
import { milliseconds } from '../time.ts'
import { meet } from './arrive.ts'
import { pending } from './pending.ts'
import { askForToken } from './sign-in.ts'
import { why } from './why.ts'
import { gather } from './gather.ts'
import type { Heard, Proof } from './incoming.ts'
import { type Draft, type Edges, targetOf } from './ports.ts'
import { newDraftId } from './record-id.ts'
import { confirmView } from './show.ts'
import type { SayView, View } from './views.ts'

type Say = SayView['what']

/** A message becomes a form to confirm, or an answer in words. Words fill in the form and decide nothing. */
/** @param proof the speaker's own token, where they have just given it for this message. */
export async function hear(edges: Edges, message: Heard, proof?: Proof): Promise<void> {
  if (message.chat !== 'personal') return reply(edges, message, say({ kind: 'personal-chat-only' }))
  await meet(edges, message.speaker)
  try {
    await answer(edges, message, proof)
  } catch (error) {
    const reference = randomUUID().slice(0, 8)
    edges.log.error({ reference, activity: message.activity, error: String(error) }, 'a message could not be answered')
    await reply(edges, message, say({ kind: 'tenant-silent', reference }))
  }
}

async function answer(edges: Edges, message: Heard, proof: Proof | undefined): Promise<void> {
  const { id } = message.speaker
  const { zone } = await edges.chats.viewer(id)
  const ask = understand(message.text, { now: edges.now(), zone, catalogue: edges.catalogue })
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

async function onRequest(edges: Edges, message: Heard, ask: Ask): Promise<void> {
  const named = ask.entitlements.flatMap(({ id }) => edges.catalogue.entitlements.get(id) ?? [])
  const wanted = await visibleTo(edges, message.speaker.id, named)
  const [only, ...others] = wanted
  if (only === undefined) {
    const near = ask.nearest.flatMap((id) => edges.catalogue.entitlements.get(id) ?? [])
    const nearest = (await visibleTo(edges, message.speaker.id, near)).map(({ name }) => name)
    return reply(edges, message, say({ kind: 'nothing-fits', nearest }))
  }
  if (others.length > 0) {
    const candidates = wanted.map(({ name, grants }) => ({ name, grants }))
    return reply(edges, message, say({ kind: 'which', candidates }))
  }
  const situation = await gather(edges, message.speaker.id, only)
  if (situation === undefined) return reply(edges, message, say({ kind: 'not-eligible', entitlement: only.name }))
  const assessed = assess(situation)
  if (!assessed.ok) return reply(edges, message, say(await whyNot(edges, only, situation, assessed.refusal)))
  return offer(edges, message, ask, assessed.value)
}

/**
 * What of these a person may know of: what they are eligible for, own or stand in for. Everything else is answered as
 * if it were not in the catalogue. Of kinds that cannot be granted yet nobody's eligibility is read, so those show.
 */
async function visibleTo(
  edges: Edges,
  person: PersonId,
  entries: readonly Entitlement[],
): Promise<readonly Entitlement[]> {
  const self = await edges.tenant.person(person)
  const answers = await Promise.all(
    entries.map(async (entry) => {
      const target = targetOf(entry)
      if (target === undefined) return true
      const theirs = [...entry.owners, ...entry.backup].some(
        (handle) => principalName(edges.catalogue, handle) === self?.userPrincipalName,
      )
      return theirs || (await edges.tenant.eligibility(person, target)) !== undefined
    }),
  )
  return entries.filter((_, index) => answers[index])
}

/** One confirm card, filled in with what the words held; a redelivered message gets no second one. */
async function offer(edges: Edges, message: Heard, ask: Ask, assessment: Assessment): Promise<void> {
  const { terms, entitlement } = assessment
  const asked = ask.duration ?? terms.usual
  const duration = milliseconds(Math.max(terms.shortest, Math.min(asked, terms.longest)))
  const draft: Omit<Draft, 'closed'> = {
    id: newDraftId(),
    revision: 1,
    speaker: message.speaker.id,
    entitlement: entitlement.id,
    duration,
    cutFrom: asked > terms.longest ? asked : null,
    justification: ask.justification ?? '',
    ticket: ask.ticket ?? '',
    madeAt: edges.now(),
  }
  const made = await edges.drafts.make(draft, occasionOf(message))
  // Delivered again: the card is shown unless it was, so that a process that died in between loses nothing.
  if (!made.made && (await edges.chats.sent(made.draft.id)).length > 0) return
  const view = await confirmView(edges, made.draft, assessment)
  const { id: person, conversation, serviceUrl } = message.speaker
  const activity = await post(edges, message, view)
  if (activity === undefined) return
  const record = made.draft.id
  await edges.chats.recordSent({
    record,
    role: 'status',
    revision: 0,
    person,
    conversation,
    serviceUrl,
    activity,
    live: true,
  })
}

async function whyNot(edges: Edges, entitlement: Entitlement, situation: Situation, refusal: Refusal): Promise<Say> {
  const { name } = entitlement
  switch (refusal.kind) {
    case 'already-open':
      return { kind: 'already-open', entitlement: name }
    case 'active-already':
      return { kind: 'active-already', until: refusal.until }
    case 'not-requestable': {
      if (refusal.why.kind === 'not-built-yet') return { kind: 'not-yet', entitlement: name }
      const people = [...situation.stages.flatMap((stage) => stage.people), ...situation.backup]
      const names = new Map(people.map((person) => [person.id as string, person.name]))
      return {
        kind: 'not-requestable',
        entitlement: name,
        why: refusal.why,
        names,
        mend: await mend(edges, entitlement),
      }
    }
    default:
      return { kind: 'not-eligible', entitlement: name }
  }
}

/** Who can put it right that nobody may decide: the entry's owners, who answer for its stages. */
async function mend(edges: Edges, { owners }: Entitlement): Promise<readonly string[]> {
  const found = await Promise.all(
    owners.map((owner) => edges.tenant.personNamed(`${owner}@${edges.catalogue.tenant.domain}`)),
  )
  return found.flatMap((person) => (person === undefined ? [] : [person.name]))
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

/** Teams counts activities within a conversation: the same id elsewhere is another message. */
const occasionOf = ({ speaker, activity }: Heard): string => `${speaker.conversation}|${activity}`

const say = (what: Say): SayView => ({ view: 'say', what })

/** Said once, however often Teams delivers the message. */
async function reply(edges: Edges, message: Heard, view: View): Promise<void> {
  if (await edges.chats.firstTime(occasionOf(message), edges.now())) await post(edges, message, view)
}

/** Answers where the message came from. @returns undefined when the person cannot be reached there any more. */
async function post(edges: Edges, { speaker }: Heard, view: View): Promise<string | undefined> {
  const to = {
    person: speaker.id,
    teamsId: speaker.teamsId,
    serviceUrl: speaker.serviceUrl,
    conversation: speaker.conversation,
  }
  const posted = await edges.conversation.post(to, view, await edges.chats.viewer(speaker.id))
  return posted.came === 'posted' ? posted.activity : undefined
}
