import { type Entitlement, principalName } from '../../entitlement/entitlement.ts'
import type { Terms } from '../../entitlement/terms.ts'
import { meetTerms } from '../../entitlement/terms.ts'
import { type Person, PersonId } from '../../people.ts'
import { everybodyIn, judge, type Situation } from '../../request/assess.ts'
import { RequestId } from '../../request/events.ts'
import { fold } from '../../request/evolve.ts'
import { type AccessRequest, partiesOf, isOpen } from '../../request/request.ts'
import { type StageNow, whoDecides } from '../../request/who-decides.ts'
import { type Duration, milliseconds } from '../../time.ts'
import type { ExplainedStage, Explanation } from '../ports/explanation.ts'
import { gather } from '../record/gather.ts'
import type { Edges } from '../ports/ports.ts'
import { engineFor } from '../record/kinds.ts'

/** What explaining reads; it writes nothing. */
export type Explaining = Pick<Edges, 'tenant' | 'catalogue' | 'requests' | 'journal' | 'now'> & {
  readonly chats: Pick<Edges['chats'], 'reference'>
}

/**
 * Why a person may or may not have something: as it was judged when they last asked for it, with what came of that, or
 * as it is judged now if they never did.
 * @param about an entry of the catalogue, or a request of theirs.
 * @returns undefined for somebody the directory does not know, and for a request that is not theirs.
 */
export async function why(
  edges: Explaining,
  person: PersonId,
  about: Entitlement | RequestId,
  asked?: Duration,
): Promise<Explanation | undefined> {
  if (typeof about === 'string') return whyRequest(edges, person, about)
  const [last] = (await edges.requests.ofPerson(person)).filter(({ entitlement }) => entitlement === about.id)
  return last === undefined ? explain(edges, person, about, asked) : whyRequest(edges, person, last.id)
}

/**
 * Judges anew whether a person may ask for something, under which terms, and who could decide it. Throws when the
 * tenant does not answer.
 * @param asked how long they want it, to say what of that would be cut.
 */
export async function explain(
  edges: Explaining,
  person: PersonId,
  entitlement: Entitlement,
  asked?: Duration,
): Promise<Explanation | undefined> {
  const situation = await gather(edges, person, entitlement)
  if (situation === undefined) return undefined
  const { result, trace } = judge(situation)
  const terms = engineFor(edges, entitlement) !== undefined ? meetTerms(entitlement, situation.rules) : undefined
  return {
    entitlement: { id: entitlement.id, name: entitlement.name },
    requester: situation.requester.name,
    at: situation.at,
    trace,
    ...(asked === undefined || terms === undefined ? {} : { asked: { duration: asked, given: within(terms, asked) } }),
    ...(terms === undefined ? {} : { terms }),
    ...(result.ok ? {} : { refusal: result.refusal }),
    ...(await decidersNow(edges, situation)),
    mend: await ownersOf(edges, entitlement),
    names: namesIn(situation),
  }
}

async function whyRequest(edges: Explaining, person: PersonId, id: RequestId): Promise<Explanation | undefined> {
  const { events } = await edges.journal.load(id)
  const [submitted] = events
  const request = fold(events)
  if (request === undefined || (submitted?.type !== 'RequestSubmitted' && submitted?.type !== 'FiledOutside'))
    return undefined
  const { requester, beneficiary, submittedAt, terms, entitlement, name } = request.submission
  if (person !== requester && person !== beneficiary) return undefined
  const entry = edges.catalogue.entitlements.get(entitlement)
  const open = isOpen(request) && request.phase.status !== 'active'
  const situation = open && entry !== undefined ? await gather(edges, requester, entry, id) : undefined
  const wanted = request.shortened?.asked ?? request.submission.duration
  const decidedBy = await peopleOf(edges, [requester, ...request.decisions.flatMap(({ by }) => by ?? [])])
  return {
    entitlement: { id: entitlement, name },
    requester: decidedBy.get(requester) ?? '',
    at: submittedAt,
    request: { id, status: request.phase.status, open: isOpen(request), decisions: request.decisions },
    trace: submitted.trace,
    asked: { duration: wanted, given: wanted },
    terms,
    ...(situation === undefined ? { stages: [], drift: [] } : await decidersNow(edges, situation, request)),
    mend: entry === undefined ? [] : await ownersOf(edges, entry),
    names: new Map([...(situation === undefined ? [] : namesIn(situation)), ...decidedBy]),
  }
}

/** What is left of the time asked for: what the form would be filled in with. */
const within = (terms: Terms, asked: Duration): Duration =>
  milliseconds(Math.max(terms.shortest, Math.min(asked, terms.longest)))

async function decidersNow(
  edges: Explaining,
  situation: Situation,
  request?: AccessRequest,
): Promise<Pick<Explanation, 'stages' | 'drift'>> {
  const now = whoDecides(situation)
  if (!now.ok) return { stages: [], drift: [] }
  const underWay = request === undefined ? now : whoDecides(situation, partiesOf(request, openIndex(request)))
  const stages = underWay.ok ? underWay.value.stages : now.value.stages
  return {
    stages: await Promise.all(stages.map((stage) => explained(edges, stage, situation))),
    drift: now.value.drift,
  }
}

const openIndex = ({ phase }: AccessRequest): number => ('waiting' in phase ? phase.waiting.stage : -1)

async function explained(edges: Explaining, { stage, standings }: StageNow, { entra }: Situation) {
  const people = await Promise.all(
    standings.map(async (each) => ({
      ...each,
      reachable: (await edges.chats.reference(each.person)) !== undefined,
    })),
  )
  const inChat = entra.asks === 'nobody' ? 'advisory' : 'chat'
  const { rule, need } = stage
  return {
    by: stage.by === 'native' ? 'entra' : inChat,
    from: rule.from,
    need,
    people,
  } satisfies ExplainedStage
}

const namesIn = (situation: Situation): ReadonlyMap<string, string> =>
  new Map([...everybodyIn(situation).values(), situation.requester].map((person) => [person.id, person.name]))

async function ownersOf(edges: Explaining, { owners }: Entitlement): Promise<readonly string[]> {
  const found = await Promise.all(
    owners.map((owner) => edges.tenant.personNamed(principalName(edges.catalogue, owner))),
  )
  return found.flatMap((person) => (person === undefined ? [] : [person.name]))
}

async function peopleOf(edges: Explaining, ids: readonly PersonId[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all([...new Set(ids)].map((id) => edges.tenant.person(id)))
  const known: readonly Person[] = found.filter((person) => person !== undefined)
  return new Map(known.map((person) => [person.id, person.name]))
}
