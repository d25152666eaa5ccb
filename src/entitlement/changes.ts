import { isoDuration } from '../time.ts'
import type { Catalogue, Entitlement } from './entitlement.ts'
import type { StageRule } from './entry.ts'

/** What a change of the catalogue does to one entry, and whom that affects. */
export interface Change {
  /** The entry's id, or the part of catalogue.yaml that changed. */
  readonly about: string
  readonly what: string
  readonly affects: string
}

/**
 * Everything that differs between two catalogues and changes what somebody may have, under which terms, or who
 * decides it. In the order of the entries. The tiers are filled into the entries, so a changed tier shows at each.
 */
export function changesBetween(before: Catalogue, after: Catalogue): readonly Change[] {
  const ids = [...new Set([...before.entitlements.keys(), ...after.entitlements.keys()])].toSorted()
  return [
    ...sharedChanges(before, after),
    ...ids.flatMap((id) => {
      const [old, now] = [before.entitlements.get(id), after.entitlements.get(id)]
      if (old === undefined) return now === undefined ? [] : [added(now)]
      return now === undefined ? [removed(old)] : changed(old, now)
    }),
  ]
}

const added = (entry: Entitlement): Change => ({
  about: entry.id,
  what: `added: ${entry.name} (${entry.kind}, ${entry.tier}), decided by ${stagesIn(entry)}`,
  affects: `whoever is eligible may ask for it; ${list(entry.owners)} ${entry.owners.length === 1 ? 'owns' : 'own'} it`,
})

const removed = (entry: Entitlement): Change => ({
  about: entry.id,
  what: `removed: ${entry.name}`,
  affects: `nobody can ask for it any more, its open requests close, what is active keeps its terms to the end; ${list(entry.owners)} will not be asked`,
})

const newRequests = 'new requests; those under way keep the stricter of the two'
const underWay = 'new requests, and those under way at their next step'
const readers = 'what people read and what they can call it; no right changes'

function changed(old: Entitlement, now: Entitlement): readonly Change[] {
  const { id } = now
  const change = (field: string, from: string, to: string, affects: string): readonly Change[] =>
    from === to ? [] : [{ about: id, what: `${field}: ${from} → ${to}`, affects }]
  const { longest, usual } = now.duration
  const demand = (field: 'justification' | 'ticket') =>
    change(field, old[field], now[field], now[field] === 'required' ? underWay : newRequests)
  return [
    ...change('kind', old.kind, now.kind, 'everybody who holds or asks for it: it is another thing now'),
    ...change(
      'target',
      JSON.stringify(old.target),
      JSON.stringify(now.target),
      'what is granted from now on, and where',
    ),
    ...change(
      'tier',
      old.tier,
      now.tier,
      'the stages and terms below, and whether it may be asked for while Entra asks nobody',
    ),
    ...change(
      'longest',
      isoDuration(old.duration.longest),
      isoDuration(longest),
      longest < old.duration.longest ? underWay : newRequests,
    ),
    ...change('usual', isoDuration(old.duration.usual), isoDuration(usual), 'what the form is filled in with'),
    ...demand('justification'),
    ...demand('ticket'),
    ...change('step-up', stepUpIn(old), stepUpIn(now), underWay),
    ...change(
      'stages',
      stagesIn(old),
      stagesIn(now),
      'new requests; of those under way every decision is void, and they are asked anew',
    ),
    ...change('waits', waitsIn(old), waitsIn(now), 'when new requests remind, escalate and lapse'),
    ...movedPeople(id, 'owners', old.owners, now.owners),
    ...movedPeople(id, 'backup', old.backup, now.backup),
    ...change('guests', old.guests, now.guests, 'guests'),
    ...change('requesters', list(old.requesters), list(now.requesters), 'members of these groups'),
    ...change('limits', limitsIn(old), limitsIn(now), newRequests),
    ...change('advisory', advisoryIn(old), advisoryIn(now), 'whether it may be asked for while Entra asks nobody'),
    ...change('break-glass', yes(old.breakGlass), yes(now.breakGlass), 'whether it is granted before anybody decides'),
    ...change('signals', list(old.signals), list(now.signals), 'what its approvers are shown'),
    ...change('name', old.name, now.name, readers),
    ...change('grants', old.grants, now.grants, readers),
    ...change('aliases', list(old.aliases), list(now.aliases), readers),
  ]
}

function movedPeople(about: string, field: string, old: readonly string[], now: readonly string[]): readonly Change[] {
  const gone = old.filter((handle) => !now.includes(handle))
  const come = now.filter((handle) => !old.includes(handle))
  const whom = [
    ...(come.length > 0 ? [`${list(come)} may decide as ${field} from now on, of new requests`] : []),
    ...(gone.length > 0 ? [`${list(gone)} may not decide as ${field} any more, of open requests either`] : []),
  ]
  return whom.length === 0 ? [] : [{ about, what: `${field}: ${list(old)} → ${list(now)}`, affects: whom.join('; ') }]
}

function sharedChanges(before: Catalogue, after: Catalogue): readonly Change[] {
  const about = 'catalogue.yaml'
  const differ = (what: string, from: string, to: string, affects: string): readonly Change[] =>
    from === to ? [] : [{ about, what: `${what}: ${from} → ${to}`, affects }]
  const sets = [...new Set([...before.approvers.keys(), ...after.approvers.keys()])]
  const roles = ({ never }: Catalogue) => list([...never.directoryRoles, ...never.azureRoles].toSorted())
  return [
    ...differ(
      'tenant',
      before.tenant.id,
      after.tenant.id,
      'everybody: the bot serves one tenant, and starts for no other',
    ),
    ...differ(
      'domain',
      before.tenant.domain,
      after.tenant.domain,
      'everybody the catalogue names: their names mean other accounts',
    ),
    ...sets.flatMap((set) =>
      differ(`set ${set}`, group(before, set), group(after, set), `who decides ${list(entriesUsing(after, set))}`),
    ),
    ...differ(
      'tickets',
      list(before.tickets.patterns.map(({ source }) => source)),
      list(after.tickets.patterns.map(({ source }) => source)),
      'what counts as a ticket',
    ),
    ...differ('never', roles(before), roles(after), 'what nobody can ask for'),
    ...differ('time zone', before.timeZone, after.timeZone, 'people whose own zone is not known'),
  ]
}

const group = ({ approvers }: Catalogue, set: string): string => approvers.get(set)?.group ?? 'none'

const entriesUsing = ({ entitlements }: Catalogue, set: string): readonly string[] =>
  [...entitlements.values()]
    .filter(({ stages }) => stages.some(({ from }) => typeof from === 'object' && from.set === set))
    .map(({ id }) => id)

const source = ({ from }: StageRule): string => (typeof from === 'object' ? from.set : from)

const stagesIn = ({ stages }: Entitlement): string =>
  stages.length === 0
    ? 'nobody'
    : stages.map((stage) => (stage.need === 1 ? source(stage) : `${stage.need} of ${source(stage)}`)).join(', then ')

const waitsIn = ({ stages }: Entitlement): string =>
  stages
    .map((stage) => [stage.remindAfter, stage.escalateAfter, stage.lapseAfter].map(isoDuration).join(' '))
    .join(', then ')

const stepUpIn = ({ stepUp }: Entitlement): string =>
  `${stepUp.request ?? 'none'} to ask, ${stepUp.approve ?? 'none'} to decide`

const advisoryIn = ({ advisory }: Entitlement): string => (advisory === undefined ? 'none' : `until ${advisory.until}`)

const limitsIn = (entry: Entitlement): string => ('limits' in entry ? JSON.stringify(entry.limits) : 'none')

const yes = (flag: boolean): string => (flag ? 'yes' : 'no')

const list = (items: readonly string[] | undefined): string =>
  items === undefined || items.length === 0 ? 'none' : items.join(', ')
