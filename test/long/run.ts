import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

// `npm run test:long [-- --seed N --steps N --kills N --repeat N --cuts N --restarts N --minutes N] [file…]`: what takes longer than `npm test` may. Tests
// read the numbers from the environment, so that any of them can be run alone under Vitest as well.

const flags = {
  seed: 'what random tests draw from; the same seed draws the same',
  steps: 'steps of the model-based test',
  kills: 'kills at random moments',
  repeat: 'kills at each named boundary',
  cuts: 'times that all connections to the database are cut',
  restarts: 'restarts of the database',
  minutes: 'how long the soak lasts',
} as const
const usage = [
  'npm run test:long -- [--seed N] [--steps N] [--kills N] [--repeat N] [--cuts N] [--restarts N] [--minutes N] [part of a file name …]',
  ...Object.entries(flags).map(([name, means]) => `  --${name} N`.padEnd(14) + means),
].join('\n')

const asked = read(process.argv.slice(2))
if (asked === undefined) process.exitCode = 2
else await run(asked)

interface Asked {
  readonly files: readonly string[]
  /** By the variable's name. */
  readonly numbers: Readonly<Record<string, string>>
}

function read(args: string[]): Asked | undefined {
  try {
    const number = { type: 'string' } as const
    const options = Object.fromEntries(Object.keys(flags).map((flag) => [flag, number]))
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const given = Object.entries(values).map(([flag, text]) => [variable(flag), counted(flag, String(text))])
    const seed = { [variable('seed')]: String(randomInt(1, 2 ** 31)) }
    return { files: positionals, numbers: { ...seed, ...Object.fromEntries(given) } }
  } catch (error) {
    // Node's own sentence about an unknown option goes on about positional arguments.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('. ')
    console.error(`${sentence}\n\n${usage}`)
    return undefined
  }
}

function variable(flag: string): string {
  return `LATCHKEY_LONG_${flag.toUpperCase()}`
}

/** fast-check takes seeds of 32 bits, and nobody waits for more steps than that. */
function counted(flag: string, text: string): string {
  const least = flag === 'steps' || flag === 'repeat' ? 1 : 0
  const fits = /^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) < 2 ** 31
  if (!fits) throw new Error(`--${flag} wants a whole number from ${least} to ${2 ** 31 - 1}, not "${text}"`)
  return String(Number(text))
}

async function run({ files, numbers }: Asked): Promise<void> {
  const given = Object.keys(flags).flatMap((flag) => {
    const value = numbers[variable(flag)]
    return value === undefined ? [] : [`--${flag} ${value}`]
  })
  console.log(`The same again: npm run test:long -- ${[...given, ...files].join(' ')}`)
  const root = resolve(import.meta.dirname, '../..')
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', '--config', 'vitest.long.config.ts', ...files], {
    cwd: root,
    env: { ...process.env, ...numbers },
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
}
