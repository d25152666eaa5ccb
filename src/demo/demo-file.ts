import { readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { writeSecret } from './secret-file.ts'

/** Where a running demo is, for commands that look at it: the bot's own environment, secrets included. */
const DemoFile = z.object({
  /** Origin of the chat page; `/api/clock` there tells the product time. */
  chat: z.string(),
  environment: z.record(z.string(), z.string()),
})
export type DemoFile = z.infer<typeof DemoFile>

const fileIn = (dataFolder: string): string => join(resolve(dataFolder), 'demo.json')

/** Leaves the file for others of this account to find, in place of one that a killed demo left behind. */
export async function leaveDemoFile(dataFolder: string, demo: DemoFile): Promise<void> {
  await removeDemoFile(dataFolder)
  await writeSecret(fileIn(dataFolder), JSON.stringify(demo))
}

export const removeDemoFile = (dataFolder: string): Promise<void> => rm(fileIn(dataFolder), { force: true })

const Clock = z.object({ now: z.iso.datetime().transform((text) => new Date(text)) })

/** @returns the demo that runs on a data folder, and its product time; undefined where none answers. */
export async function runningDemo(dataFolder: string): Promise<(DemoFile & { readonly now: Date }) | undefined> {
  try {
    const demo = DemoFile.parse(JSON.parse(await readFile(fileIn(dataFolder), 'utf8')))
    const answer = await fetch(new URL('/api/clock', demo.chat), { signal: AbortSignal.timeout(5000) })
    return { ...demo, now: Clock.parse(await answer.json()).now }
  } catch {
    // No file, or one that a killed demo left: nothing runs there either way.
    return undefined
  }
}
