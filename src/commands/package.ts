import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import schema from '@microsoft/app-manifest/build/json-schemas/teams/v1.25/MicrosoftTeams.schema.json' with { type: 'json' }
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { zipSync } from 'fflate'
import { z } from 'zod'

// Makes the app package that an administrator uploads to Teams:
// npm run package -- --bot-app-id GUID --sso-app-id GUID --host latchkey.contoso.com [--out latchkey.zip]

/** What a deployment fills the manifest with. */
const Fill = z.object({
  'bot-app-id': z.guid('a GUID: the application id of the Azure Bot'),
  'sso-app-id': z.guid('a GUID: the application id of the sign-in app'),
  host: z
    .string()
    .regex(
      /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i,
      'the host name that serves the sign-in pages, such as latchkey.contoso.com, without scheme, port or path',
    ),
  version: z.string().regex(/^\d{1,5}(\.\d{1,5}){2}$/, 'three numbers with dots, such as 1.0.0'),
})
export type Fill = z.infer<typeof Fill>

/** The manifest template with its placeholders filled. @throws when one stays empty, or Teams' own schema objects. */
export function fillManifest(template: string, fill: Fill): Record<string, unknown> {
  const values: Readonly<Record<string, string>> = {
    BOT_APP_ID: fill['bot-app-id'].toLowerCase(),
    SSO_APP_ID: fill['sso-app-id'].toLowerCase(),
    HOST: fill.host.toLowerCase(),
    VERSION: fill.version,
  }
  const filled = template.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`nothing fills ${placeholder} in manifest/manifest.json`)
    return value
  })
  const manifest = z.record(z.string(), z.unknown()).parse(JSON.parse(filled))
  const problems = manifestProblems(manifest)
  if (problems.length > 0) throw new Error(`the manifest does not hold against its schema: ${problems.join('; ')}`)
  return manifest
}

/** What Microsoft's schema for this version of the manifest objects to; empty when it is valid. */
export function manifestProblems(manifest: Readonly<Record<string, unknown>>): string[] {
  if (manifest['manifestVersion'] !== '1.25') return ['/manifestVersion is not the one whose schema is at hand']
  // Teams writes draft 04, which ajv reads under no name; nothing in it means another thing to ajv than to Teams.
  const { $schema: _draft, ...rules } = schema
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const holds = ajv.compile(rules)
  return holds(manifest)
    ? []
    : (holds.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
}

/** The zip's bytes: manifest and both icons, side by side as Teams wants them. */
export function appPackage(folder: URL, fill: Fill): Uint8Array {
  const read = (name: string) => readFileSync(new URL(name, folder))
  const manifest = fillManifest(read('manifest.json').toString('utf8'), fill)
  return zipSync({
    'manifest.json': new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`),
    'color.png': read('color.png'),
    'outline.png': read('outline.png'),
  })
}

/** @returns what to fill in, or every argument that is missing or wrong, in words. */
export function readFill(
  args: readonly string[],
  version: string,
): { fill: Fill; out: string } | { problems: string[] } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'bot-app-id': { type: 'string' },
      'sso-app-id': { type: 'string' },
      host: { type: 'string' },
      version: { type: 'string', default: version },
      out: { type: 'string', default: 'latchkey.zip' },
    },
  })
  const parsed = Fill.safeParse(values)
  if (parsed.success) return { fill: parsed.data, out: values.out }
  return {
    problems: parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return Object.hasOwn(values, name) ? `--${name} must be ${message}` : `--${name} is missing`
    }),
  }
}

if (import.meta.main) {
  const root = new URL('../../', import.meta.url)
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')))
  const read = readFill(process.argv.slice(2), version)
  if ('problems' in read) {
    process.stderr.write(`${read.problems.join('\n')}\n`)
    process.exitCode = 1
  } else {
    writeFileSync(read.out, appPackage(new URL('manifest/', root), read.fill))
    process.stdout.write(`${read.out}: upload it in the Teams admin centre.\n`)
  }
}
