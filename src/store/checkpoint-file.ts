import { readFile } from 'node:fs/promises'
import { CheckpointLine } from './checkpoint-line.ts'

/** A checkpoint, or a line that is none. */
export type FileLine = CheckpointLine | 'unreadable'

/** @returns the file's lines in order, null when it is not there */
export async function readCheckpointFile(file: string): Promise<readonly FileLine[] | null> {
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
    .map(readLine)
}

function readLine(line: string): FileLine {
  try {
    return CheckpointLine.parse(JSON.parse(line))
  } catch {
    return 'unreadable'
  }
}
