import { deflateSync, inflateSync } from 'node:zlib'
import { type Intent, intents } from '../ask.ts'

/** How much each feature speaks for each intent: more than nothing for it, less than nothing against it. */
export interface Weights {
  /** By the intent's place in `intents`. */
  readonly bias: Float64Array
  /** A feature's, in the same order; undefined where nothing was learnt of it. */
  of(feature: string): Float64Array | undefined
}

/** What was learnt, to be written down. */
export interface Learnt {
  readonly bias: Float64Array
  /** By feature. */
  readonly rows: ReadonlyMap<string, Float64Array>
}

/** Twentieths are kept: finer differences change no reading. */
const step = 20
const letterOf = (place: number): string => String.fromCharCode(97 + place)

/**
 * A line for each feature: its name, a tab, and a letter and twentieths for each intent that it speaks for or against.
 * `a` is the first intent. The first line tells the bias, and which intents these are.
 */
export function writtenWeights({ bias, rows }: Learnt): string {
  const line = (name: string, row: Float64Array): string =>
    `${name}\t${Array.from(row, (weight, place) => ({ place, parts: Math.round(weight * step) }))
      .filter(({ parts }) => parts !== 0)
      .map(({ place, parts }) => letterOf(place) + parts)
      .join('')}`
  return `${[line(intents.join(' '), bias), ...Array.from(rows, ([feature, row]) => line(feature, row)).toSorted()].join('\n')}\n`
}

/** As they are stored: two megabytes of text that nobody reads, a third of that compressed. The same text, the same bytes. */
export const packed = (written: string): Buffer => deflateSync(written, { level: 9 })
export const unpacked = (stored: Buffer): string => inflateSync(stored).toString('utf8')

/**
 * Rows are found when they are first asked for: of tens of thousands a day's messages need a few, and the lines stand in
 * order.
 */
export function weightsFrom(written: string): Weights {
  const [names, bias] = parts(written.slice(0, written.indexOf('\n')))
  if (names !== intents.join(' ')) throw new Error('The learnt weights are of other intents: run `npm run learn`')
  const first = written.indexOf('\n') + 1
  const read = new Map<string, Float64Array>()
  return {
    bias: rowOf(bias),
    of(feature) {
      const known = read.get(feature)
      const text = known === undefined ? rowIn(written, first, `${feature}\t`) : undefined
      // Of what nothing was learnt nothing is kept: people write without end.
      if (text === undefined) return known
      const row = rowOf(text)
      read.set(feature, row)
      return row
    },
  }
}

/** What stands behind `name` on its line, by halving: each line from `first` on ends in a line break. */
function rowIn(lines: string, first: number, name: string): string | undefined {
  let [from, to] = [first, lines.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const start = Math.max(from, lines.lastIndexOf('\n', middle - 1) + 1)
    const end = lines.indexOf('\n', start)
    const line = lines.slice(start, end)
    if (line.startsWith(name)) return line.slice(name.length)
    if (line < name) from = end + 1
    else to = start
  }
  return undefined
}

function parts(line: string): readonly [name: string, row: string] {
  const tab = line.lastIndexOf('\t')
  return [line.slice(0, tab), line.slice(tab + 1)]
}

function rowOf(text: string): Float64Array {
  const row = new Float64Array(intents.length)
  for (const [, letter = '', parts] of text.matchAll(/([a-z])(-?\d+)/g))
    row[letter.charCodeAt(0) - 97] = Number(parts) / step
  return row
}

/** An intent with how sure it is, from 0 to 1; all of them together make 1. */
export interface Likely {
  readonly intent: Intent
  readonly sureness: number
}

/** All intents, the likeliest first. */
export function likelyFrom({ bias, of }: Weights, features: readonly string[]): readonly Likely[] {
  const rows = features.flatMap((feature) => of(feature) ?? [])
  const scores = scoresOf(bias, rows)
  const sureness = surenessOf(scores)
  return intents
    .map((intent, place) => ({ intent, sureness: sureness[place] ?? 0 }))
    .toSorted((one, other) => other.sureness - one.sureness)
}

/** A long message has more features, and is no surer for that: their sum is divided by the root of their number. */
export function scoresOf(bias: Float64Array, rows: readonly Float64Array[]): Float64Array {
  const scores = bias.slice()
  const share = shareOf(rows.length)
  for (const row of rows)
    for (let place = 0; place < scores.length; place++) scores[place] = (scores[place] ?? 0) + share * (row[place] ?? 0)
  return scores
}

export const shareOf = (features: number): number => 1 / Math.sqrt(Math.max(1, features))

/** Softmax. */
export function surenessOf(scores: Float64Array): Float64Array {
  const most = Math.max(...scores)
  const raised = scores.map((score) => Math.exp(score - most))
  const sum = raised.reduce((total, each) => total + each, 0)
  return raised.map((each) => each / sum)
}
