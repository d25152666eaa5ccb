import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity'
import type { SignInProof } from './options.ts'

/** How one of the two apps proves to Entra that it is itself. Paths are of PEM files. */
export type AppProof =
  | { readonly by: 'managed' }
  | { readonly by: 'workload' }
  | { readonly by: 'certificate'; readonly file: string }
  | { readonly by: 'secret'; readonly secret: string }

export interface AppIdentity {
  readonly clientId: string
  readonly tenantId: string
  /** Origin of the sign-in service, such as `https://login.microsoftonline.com`. */
  readonly authority: string
  readonly proof: AppProof
}

/** The bot's own identity, for the channel and for reading at Graph. */
export function credentialOf({ clientId, tenantId, authority, proof }: AppIdentity): TokenCredential {
  // Instance discovery asks Microsoft whether the authority is Microsoft's; we were told, by configuration.
  const options = { authorityHost: authority, disableInstanceDiscovery: true }
  switch (proof.by) {
    case 'managed':
      return new ManagedIdentityCredential({ clientId })
    case 'workload':
      return new WorkloadIdentityCredential({ ...options, clientId, tenantId })
    case 'certificate':
      return new ClientCertificateCredential(tenantId, clientId, proof.file, options)
    case 'secret':
      return new ClientSecretCredential(tenantId, clientId, proof.secret, options)
    default:
      return proof satisfies never
  }
}

/**
 * How the sign-in app proves itself in an exchange. `managed` is a federated credential: the bot's managed identity
 * vouches for it with a token for Entra's own exchange audience.
 */
export function signInProofOf(proof: AppProof, bot: TokenCredential): SignInProof {
  switch (proof.by) {
    case 'managed':
    case 'workload':
      return {
        assertion: async () => {
          const token = await bot.getToken('api://AzureADTokenExchange/.default')
          if (token === null) throw new Error('the managed identity gave no token for the sign-in app')
          return token.token
        },
      }
    case 'certificate': {
      const pem = readFileSync(proof.file, 'utf8')
      const thumbprintSha256 = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
      const privateKey = createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString()
      return { certificate: { thumbprintSha256, privateKey } }
    }
    case 'secret':
      return { secret: proof.secret }
    default:
      return proof satisfies never
  }
}
