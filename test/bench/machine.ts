import { execFile } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')

/** What the figures were measured on. `load`: processes that wanted a core in the minute before, so that a reader sees a busy machine. */
export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 2 ** 20),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
})

/** The commit the figures belong to, with `+changes` where files differ from it; `unknown` outside a repository. */
export async function commit(): Promise<string> {
  const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: root })).stdout.trim()
  try {
    return (await git('rev-parse', 'HEAD')) + ((await git('status', '--porcelain')) === '' ? '' : '+changes')
  } catch {
    return 'unknown'
  }
}
