import { execFile } from 'node:child_process'
import { readFile, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { ServerPlace } from './server-place.ts'
import type { RunAs } from './server-user.ts'

const run = promisify(execFile)

/** A running PostgreSQL server, as its `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/**
 * The server that already runs on a cluster: one whose starter was killed lives on. A pid file that speaks of no
 * living server of this cluster is cleared, since its number may by now belong to any process.
 */
export async function findPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const file = join(cluster, 'postmaster.pid')
  // Its lines, by PostgreSQL's `pidfile.h`: pid, data directory, start time, port, socket directory, listen address, …
  const [pid, , , port] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  if (pid === undefined || pid === '') return undefined
  if (await servesCluster(Number(pid), cluster)) return { pid: Number(pid), port: Number(port) }
  await rm(file, { force: true })
  return undefined
}

/**
 * Starts a server on 127.0.0.1, in its own process group and with its log in the cluster's folder, so that neither
 * Ctrl-C nor the end of this process reaches it; returns once it accepts connections.
 */
export async function startPostmaster(
  { binaries, cluster }: ServerPlace,
  settings: Readonly<Record<string, string>>,
  runAs: RunAs,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    const options = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
    const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const log = join(cluster, 'server.log')
    try {
      await pgCtl(binaries, ['start', '-w', '-D', cluster, '-l', log, '-o', `-p ${port} ${flags.join(' ')}`], runAs)
      const started = await findPostmaster(cluster)
      if (started === undefined) throw new Error('it ended as soon as it had started')
      return started
    } catch (cause) {
      const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n')
      // The port may have been taken meanwhile, or children of a server killed a moment ago still hold its memory.
      if (attempt === 5) throw new Error(`PostgreSQL did not start: ${lines.slice(-5).join(' ')}`, { cause })
      await wait(500)
    }
  }
}

/** Ends open sessions, then the server; returns when it is gone. */
export async function stopPostmaster({ binaries, cluster }: ServerPlace, runAs: RunAs): Promise<void> {
  if ((await findPostmaster(cluster)) === undefined) return
  await pgCtl(binaries, ['stop', '-w', '-D', cluster, '-m', 'fast'], runAs)
}

async function pgCtl(binaries: string, args: readonly string[], runAs: RunAs): Promise<void> {
  // The server keeps the folder it is started in: `/` never vanishes.
  await run(join(binaries, 'pg_ctl'), [...args], { ...runAs, cwd: '/' })
}

async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false
  const command = await commandLine(pid)
  return [cluster, await realpath(cluster)].some((path) => command.includes(` -D ${path} `))
}

/** Empty for a process that is not there, or is dead and waits to be collected. */
export async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
  }
  const answer = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => undefined)
  return answer?.stdout ?? ''
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('No free port')),
      )
    })
  })
