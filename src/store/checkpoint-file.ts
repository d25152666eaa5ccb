import { readFile } from 'node:fs/promises'
import { CheckpointLine } from './checkpoint.ts'

/** @returns the file's lines in order, null when it is not there; a line that is no checkpoint by its number from 1 */
export async function readCheckpointFile(
  file: string,
): Promise<readonly (CheckpointLine | { readonly unreadable: number })[] | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => readLine(line) ?? { unreadable: index + 1 })
}

function readLine(line: string): CheckpointLine | undefined {
  try {
    return CheckpointLine.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
