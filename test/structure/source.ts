import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

// The source as its imports tell it, for the tests of its shape.

export const root = resolve(import.meta.dirname, '../..')
const src = join(root, 'src')

/** Every TypeScript file under src/, as a path from there. */
export const files: readonly string[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted()

export const textOf = (file: string): string => readFileSync(join(src, file), 'utf8')

/** A file's code without its comments. */
export const codeOf = (file: string): string =>
  textOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')

export interface Import {
  readonly from: string
  /** Of a file of ours, its path under src/; of a package, its name. */
  readonly to: string
  readonly ours: boolean
  readonly typesOnly: boolean
  /** Not imported: started as a process of its own. */
  readonly started: boolean
}

const importing =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'"`;]*?\bfrom '([^']+)'|(?:^|\n)import '([^']+)'|\bimport\('([^']+)'\)|new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g

const packageName = (specifier: string): string =>
  specifier.startsWith('node:')
    ? 'node'
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')

export const imports: readonly Import[] = files.flatMap((from) =>
  [...codeOf(from).matchAll(importing)].map(([, type, named, bare, dynamic, started]) => {
    const to = named ?? bare ?? dynamic ?? started ?? ''
    const ours = to.startsWith('.')
    return {
      from,
      to: ours ? relative(src, resolve(src, dirname(from), to)).replaceAll('\\', '/') : packageName(to),
      ours,
      typesOnly: type !== undefined,
      started: started !== undefined,
    }
  }),
)

/** The folder a file lives in, or its own name at the top; `cards` for the templates beside src/. */
export const roomOf = (file: string): string => file.replace(/^\.\.\//, '').split('/')[0] ?? file

const parents = new Set(files.map((file) => dirname(dirname(file))))

/** The folder a file lives in; a file that lies beside folders is a place of its own. */
export const folderOf = (file: string): string => (parents.has(dirname(file)) ? file : dirname(file))

/** Places that import one another in a circle, the first one again at the end; empty where there is none. */
export function circleIn(arrows: readonly (readonly [string, string])[]): readonly string[] {
  const to = Map.groupBy(arrows, ([from]) => from)
  const done = new Set<string>()
  const walk = (place: string, way: readonly string[]): readonly string[] => {
    if (way.includes(place)) return [...way.slice(way.indexOf(place)), place]
    if (done.has(place)) return []
    for (const [, next] of to.get(place) ?? []) {
      const circle = walk(next, [...way, place])
      if (circle.length > 0) return circle
    }
    done.add(place)
    return []
  }
  for (const place of to.keys()) {
    const circle = walk(place, [])
    if (circle.length > 0) return circle
  }
  return []
}
