import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DirectoryRole } from '../../src/entitlement/entitlement.ts'
import { readCatalogue } from '../../src/entitlement/read-catalogue.ts'
import type { PersonId } from '../../src/people.ts'
import { everybodyIn, judge, type Situation } from '../../src/request/assess.ts'
import { whoDecides } from '../../src/request/who-decides.ts'
import { gather } from '../../src/workflow/gather.ts'
import type { Tenant } from '../../src/workflow/ports.ts'
import { freshStore } from '../fixtures/postgres.ts'
import { openTenantEdge, startsAt } from '../microsoft/tenant-edge.ts'

// For every directory role of the sample catalogue and every member of the sample tenant: who would decide each stage
// of their request. The table stands in who-decides.txt, to be read by people; `vitest -u` writes it anew.

const folder = new URL('../../sample/contoso/catalogue', import.meta.url).pathname
let edge: Awaited<ReturnType<typeof openTenantEdge>>
beforeAll(async () => {
  edge = await openTenantEdge()
})
afterAll(() => edge[Symbol.asyncDispose]())

async function openCatalogue() {
  const read = await readCatalogue(folder)
  if (!read.ok) throw new Error('the sample catalogue has a mistake')
  return read.value
}

/** Each read once: nothing of the tenant changes while the table is made. */
function remembering(tenant: Tenant): Tenant {
  const answers = new Map<string, unknown>()
  return new Proxy(tenant, {
    get:
      (target, name: keyof Tenant) =>
      (...what: readonly never[]) => {
        const key = JSON.stringify([name, what])
        if (!answers.has(key)) answers.set(key, Reflect.apply(target[name], target, what))
        return answers.get(key)
      },
  })
}

interface Row {
  readonly entry: string
  readonly handle: string
  readonly may: string
  readonly stages: readonly string[]
  /** Why nobody decides, and who can mend it; empty where somebody does. */
  readonly nobody: string
}

async function table(): Promise<readonly Row[]> {
  await using memory = await freshStore()
  const catalogue = await openCatalogue()
  const reads = {
    tenant: remembering(edge.tenant),
    catalogue,
    now: () => startsAt,
    requests: memory.store.requests,
  }
  const members = [...edge.emulated.people.values()].filter(({ userType }) => userType === 'Member')
  const roles = [...catalogue.entitlements.values()].filter((entry) => entry.kind === 'directoryRole')
  const rows: Row[] = []
  for (const entry of roles) {
    for (const { id } of members) {
      const situation = await gather(reads, edge.id(id), entry)
      if (situation === undefined) throw new Error(`${id} is not in the directory`)
      rows.push(rowOf(entry, id, situation))
    }
  }
  return rows
}

const handleOf = (situation: Situation) => (id: PersonId) =>
  (everybodyIn(situation).get(id)?.userPrincipalName ?? id).replace(/@.*/, '')

function rowOf(entry: DirectoryRole, handle: string, situation: Situation): Row {
  const { result } = judge(situation)
  // Whoever may not ask today may become eligible tomorrow: who would decide is told all the same.
  const asking = judge({ ...situation, eligible: true, requester: { ...situation.requester, enabled: true } }).result
  const decides = whoDecides(situation)
  const names = (ids: readonly PersonId[]) => ids.map(handleOf(situation)).join(', ') || '–'
  const stages = decides.ok
    ? decides.value.stages.map(({ stage, deciders }, index) => {
        const from = typeof stage.rule.from === 'object' ? stage.rule.from.set : stage.rule.from
        const inChat = situation.entra.asks === 'nobody' ? 'chat (not enforced by Entra)' : 'chat'
        const where = stage.by === 'native' ? 'Entra' : inChat
        const then = deciders.standIn.length === 0 ? '' : `; then ${names(deciders.standIn)}`
        return `${index + 1} ${from}, ${where}: ${names(deciders.asked)}${then}`
      })
    : []
  const nobody = asking.ok ? '' : `NOBODY (${asking.refusal.kind}): mended by ${entry.owners.join(', ')}`
  return { entry: entry.id, handle, may: result.ok ? 'may ask' : result.refusal.kind, stages, nobody }
}

const head = [
  'Who would decide each stage of a request, if the person on the left asked: whoever is asked, "then" whoever is asked',
  'when those stay silent. Of two stages nobody decides both. Whoever may not ask today is listed as if they might.',
]

/** People in a row of whom the same is true share a line: the review board is forty. */
function printed(rows: readonly Row[]): string {
  const lines: string[] = []
  for (const [entry, ofEntry] of Map.groupBy(rows, (row) => row.entry)) {
    lines.push('', entry)
    const alike: { readonly text: string; readonly handles: string[] }[] = []
    for (const row of ofEntry) {
      const text = [row.may, ...row.stages, row.nobody].filter(Boolean).join(' | ')
      const last = alike.at(-1)
      if (last?.text === text && last.handles[0]?.startsWith('board-')) last.handles.push(row.handle)
      else alike.push({ text, handles: [row.handle] })
    }
    for (const { text, handles } of alike) {
      const who = handles.length === 1 ? handles[0] : `${handles[0]} … ${handles.at(-1)} (${handles.length})`
      lines.push(`  ${(who ?? '').padEnd(24)} ${text}`)
    }
  }
  return `${[...head, ...lines].join('\n')}\n`
}

test('for every directory role and every member of the tenant, the table says who decides each stage', async () => {
  const rows = await table()
  const members = [...edge.emulated.people.values()].filter(({ userType }) => userType === 'Member')
  expect(rows).toHaveLength(members.length * 6)
  await expect(printed(rows)).toMatchFileSnapshot('./who-decides.txt')

  // Read from the rows and not from the text: nobody decides their own request, and nobody disabled decides any.
  for (const { handle, stages, nobody } of rows) {
    const asked = stages.map((stage) => stage.replace(/^.*?: /, ''))
    expect(nobody !== '' || (asked.length > 0 && !asked.includes('–')), `${handle} has nobody to decide`).toBe(true)
    expect(asked.flatMap((each) => each.split(/, |; then /))).not.toContain(handle)
    expect(asked.join(' ')).not.toContain('ines.costa')
  }
})
