import type { Config } from './config.ts'
import { type AppProof, credentialOf, signInProofOf } from '../microsoft/sign-in/identity.ts'
import type { GraphOptions } from '../microsoft/sign-in/options.ts'
import { milliseconds } from '../time.ts'

/**
 * Where the tenant is and with which identities it is reached: for the bot and for the commands that look at it alike.
 * @param pages origin of our sign-in pages.
 */
export function graphOptionsOf(config: Config, pages: string = config.PUBLIC_URL): GraphOptions {
  const credential = botCredential(config)
  return {
    graph: config.GRAPH,
    arm: config.ARM,
    authority: config.AUTHORITY,
    tenantId: config.TENANT_ID,
    credential,
    signIn: {
      clientId: config.SSO_APP_ID,
      redirect: new URL('/auth-end', pages).href,
      ...signInProofOf(proofOf(config, 'SSO'), credential),
    },
    patience: { read: milliseconds(10_000), act: milliseconds(20_000) },
  }
}

/** The bot's own identity, with no token yet. */
export const botCredential = (config: Config) =>
  credentialOf({
    clientId: config.BOT_APP_ID,
    tenantId: config.TENANT_ID,
    authority: config.AUTHORITY,
    proof: proofOf(config, 'BOT'),
  })

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
