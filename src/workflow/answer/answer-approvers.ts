import type { Ask } from '../../ask/ask.ts'
import { type Entitlement, principalName } from '../../entitlement/entitlement.ts'
import type { StageRule } from '../../entitlement/entry.ts'
import type { PersonId } from '../../people.ts'
import type { ApproverStage } from '../ports/answers.ts'
import { ownerNames } from './entry-rows.ts'
import type { ExplainedStage, Explanation } from '../ports/explanation.ts'
import { entriesOf } from '../record/visible.ts'
import type { Edges } from '../ports/ports.ts'
import { say } from '../send/reply.ts'
import type { SayView } from '../ports/views.ts'
import type { NamedDecider } from '../ports/stage-view.ts'
import { visibleTo } from '../record/visible.ts'
import { explain } from './why.ts'
import { engineFor, portalOf } from '../record/kinds.ts'

/** Who would decide if this person asked, stage by stage: as looked up now, or as the catalogue has it. */
export async function approvers(edges: Edges, person: PersonId, ask: Ask): Promise<SayView> {
  const [about] = await visibleTo(edges, person, entriesOf(edges, ask))
  const last = (await edges.requests.ofPerson(person))[0]?.entitlement
  const entry = about ?? [...edges.catalogue.entitlements.values()].find(({ id }) => id === last)
  // Another thing than the one that was named would be an answer to nothing.
  if (entry === undefined || (about === undefined && ask.entitlements.length > 0))
    return say({ kind: 'name-it', examples: [] })
  const explained = engineFor(edges, entry) !== undefined ? await explain(edges, person, entry) : undefined
  const looked = explained?.stages.map((stage) => asLooked(stage, explained)) ?? []
  const portal = portalOf(edges, entry)
  return say({
    kind: 'approvers',
    entitlement: entry.name,
    stages: looked.length > 0 ? looked : await byTheCatalogue(edges, entry),
    owners: await ownerNames(edges, entry),
    ...(engineFor(edges, entry) !== undefined || portal === undefined ? {} : { portal }),
  })
}

function asLooked({ by, from, need, people }: ExplainedStage, { names }: Explanation): ApproverStage {
  const standing = (as: string): readonly NamedDecider[] =>
    people
      .filter((each) => each.standing.as === as)
      .map(({ person, reachable }) => ({ name: names.get(person) ?? person, reachable }))
  return { by, need, ...(from === 'owner' ? {} : { from }), people: standing('asked'), standIn: standing('stand-in') }
}

const byTheCatalogue = (edges: Edges, entry: Entitlement): Promise<readonly ApproverStage[]> =>
  Promise.all(entry.stages.map((rule) => asWritten(edges, entry, rule)))

async function asWritten(edges: Edges, entry: Entitlement, { from, need }: StageRule): Promise<ApproverStage> {
  const people = from === 'owner' ? await deciders(edges, entry.owners) : []
  return {
    by: 'portal',
    need,
    ...(from === 'owner' ? {} : { from }),
    people,
    standIn: await deciders(edges, entry.backup),
  }
}

async function deciders(edges: Edges, handles: readonly string[]): Promise<readonly NamedDecider[]> {
  const found = await Promise.all(
    handles.map((handle) => edges.tenant.personNamed(principalName(edges.catalogue, handle))),
  )
  return Promise.all(
    found
      .filter((person) => person !== undefined)
      .map(async ({ id, name }) => ({ name, reachable: (await edges.chats.reference(id)) !== undefined })),
  )
}
