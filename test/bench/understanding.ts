import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { understand } from '../../src/ask/understand.ts'
import { type Catalogue, type Entitlement } from '../../src/entitlement/entitlement.ts'
import { EntitlementId } from '../../src/entitlement/entry.ts'
import { readCatalogue } from '../../src/entitlement/read-catalogue.ts'

const root = join(import.meta.dirname, '../..')
const rounds = 5

/** How long one message takes to be understood, in milliseconds, against the sample catalogue and one of 5,000 entries. */
export async function measureUnderstanding(): Promise<Readonly<Record<string, { medianMs: number; p99Ms: number }>>> {
  const read = await readCatalogue(join(root, 'sample/contoso/catalogue'))
  if (!read.ok) throw new Error('the sample catalogue has mistakes')
  return { '40': measured(grown(read.value, 40)), '5000': measured(grown(read.value, 5_000)) }
}

interface Line {
  readonly text: string
  readonly now: string
  readonly zone: string
}

function measured(catalogue: Catalogue): { medianMs: number; p99Ms: number } {
  const lines = readFileSync(join(root, 'test/ask/messages.jsonl'), 'utf8').split('\n').filter(Boolean)
  // The set is ours, and a test parses it whole.
  const messages = lines.map((line) => JSON.parse(line) as Line)
  const times: number[] = []
  for (let round = 0; round <= rounds; round++)
    for (const { text, now, zone } of messages) {
      const context = { now: new Date(now), zone, catalogue }
      const begun = performance.now()
      understand(text, context)
      // The first round makes the index and warms the code.
      if (round > 0) times.push(performance.now() - begun)
    }
  times.sort((a, b) => a - b)
  const at = (share: number): number => Math.round((times[Math.floor(times.length * share)] ?? 0) * 1000) / 1000
  return { medianMs: at(0.5), p99Ms: at(0.99) }
}

const teams = 'finance retail logistics claims pharma mobile energy travel tax audit hiring payroll'.split(' ')

/** The catalogue with as many entries: its own, then again for one team after the other, in other words. */
function grown(catalogue: Catalogue, count: number): Catalogue {
  const own = [...catalogue.entitlements.values()]
  const entries: Entitlement[] = []
  for (let index = 0; index < count; index++) {
    const entry = own[index % own.length]
    const copy = Math.floor(index / own.length)
    if (entry !== undefined) entries.push(copy === 0 ? entry : forTeam(entry, copy))
  }
  return { ...catalogue, entitlements: new Map(entries.map((entry) => [entry.id, entry])) }
}

function forTeam(entry: Entitlement, copy: number): Entitlement {
  const team = `${teams[copy % teams.length] ?? ''} ${copy}`
  return {
    ...entry,
    id: EntitlementId.parse(`${entry.id}-${copy}`),
    name: `${entry.name} ${team}`,
    aliases: entry.aliases.map((alias) => `${team} ${alias}`),
    grants: `${entry.grants} For the team ${team}.`,
  }
}
