import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CannotStart } from './cannot-start.ts'
import { removeDemoFile, runningDemo } from './demo-file.ts'
import { commandLine } from './postmaster.ts'

/**
 * Claims a data folder for this process before anything else is written there, so that a second start cannot replace
 * the certificates, or the database, under a demo that runs. A claim whose process is gone is taken over.
 * @throws {CannotStart} when another demo has the folder, with its address where it answers already
 */
export async function claimFolder(dataFolder: string): Promise<AsyncDisposable> {
  const file = join(resolve(dataFolder), 'demo.pid')
  const own = `${file}.${process.pid}`
  await writeFile(own, String(process.pid))
  try {
    while (!(await linked(own, file))) {
      const holder = await readFile(file, 'utf8').catch(() => undefined)
      if (holder === undefined) continue // it was given up between the two calls
      if (await isDemo(Number(holder))) throw new CannotStart(await heldBy(dataFolder, holder))
      await giveUp(file, holder)
    }
  } finally {
    await rm(own, { force: true })
  }
  // The address that a killed demo left there is nobody's.
  await removeDemoFile(dataFolder)
  return { [Symbol.asyncDispose]: () => giveUp(file, String(process.pid)) }
}

/** Of two processes that link at once, one succeeds. */
const linked = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
      throw error
    },
  )

/** Process numbers are given out again, in a container soon and always the same ones. */
const isDemo = async (pid: number): Promise<boolean> =>
  pid !== process.pid && /\bdemo\.ts\b/.test(await commandLine(pid))

/** Removes the claim of `holder` and no other: another starter may have put its own there meanwhile. */
async function giveUp(file: string, holder: string): Promise<void> {
  const aside = `${file}.${process.pid}.old`
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await readFile(aside, 'utf8')) !== holder) await linked(aside, file)
  await rm(aside, { force: true })
}

async function heldBy(dataFolder: string, pid: string): Promise<string> {
  const folder = resolve(dataFolder)
  const demo = await runningDemo(dataFolder)
  const who =
    demo === undefined
      ? `Another demo (process ${pid}) is starting on the data folder ${folder}`
      : `A demo runs on the data folder ${folder} already: ${demo.chat}`
  return `${who}. Use that one, end it with Ctrl-C, or set LATCHKEY_DATA to another folder for a second one.`
}
