import type { TokenCredential } from '@azure/identity'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder'
import type { TeamsActivity } from './activity.ts'
import type { ChannelKeys } from './channel-token.ts'
import { publicChannel } from './channel-token.ts'
import { isOurConnector } from './service-url.ts'

export interface AdapterOptions {
  readonly botAppId: string
  readonly tenantId: string
  readonly channel: ChannelKeys
  /** The process's own; one that keeps its tokens is told of those that are not taken. */
  readonly credential: TokenCredential & { refused?(scope: string, sentAt: number): void }
  readonly serviceUrlHosts: readonly string[]
}

type Authenticated = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>

const connectorAudience = 'https://api.botframework.com'
const connectorScope = `${connectorAudience}/.default`

/** botbuilder's adapter, with what it only does for itself made callable, and the bot's own credential. */
export class ChannelAdapter extends CloudAdapter {
  readonly #options: AdapterOptions
  readonly #connectors = new Map<string, ReturnType<ChannelAdapter['openConnector']>>()
  readonly #authenticated: Authenticated

  constructor(options: AdapterOptions) {
    super(new Authentication(configurationOf(options), credentialsFactory(options)))
    this.#options = options
    this.#authenticated = {
      audience: connectorAudience,
      callerId: 'urn:botframework:azure',
      claimsIdentity: this.createClaimsIdentity(options.botAppId),
      connectorFactory: { create: (serviceUrl: string) => this.connectorOf(serviceUrl) },
    }
  }

  /** The connector answered 401: the next call asks for another token. */
  tokenRefused(sentAt: number): void {
    this.#options.credential.refused?.(connectorScope, sentAt)
  }

  /**
   * Runs one turn of an activity whose token and body were checked before.
   * @returns what the turn answered, nothing for all but invokes.
   */
  turn(activity: TeamsActivity, logic: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    // botbuilder's Activity demands fields that the wire does not have; this one was parsed by us.
    return this.processActivity(this.#authenticated, activity as unknown as Activity, logic)
  }

  /** botbuilder makes a client anew for every turn, with a pipeline of a dozen policies. */
  private async connectorOf(serviceUrl: string) {
    const connector = await this.connector(serviceUrl)
    if (connector === undefined) throw new Error(`${serviceUrl} is not an address of the Bot Connector`)
    return connector
  }

  /** A client of the connector that sends each request once. @returns undefined for a host that is not Microsoft's. */
  async connector(serviceUrl: string) {
    if (!isOurConnector(serviceUrl, this.#options.serviceUrlHosts)) return undefined
    const connector = this.#connectors.get(serviceUrl) ?? this.openConnector(serviceUrl)
    this.#connectors.set(serviceUrl, connector)
    return connector
  }

  private async openConnector(serviceUrl: string) {
    const identity = this.createClaimsIdentity(this.#options.botAppId)
    const factory = this.botFrameworkAuthentication.createConnectorFactory(identity)
    const connector = await factory.create(serviceUrl, connectorAudience)
    // Private in the typings, and the only way to it: botframework-connector 4.23 ignores `noRetryPolicy`. Its own
    // retry repeats a POST after a 502, so that a person reads it twice; a redirect would carry the token elsewhere.
    const { client } = connector as unknown as {
      client: { pipeline: { removePolicy(policy: { name: string }): unknown[] } }
    }
    for (const name of ['defaultRetryPolicy', 'redirectPolicy'])
      if (client.pipeline.removePolicy({ name }).length === 0) throw new Error(`The connector's client has no ${name}`)
    return connector
  }
}

/** Every turn is given a client of the token service, which none of ours uses: one serves them all. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  #tokenClient: ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> | undefined

  override createUserTokenClient(
    ...args: Parameters<ConfigurationBotFrameworkAuthentication['createUserTokenClient']>
  ): ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> {
    return (this.#tokenClient ??= super.createUserTokenClient(...args))
  }
}

function configurationOf(options: AdapterOptions) {
  const { openIdMetadataUrl, issuer } = options.channel
  return {
    MicrosoftAppId: options.botAppId,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: options.tenantId,
    // All of these or none: naming one makes botbuilder take the others as empty.
    ...(options.channel === publicChannel
      ? {}
      : {
          ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
          ToChannelFromBotOAuthScope: connectorAudience,
          ToBotFromChannelTokenIssuer: issuer,
          OAuthUrl: 'https://api.botframework.com',
          ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
          ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
          CallerId: 'urn:botframework:azure',
        }),
  }
}

/** botbuilder's own factories know secrets and certificates of their own; this one is given the process's credential. */
function credentialsFactory({ botAppId, credential }: AdapterOptions) {
  return {
    isValidAppId: (appId: string) => Promise.resolve(appId === botAppId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        async signRequest<Request extends { headers: { set(name: string, value: string): void } }>(request: Request) {
          const token = await credential.getToken(connectorScope)
          if (token === null) throw new Error('No token for the Bot Connector could be had')
          request.headers.set('authorization', `Bearer ${token.token}`)
          return request
        },
      }),
  }
}
