import type { Entitlement } from '../../src/entitlement/entitlement.ts'
import type { StageSource } from '../../src/entitlement/entry.ts'
import { exceptionKinds } from '../../src/entitlement/kinds/sandbox-exception.ts'
import { everybodyOf } from '../../src/approval/stage.ts'
import type { PersonId } from '../../src/people.ts'
import type { Row } from './sample-deciders.ts'
import type { SampleTenant } from './sample-tenant.ts'

const head = `Who would decide each stage of a request for each entry of the sample catalogue, and for whom that is so. Made by
who-decides.test.ts from the catalogue and the seed of the sample tenant.

  in Entra     the decision is cast in Entra with the decider's own token, and Entra enforces it
  in chat      it stands in the bot alone; "unenforced": Entra asks nobody, so the portal can go round it
  ; then       whoever stands in once the others have been silent for as long as the entry says
  not today    not eligible, under no policy, in no group that may ask, or disabled: told as if they might ask

Nobody decides two stages of one request, so whoever has decided one is not asked in the next.
`

/** The rows as a table for people: those of whom the same is true share a line. */
export function printed(rows: readonly Row[], tenant: SampleTenant): string {
  const parts = [...Map.groupBy(rows, ({ entry }) => entry)].map(([entry, ofEntry]) => {
    const alike = [...Map.groupBy(ofEntry, (row) => answerOf(row, tenant))]
    return [titleOf(entry, tenant), ...alike.map(([answer, same]) => `${answer}\n${askersOf(same)}`)].join('\n')
  })
  return [head, ...parts].join('\n') + '\n'
}

function titleOf(entry: Entitlement, tenant: SampleTenant): string {
  const { id, kind, tier, owners, backup, advisory } = entry
  // Whom Entra names is the same for whoever asks, as far as an administrator wrote it down.
  const { inWords } = tenant.saysOf(entry, entry.owners[0] ?? '')
  const accepted = advisory === undefined ? 'drift' : `accepted until ${advisory.until}`
  const nobody = entry.breakGlass ? 'nobody, as nobody waits in an emergency' : `nobody (${accepted})`
  const enforcing = executed(entry)
    ? 'applied by the executor'
    : `Entra asks ${inWords === 'nobody' ? nobody : inWords}`
  const facts = `owner ${owners.join(', ')}; backup ${backup.join(', ')}; ${enforcing}`
  return `\n${id} (${kind}, ${tier})\n${wrapped(' ', facts, 2)}`
}

function answerOf({ entry, handle, stages, wider, nobody }: Row, tenant: SampleTenant): string {
  const { owners, backup } = entry
  if (nobody !== undefined)
    return `  NOBODY (${nobody}): mended by ${owners.join(', ')} in the catalogue, or by an administrator in Entra`
  if (entry.breakGlass) {
    const review = [...owners, ...backup].filter((each) => each !== handle)
    return `  - granted at once; told at once, and reviewed afterwards by ${review.join(', ')}`
  }
  const enforced = executed(entry) || stages.some(({ stage }) => stage.by === 'native')
  const lines = stages.map(({ stage, deciders }, index) => {
    const where = stage.by === 'native' ? 'in Entra' : enforced ? 'in chat' : 'in chat, unenforced'
    const many = stage.need === 1 ? '' : ` ${stage.need} of`
    const then = deciders.standIn.length === 0 ? '' : `; then ${namesOf(deciders.standIn, tenant)}`
    const asked = namesOf(deciders.asked, tenant, everybodyOf(stage), handle)
    return wrapped(`  ${index + 1}`, `${sourceOf(stage.rule.from)}, ${where}:${many} ${asked}${then}`, 4)
  })
  const drift = wider.length === 0 ? [] : [`    drift: Entra lets decide as well ${namesOf(wider, tenant)}`]
  return [...lines, ...drift].join('\n')
}

function askersOf(rows: readonly Row[]): string {
  const [may, not] = [rows.filter(({ mayAsk }) => mayAsk), rows.filter(({ mayAsk }) => !mayAsk)]
  const line = (what: string, these: readonly Row[]) =>
    these.length === 0 ? [] : [wrapped(`      ${what}`, shortened(these.map(({ handle }) => handle)), 8)]
  return [...line('may ask:', may), ...line('not today:', not)].join('\n')
}

const executed = ({ kind }: Entitlement): boolean => exceptionKinds.some((each) => each === kind)
const sourceOf = (from: StageSource): string => (typeof from === 'object' ? from.set : from)

/** @param handle of the board: the forty of it stand in one row, each without oneself. */
function namesOf(ids: readonly PersonId[], tenant: SampleTenant, all: readonly PersonId[] = ids, handle = ''): string {
  const own = all.find((id) => tenant.handleOf(id) === handle && numberOf(handle) !== undefined)
  const shown = own === undefined ? ids : all.filter((id) => id === own || ids.includes(id))
  const names = shortened(shown.map(tenant.handleOf))
  return ids.length === 0 ? '–' : own === undefined ? names : `${names}, without oneself`
}

/** The review board is forty: those who stand side by side in it are written as a range. */
function shortened(handles: readonly string[]): string {
  const runs: string[][] = []
  for (const handle of handles) {
    const last = runs.at(-1)
    const [one, other] = [numberOf(last?.at(-1)), numberOf(handle)]
    if (last !== undefined && one !== undefined && other === one + 1) last.push(handle)
    else runs.push([handle])
  }
  return runs.map((run) => (run.length < 3 ? run.join(', ') : `${run[0]} to ${run.at(-1)}`)).join(', ')
}

const numberOf = (handle: string | undefined): number | undefined =>
  handle?.startsWith('board-') === true ? Number(handle.slice('board-'.length)) : undefined

const widest = 118

function wrapped(label: string, text: string, indent: number): string {
  const lines = [label]
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line.length + 1 + word.length <= widest) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(`${' '.repeat(indent + 2)}${word}`)
  }
  return lines.join('\n')
}
