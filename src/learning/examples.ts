import { readdir, readFile } from 'node:fs/promises'
import { type AskContext, type Intent, intents } from '../ask/ask.ts'
import { partsOf } from '../ask/parts.ts'
import { featuresOf } from '../ask/intent/features.ts'
import type { Example } from './regression.ts'

const folder = new URL('messages/', import.meta.url)

/** What `messages/` holds: a file for each intent, a message a line; `⏎` stands for the end of a line in a message. */
export async function readMessages(): Promise<readonly { readonly intent: Intent; readonly text: string }[]> {
  const files = new Set(await readdir(folder))
  const read = await Promise.all(
    intents.map(async (intent) => {
      const name = `${intent}.txt`
      if (!files.delete(name)) throw new Error(`There are no messages to learn ${intent} from: ${folder}${name}`)
      const lines = (await readFile(new URL(name, folder), 'utf8')).split('\n')
      return lines.filter((line) => line.trim() !== '').map((line) => ({ intent, text: line.replaceAll('⏎', '\n') }))
    }),
  )
  const [stray] = files
  if (stray !== undefined) throw new Error(`${stray} in ${folder} is named after no intent`)
  return read.flat()
}

/** @param context the catalogue and people that the messages name. */
export const examplesFrom = (
  messages: readonly { readonly intent: Intent; readonly text: string }[],
  context: AskContext,
): readonly Example[] =>
  messages.map(({ intent, text }) => {
    const parts = partsOf(text, context)
    return { intent, features: featuresOf(parts.text, parts.sentences) }
  })
