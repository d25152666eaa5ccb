import type { Duration } from '../time.ts'

/** What was begun and goes on after Teams was answered, so that a process that stops can wait for it. */
export interface UnderWay {
  track<Value>(work: Promise<Value>): Promise<Value>
  settled(): Promise<void>
}

export function openUnderWay(): UnderWay {
  const works = new Set<Promise<unknown>>()
  return {
    track(work) {
      works.add(work)
      const forget = () => void works.delete(work)
      work.then(forget, forget)
      return work
    },
    async settled() {
      while (works.size > 0) await Promise.allSettled(works)
    },
  }
}

/** The value, or `late` when it is not there after `budget` of real time; the work goes on either way. */
export async function within<Value>(budget: Duration, work: Promise<Value>): Promise<Value | 'late'> {
  const { promise, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), budget)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
