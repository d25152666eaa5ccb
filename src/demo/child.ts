import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { enableCompileCache } from 'node:module'
import { z } from 'zod'

const Told = z.looseObject({ type: z.string(), id: z.unknown().optional() })
export type Told = z.infer<typeof Told>

/** A third of a process's start is reading what it read at the last one: the demo starts its bots anew at every reset. */
const compiled = enableCompileCache().directory

/** A process of the demo, spoken to over its IPC channel. */
export interface Child {
  readonly pid: number
  readonly alive: () => boolean
  send(message: object): void
  /** Sends a message with an id and waits for the one that carries it back. Rejects when the process ends first. */
  ask(message: object): Promise<Told>
  /** Waits for the next message of a type. Rejects when the process ends first. */
  next(type: string): Promise<Told>
  /** Ends it and waits until it has ended; an ordered end is not an accident. */
  end(signal: NodeJS.Signals): Promise<void>
}

/**
 * Starts a process of the demo.
 * @param onMessage what it says that nobody waits for.
 * @param onAccident it ended without having been told to.
 */
export function startChild(options: {
  readonly module: URL
  readonly args?: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly onMessage: (told: Told) => void
  readonly onAccident: (how: string) => void
}): Child {
  const child: ChildProcess = fork(options.module, options.args ?? [], {
    env: { ...options.env, ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled }) },
    // The chat page's TypeScript is stripped by Node, which says each time that this is new.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // What it logs is for whoever looks; standard output belongs to the demo's own lines.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${options.module.pathname} could not be started`)
  let ordered = false
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve()
      const how = signal === null ? `exit status ${code}` : `signal ${signal}`
      for (const wait of waiting) wait.reject(new Error(`process ${pid} ended (${how}) before it answered`))
      if (!ordered) options.onAccident(how)
    })
  })
  const waiting = new Set<{
    readonly wants: (told: Told) => boolean
    resolve(told: Told): void
    reject(error: Error): void
  }>()
  child.on('message', (message) => {
    const told = Told.parse(message)
    const wait = [...waiting].find((each) => each.wants(told))
    if (wait === undefined) options.onMessage(told)
    else wait.resolve(told)
  })
  const until = (wants: (told: Told) => boolean): Promise<Told> => {
    const { promise, resolve, reject } = Promise.withResolvers<Told>()
    const wait = { wants, resolve, reject }
    waiting.add(wait)
    return promise.finally(() => waiting.delete(wait))
  }
  const alive = () => child.exitCode === null && child.signalCode === null

  return {
    pid,
    alive,
    send: (message) => void (alive() && child.send(message, () => {})),
    ask(message) {
      const id = randomUUID()
      const answered = until((told) => told.id === id)
      // A process just killed may have closed its channel already; its exit tells whoever waits.
      child.send({ ...message, id }, () => {})
      return answered
    },
    next: (type) => until((told) => told.type === type),
    async end(signal) {
      ordered = true
      if (alive()) child.kill(signal)
      await ended
    },
  }
}
