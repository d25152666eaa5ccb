import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Config, ConfigError, type Environment, present, readConfig, readDemoConfig } from '../setup/config.ts'

/** A deployment as the commands that look at it reach it: a real tenant's, or the demo that runs here. */
export interface Deployment {
  readonly config: Config
  /** Product time. */
  readonly now: Date
}

/**
 * Reads the configuration of a real tenant, or, with no setting of one present, of the demo that runs on this data
 * folder, whose certificates are then trusted.
 * @throws {ConfigError} when neither is there.
 */
export async function reach(env: Environment, realNow: Date): Promise<Deployment> {
  if (present(env).length > 0) return { config: readConfig(env), now: realNow }
  const { LATCHKEY_DATA: folder } = readDemoConfig(env)
  // A production installation has no demo to import.
  const { runningDemo } = await import('../demo/demo-file.ts')
  const demo = await runningDemo(folder)
  if (demo === undefined) {
    throw new ConfigError([
      `no setting of a real tenant is present, and no demo runs on the data folder ${folder}: start one with \`npm start\``,
    ])
  }
  const authority = demo.environment['NODE_EXTRA_CA_CERTS']
  if (authority !== undefined) {
    setDefaultCACertificates([...getCACertificates('default'), await readFile(authority, 'utf8')])
  }
  return { config: readConfig(demo.environment), now: demo.now }
}
