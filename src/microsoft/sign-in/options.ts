import type { TokenCredential } from '@azure/identity'
import type { Duration } from '../../time.ts'
import type { HeldTokens } from './token-cache.ts'
import type { Service } from '../../workflow/ports/engine.ts'

/** How the sign-in app proves to Entra that it is itself when it exchanges a person's token. */
export type SignInProof =
  | { readonly secret: string }
  /** A federated credential: asked for anew at every exchange. */
  | { readonly assertion: () => Promise<string> }
  | {
      readonly certificate: { readonly thumbprintSha256: string; readonly privateKey: string; readonly chain?: string }
    }

export const graphResource = ({ resource = 'https://graph.microsoft.com' }: Pick<GraphOptions, 'resource'>): string =>
  resource

/** The resource that a token for Azure Resource Manager is asked for. */
export const armResource = 'https://management.azure.com'

/** Where a service that takes people's tokens is. */
export const originOf = (options: GraphOptions, service: Service): string =>
  new URL(service === 'graph' ? options.graph : options.arm).origin

/** A scope of a service, as Entra wants it named. */
export const scopeAt = (options: GraphOptions, service: Service, scope: string): string =>
  `${service === 'graph' ? graphResource(options) : armResource}/${scope}`

/** Where the tenant is, and with which identities it is reached. */
export interface GraphOptions {
  /** Origin without a trailing slash, such as `https://graph.microsoft.com`. */
  readonly graph: string
  /** Origin without a trailing slash, such as `https://management.azure.com`. */
  readonly arm: string
  /** The resource tokens are asked for, where it is not Graph of the worldwide cloud. */
  readonly resource?: string
  /** Origin without a trailing slash, such as `https://login.microsoftonline.com`. */
  readonly authority: string
  readonly tenantId: string
  /** The bot's own read-only identity; one that keeps its tokens is told of those that are not taken. */
  readonly credential: TokenCredential & Partial<Pick<HeldTokens, 'refused'>>
  readonly signIn: {
    readonly clientId: string
    /** Where Entra sends a browser back to us, as registered for the app. */
    readonly redirect: string
  } & SignInProof
  /** How long one call may take. */
  readonly patience: { readonly read: Duration; readonly act: Duration }
}
