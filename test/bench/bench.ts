import { parseArgs } from 'node:util'
import { measureContention } from './contention.ts'
import { measureCrash } from './crash.ts'
import { commit, machine } from './machine.ts'
import { measureNotice } from './notice.ts'
import { measurePending } from './pending.ts'
import { measurePath } from './path.ts'
import { measureStrangers } from './strangers.ts'
import { measureTurn } from './turn.ts'
import { measureUnderstanding } from './understanding.ts'

// `npm run bench`: the product's figures as one JSON object. Each is measured on the product as it is started by
// everybody, and what is measured is a process apart from what measures.

/** One figure. What it says through `tell` goes to standard error, which the JSON does not. */
type Part = (tell: (line: string) => void) => Promise<object>

const parts: Readonly<Record<string, Part>> = {
  path: measurePath,
  notice: measureNotice,
  turn: measureTurn,
  contention: measureContention,
  strangers: measureStrangers,
  pending: measurePending,
  understanding: measureUnderstanding,
  crash: measureCrash,
}

const only = asked()
if (only !== undefined && !(only in parts)) {
  const known = Object.keys(parts).join(', ')
  process.stderr.write(`There is no part called ${only}; there are: ${known}.\n`)
  process.exit(2)
}

const figures: Record<string, object | string> = { machine: machine(), commit: await commit() }
for (const [name, measure] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue
  const tell = (line: string) => void process.stderr.write(`${name}: ${line}\n`)
  try {
    figures[name] = await measure(tell)
  } catch (error) {
    // The other figures are still worth having.
    tell(`could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    process.exitCode = 1
  }
}
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)

function asked(): string | undefined {
  try {
    return parseArgs({ options: { only: { type: 'string' } } }).values.only
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}
