import * as api from './api.ts'

type Follower = {
  /** Whether a request may wait on the server: browsers open few connections to a host. */
  mayWait: () => boolean
  onReset: () => void
  /** `isNews`: came after the first look, so it is new to whoever watches. */
  onMessage: (message: api.Message, isNews: boolean) => void
}

const pauseMs = 2000

/** Reads what one person sees, now and from now on, until the signal; a server that is away is asked again. */
export async function followMessages(person: string, signal: AbortSignal, follower: Follower): Promise<void> {
  let after = 0
  let epoch: string | null = null
  while (!signal.aborted) {
    const first = epoch === null
    const wait = !first && follower.mayWait() ? 'PT25S' : undefined
    try {
      const news = await api.listMessages(person, after, wait, signal)
      if (signal.aborted) return
      if (!first && news.epoch !== epoch) follower.onReset()
      epoch = news.epoch
      for (const message of news.messages) {
        after = Math.max(after, message.sequence)
        follower.onMessage(message, !first)
      }
      if (!first && wait === undefined) await pause()
    } catch {
      if (!signal.aborted) await pause()
    }
  }
}

function pause(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  setTimeout(resolve, pauseMs)
  return promise
}
