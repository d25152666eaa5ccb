import { z } from 'zod'

// The only reader of the environment. Every setting is here, with what it is for: README's table is made from this.

const Origin = z.url({ protocol: /^https$/ }).transform((url) => url.replace(/\/+$/, ''))
const Flag = z.enum(['yes', 'no']).transform((word) => word === 'yes')
// Entra writes ids in small letters, and ids are compared as they stand.
const Id = z.uuid().toLowerCase()
const Port = z.coerce.number().int().min(0).max(65_535)

// What people write goes there: in the clear only as far as this machine.
const ModelEndpoint = z
  .url({ protocol: /^https?$/ })
  .refine((url) => url.startsWith('https:') || ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname))

const setting = <Schema extends z.ZodType>(schema: Schema, about: string, fallback?: string) => ({
  schema,
  about,
  fallback,
})

/** The settings of a real tenant, in the order in which somebody would fill them in. */
export const settings = {
  TENANT_ID: setting(Id, 'the Entra tenant that this deployment serves; every other is refused'),
  BOT_APP_ID: setting(Id, 'application id of the bot: the channel, and the read-only identity at Graph'),
  SSO_APP_ID: setting(Id, 'application id of the sign-in app, which exposes `access_as_user`'),
  BOT_IDENTITY: setting(
    z.enum(['managed', 'workload', 'certificate', 'secret']),
    'how the bot proves to be itself: managed identity, workload identity federation, `BOT_CERTIFICATE`, or `BOT_SECRET`',
    'managed',
  ),
  BOT_CERTIFICATE: setting(z.string().optional(), 'path of a PEM with certificate and private key'),
  BOT_SECRET: setting(z.string().optional(), 'client secret; refused unless `ALLOW_SECRETS=yes`'),
  SSO_IDENTITY: setting(
    z.enum(['managed', 'certificate', 'secret']),
    'how the sign-in app proves to be itself: federated with the managed identity, `SSO_CERTIFICATE`, or `SSO_SECRET`',
    'managed',
  ),
  SSO_CERTIFICATE: setting(z.string().optional(), 'path of a PEM with certificate and private key'),
  SSO_SECRET: setting(z.string().optional(), 'client secret; refused unless `ALLOW_SECRETS=yes`'),
  ALLOW_SECRETS: setting(Flag, '`yes` accepts client secrets, which can leak where the other proofs cannot', 'no'),
  PUBLIC_URL: setting(Origin, 'https origin under which Teams reaches the bot and people its sign-in page'),
  DATABASE_URL: setting(
    z.url({ protocol: /^postgres(ql)?$/ }),
    "PostgreSQL 15 or later, signed in with the bot's own role",
  ),
  LATCHKEY_JOURNAL_KEY: setting(
    z.string(),
    'path of the Ed25519 private key (PEM) that signs the journal; one for all replicas',
  ),
  LATCHKEY_JOURNAL_FORMER_KEYS: setting(
    z.string().optional(),
    'folder with the public keys (PEM) that signed the journal before this one',
  ),
  LATCHKEY_CATALOGUE: setting(z.string(), 'folder of the catalogue; read at start'),
  LATCHKEY_CHECKPOINTS: setting(
    z.string().optional(),
    'file outside the database to which this replica appends signed checkpoints; `npm run verify-journal` takes those of several, separated by commas',
  ),
  PORT: setting(Port, 'where the bot listens', '3978'),
  LISTEN_ADDRESS: setting(z.string(), 'on which address', '0.0.0.0'),
  TRUSTED_PROXIES: setting(
    z.coerce.number().int().min(0).max(10),
    'how many proxies of yours stand before the bot, each adding whom it saw to `X-Forwarded-For`; 0 reads no such header',
    '0',
  ),
  TLS_CERTIFICATE: setting(
    z.string().optional(),
    'path of a PEM; without it the bot speaks http behind a proxy that does TLS',
  ),
  TLS_KEY: setting(z.string().optional(), 'path of the PEM with its key'),
  AUTHORITY: setting(Origin, 'where Entra signs in', 'https://login.microsoftonline.com'),
  GRAPH: setting(Origin, 'where Microsoft Graph answers', 'https://graph.microsoft.com'),
  ARM: setting(Origin, 'where Azure Resource Manager answers', 'https://management.azure.com'),
  CHANNEL_METADATA: setting(
    z.url({ protocol: /^https$/ }),
    "the Bot Connector's OpenID metadata",
    'https://login.botframework.com/v1/.well-known/openidconfiguration',
  ),
  SERVICE_URL_HOSTS: setting(
    z.string().transform((list) => list.split(',').map((host) => host.trim())),
    'hosts to which the bot may send, separated by commas',
    'smba.trafficmanager.net,smba.infra.gcc.teams.microsoft.com,smba.infra.gov.teams.microsoft.us',
  ),
  LANGUAGE_MODEL: setting(
    ModelEndpoint.optional(),
    'a chat-completions endpoint (Azure OpenAI or compatible, query included) that reads messages as well; without it none is asked',
  ),
  LANGUAGE_MODEL_NAME: setting(z.string().optional(), 'which model, where the endpoint serves several'),
  LANGUAGE_MODEL_KEY: setting(
    z.string().optional(),
    "path of a file with the endpoint's key; without it the bot's own identity is used, as Azure OpenAI takes it",
  ),
  LANGUAGE_MODEL_HOURLY: setting(
    z.coerce.number().int().positive(),
    'the most messages an hour that it reads, a tenth of them for one person',
    '600',
  ),
  PERSON_PER_MINUTE: setting(
    z.coerce.number().int().min(10),
    'the most messages of one person that a replica reads in a minute, and as many taps, searches and sign-ins',
    '300',
  ),
  LOG_LEVEL: setting(
    z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    'what is logged, one JSON line each',
    'info',
  ),
} as const

type Name = keyof typeof settings
export type Config = { readonly [Key in Name]: z.infer<(typeof settings)[Key]['schema']> }

export type Environment = Readonly<Record<string, string | undefined>>

/** The settings that the demo has too: their presence does not make a configuration. */
const demosToo = new Set<string>(['PORT', 'LATCHKEY_CATALOGUE', 'PERSON_PER_MINUTE', 'LOG_LEVEL'])

/** Which settings of a real tenant are present; the demo starts only when none is. */
export const present = (env: Environment): readonly string[] =>
  Object.keys(settings).filter((name) => !demosToo.has(name) && given(env, name) !== undefined)

const given = (env: Environment, name: string): string | undefined => {
  const value = env[name]
  return value === undefined || value.trim() === '' ? undefined : value
}

/** What is wrong with a configuration, every setting by name. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the settings of a real tenant. Nothing that grants, lengthens or hides access has a silent default.
 * @throws {ConfigError} naming every setting that is missing or malformed.
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const values = Object.entries(settings).map(([name, { schema, about, fallback }]) => {
    const text = given(env, name) ?? fallback
    const parsed = schema.safeParse(text)
    if (!parsed.success) {
      problems.push(text === undefined ? `${name} is missing: ${about}` : `${name} is not usable: ${about}`)
    }
    return [name, parsed.data] as const
  })
  // The schemas above are what gives each entry its type.
  const config = Object.fromEntries(values) as unknown as Config
  problems.push(...proofProblems(config), ...pairProblems(config), ...modelProblems(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function proofProblems(config: Config): string[] {
  const problems: string[] = []
  for (const app of ['BOT', 'SSO'] as const) {
    const identity = config[`${app}_IDENTITY`]
    if (identity === 'certificate' && config[`${app}_CERTIFICATE`] === undefined) {
      problems.push(`${app}_CERTIFICATE is missing: ${app}_IDENTITY=certificate needs it`)
    }
    if (identity !== 'secret') continue
    if (config[`${app}_SECRET`] === undefined)
      problems.push(`${app}_SECRET is missing: ${app}_IDENTITY=secret needs it`)
    if (config.ALLOW_SECRETS === false) {
      problems.push(`ALLOW_SECRETS must be yes for ${app}_IDENTITY=secret; a managed identity needs no secret`)
    }
  }
  return problems
}

const pairProblems = ({ TLS_CERTIFICATE: certificate, TLS_KEY: key }: Config): string[] =>
  (certificate === undefined) === (key === undefined)
    ? []
    : ['TLS_CERTIFICATE and TLS_KEY go together: give both or neither']

const modelProblems = (config: Config): string[] =>
  (['LANGUAGE_MODEL_NAME', 'LANGUAGE_MODEL_KEY'] as const)
    .filter((name) => config.LANGUAGE_MODEL === undefined && config[name] !== undefined)
    .map((name) => `LANGUAGE_MODEL is missing: ${name} says something of it`)

/** README's table of settings, a row each. */
export const settingsTable = (): string =>
  [
    '| setting | what it is | when absent |',
    '|---|---|---|',
    ...Object.entries(settings).map(([name, { schema, about, fallback }]) => {
      const absent =
        fallback === undefined ? (schema.safeParse(undefined).success ? '–' : 'required') : `\`${fallback}\``
      return `| \`${name}\` | ${about} | ${absent} |`
    }),
  ].join('\n')

/** The demo's own settings. */
const DemoSettings = z.object({
  PORT: Port.optional(),
  LATCHKEY_DATA: z.string().default('.latchkey'),
  LATCHKEY_DEMO_NOW: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  LATCHKEY_DEMO_BOTS: z.coerce.number().int().min(1).max(8).default(1),
  LATCHKEY_CATALOGUE: z.string().optional(),
  PERSON_PER_MINUTE: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
})
export type DemoConfig = z.infer<typeof DemoSettings>

export function readDemoConfig(env: Environment): DemoConfig {
  const filled = Object.fromEntries(Object.entries(env).filter(([name]) => given(env, name) !== undefined))
  const parsed = DemoSettings.safeParse(filled)
  if (parsed.success) return parsed.data
  throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
}

/** What `npm run migrate` needs. */
export function readMigrateConfig(env: Environment): { readonly adminUrl: string } {
  const adminUrl = given(env, 'DATABASE_ADMIN_URL')
  if (adminUrl !== undefined) return { adminUrl }
  throw new ConfigError(['DATABASE_ADMIN_URL is missing: a role that owns the database and may create roles'])
}

/** What `npm run verify-journal` needs: a public key is enough. */
export function readVerifyConfig(env: Environment) {
  const problems = ['DATABASE_URL', 'LATCHKEY_JOURNAL_KEY']
    .filter((name) => given(env, name) === undefined)
    .map(
      (name) =>
        `${name} is missing: ${name === 'DATABASE_URL' ? 'the database to read' : 'path of the PEM with the public or private key'}`,
    )
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    databaseUrl: given(env, 'DATABASE_URL') ?? '',
    keyFile: given(env, 'LATCHKEY_JOURNAL_KEY') ?? '',
    formerKeys: given(env, 'LATCHKEY_JOURNAL_FORMER_KEYS'),
    /** One of each replica, separated by commas. */
    checkpointFiles: given(env, 'LATCHKEY_CHECKPOINTS')
      ?.split(',')
      .map((file) => file.trim())
      .filter((file) => file !== ''),
  }
}

/** The one place that touches `process.env`. */
export const environment = (): Environment => process.env
