import { readFile } from 'node:fs/promises'
import type { Config } from './config.ts'
import type { LanguageModelOptions } from '../language-model/language-model.ts'
import { milliseconds } from '../time.ts'

/** What Azure OpenAI asks a caller's token to be for. */
const scope = 'https://cognitiveservices.azure.com/.default'

/** How long somebody waits for a second reading before the first one is used; real time. */
const patience = milliseconds(2_500)

/** Gives tokens of the bot's own identity, as `@azure/identity` does. */
interface Identity {
  getToken(scope: string): Promise<{ readonly token: string } | null>
}

/** Where the language model is and how it is reached; undefined where none is configured. */
export async function languageModelOptionsOf(
  config: Config,
  identity: Identity,
): Promise<Omit<LanguageModelOptions, 'realNow' | 'log'> | undefined> {
  const { LANGUAGE_MODEL: endpoint, LANGUAGE_MODEL_NAME: model, LANGUAGE_MODEL_HOURLY: hourly } = config
  if (endpoint === undefined) return undefined
  const file = config.LANGUAGE_MODEL_KEY
  const key = file === undefined ? undefined : (await readFile(file, 'utf8')).trim()
  return {
    endpoint: new URL(endpoint),
    ...(model === undefined ? {} : { model }),
    authorization: async () => `Bearer ${key ?? (await ownToken(identity))}`,
    patience,
    hourly,
    hourlyEach: Math.ceil(hourly / 10),
  }
}

async function ownToken(identity: Identity): Promise<string> {
  const token = await identity.getToken(scope)
  if (token === null) throw new Error('the bot’s identity gave no token for the language model')
  return token.token
}
