import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse, type Result } from '../result.ts'
import { parseCatalogue } from './catalogue.ts'
import type { Catalogue } from './entitlement.ts'
import type { Mistake } from './mistake.ts'

/** The catalogue in a folder's `*.yaml` and `*.yml`, or every mistake in them; a folder that cannot be read is one. */
export async function readCatalogue(folder: string): Promise<Result<Catalogue, readonly Mistake[]>> {
  try {
    const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name))
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    const read = async (name: string) => ({ name, text: decoder.decode(await readFile(join(folder, name))) })
    return parseCatalogue(await Promise.all(names.map(read)))
  } catch (error) {
    const problem = `the catalogue cannot be read: ${error instanceof Error ? error.message : String(error)}`
    return refuse([{ file: folder, line: 1, problem, mend: 'name a folder of UTF-8 YAML files that can be read' }])
  }
}
