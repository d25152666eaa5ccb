import { ClientSecretCredential } from '@azure/identity'
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder'

// What any bot on botbuilder needs to trust the emulated channel exactly as it would trust Microsoft's, and to speak there.

export const botAppId = '0b7d6c1a-5e0f-4c58-9a54-2f6f3c1d8e01'
export const ssoAppId = '6c2f9a44-1d7b-4f0e-8b0d-7a51e3c94b02'
export const tenantId = 'fb3f9676-e88e-47ef-b72a-3d75aeae6240'

export type Origins = { chat: string; entra: string; graph: string; arm: string; connector: string }

/** The bot's own token for the Bot Connector, from this tenant's Entra; kept and renewed as in production. */
export function botToken(origins: Origins, secret: string): () => Promise<string> {
  const credential = new ClientSecretCredential(tenantId, botAppId, secret, {
    authorityHost: origins.entra,
    disableInstanceDiscovery: true,
  })
  return async () => (await credential.getToken('https://api.botframework.com/.default')).token
}

export function authentication(origins: Origins, token: () => Promise<string>) {
  const metadata = `${origins.connector}/v1/.well-known/openidconfiguration`
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: botAppId,
      ToChannelFromBotLoginUrl: `${origins.entra}/${tenantId}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      OAuthUrl: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: metadata,
      ToBotFromEmulatorOpenIdMetadataUrl: metadata,
      CallerId: 'urn:botframework:azure',
    },
    {
      isValidAppId: async (appId: string) => appId === botAppId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        async signRequest(request: { headers: { set(name: string, value: string): void } }) {
          request.headers.set('authorization', `Bearer ${await token()}`)
          return request
        },
      }),
    } as unknown as ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1], // it calls no more than this
  )
}
