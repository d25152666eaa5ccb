import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Config, ConfigError, type Environment, present, readConfig, readDemoConfig } from './config.ts'
import type { GraphOptions } from './microsoft/options.ts'
import { type AppProof, credentialOf, signInProofOf } from './microsoft/identity.ts'
import { milliseconds } from './time.ts'

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
  const { runningDemo } = await import('./demo/demo-file.ts')
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

/** Where the tenant is and with which identities it is reached, as the bot reaches it. */
export function graphOptionsOf(config: Config): GraphOptions {
  const credential = credentialOf({
    clientId: config.BOT_APP_ID,
    tenantId: config.TENANT_ID,
    authority: config.AUTHORITY,
    proof: proofOf(config, 'BOT'),
  })
  return {
    graph: config.GRAPH,
    authority: config.AUTHORITY,
    tenantId: config.TENANT_ID,
    credential,
    signIn: { clientId: config.SSO_APP_ID, ...signInProofOf(proofOf(config, 'SSO'), credential) },
    patience: { read: milliseconds(10_000), act: milliseconds(20_000) },
  }
}

function proofOf(config: Config, app: 'BOT' | 'SSO'): AppProof {
  const identity = config[`${app}_IDENTITY`]
  switch (identity) {
    case 'managed':
    case 'workload':
      return { by: identity }
    case 'certificate':
      return { by: 'certificate', file: config[`${app}_CERTIFICATE`] ?? '' }
    case 'secret':
      return { by: 'secret', secret: config[`${app}_SECRET`] ?? '' }
    default:
      return identity satisfies never
  }
}
