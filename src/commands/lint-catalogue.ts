import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { environment, readDemoConfig } from '../setup/config.ts'
import { parseCatalogue } from '../entitlement/catalogue.ts'
import { changesBetween } from '../entitlement/changes.ts'
import { type Mistake, mistakeLine } from '../entitlement/mistake.ts'
import { readCatalogue } from '../entitlement/read-catalogue.ts'

// `npm run lint-catalogue [-- --against REV]`: every mistake of the catalogue with its mend, and exit status 1; against
// a revision of its git repository also what differs, and whom that affects. Asks neither tenant nor database.

const sample = resolve(import.meta.dirname, '../../sample/contoso/catalogue')

try {
  const { against } = parseArgs({ options: { against: { type: 'string' } } }).values
  const folder = resolve(readDemoConfig(environment()).LATCHKEY_CATALOGUE ?? sample)
  await lint(folder, against)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function lint(folder: string, against: string | undefined): Promise<void> {
  const now = await readCatalogue(folder)
  if (!now.ok) return complain(`${folder}: ${count(now.refusal.length, 'mistake')}`, now.refusal)
  console.log(`${folder}: no mistakes in ${count(now.value.entitlements.size, 'entry', 'entries')}`)
  if (against === undefined) return
  const before = parseCatalogue(await filesAt(folder, against))
  if (!before.ok) return complain(`At ${against} the catalogue cannot be read, so nothing is compared`, before.refusal)
  const changes = changesBetween(before.value, now.value)
  console.log(`Against ${against}: ${changes.length === 0 ? 'no difference' : count(changes.length, 'difference')}`)
  for (const { about, what, affects } of changes) console.log(`${about}: ${what}\n  affects: ${affects}`)
}

function complain(headline: string, mistakes: readonly Mistake[]): void {
  console.error([headline, ...mistakes.map(mistakeLine)].join('\n'))
  process.exitCode = 1
}

/** The folder's YAML files as git keeps them at a revision. */
async function filesAt(folder: string, revision: string) {
  const git = async (...args: readonly string[]): Promise<string> => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 }
    return (await promisify(execFile)('git', [...args], options)).stdout
  }
  try {
    // A revision that looked like an option would be one.
    const commit = (await git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`)).trim()
    const listed = await git('ls-tree', '-z', '--name-only', commit, './')
    const names = listed.split('\0').filter((name) => /\.ya?ml$/.test(name))
    return await Promise.all(names.map(async (name) => ({ name, text: await git('show', `${commit}:./${name}`) })))
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause)
    throw new Error(`--against ${revision}: git cannot show ${folder} there: ${said}`, { cause })
  }
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
