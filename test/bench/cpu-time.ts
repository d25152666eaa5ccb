import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Processor time a process has used so far with all its threads, user and system, in seconds; to a hundredth.
 * @throws where the platform shows none of another process: Windows.
 */
export async function cpuSeconds(pid: number): Promise<number> {
  if (process.platform === 'linux') return fromProc(pid)
  if (process.platform === 'win32') throw new Error('this platform does not show the processor time of a process')
  const { stdout } = await run('ps', ['-o', 'time=', '-p', String(pid)])
  // [[days-]hours:]minutes:seconds
  return stdout
    .trim()
    .split(/[:-]/)
    .reduce((sum, part, index, { length }) => sum + Number(part) * (unit[length - 1 - index] ?? 0), 0)
}

const unit = [1, 60, 3600, 86_400]

async function fromProc(pid: number): Promise<number> {
  const [stat, ticks] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), run('getconf', ['CLK_TCK'])])
  // The second field is the program's name in brackets and may hold blanks; what follows begins with the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / Number(ticks.stdout)
}
