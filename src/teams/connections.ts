import type { Socket } from 'node:net'

/** Who is connected. There is always room for one more: the oldest over which no good token came makes it. */
export interface Connections {
  add(socket: Socket): void
  /** A good token came over it. */
  trust(socket: Socket): void
}

/** Teams comes with a few dozen; each costs some ten kilobytes, more with TLS. */
export const mostConnections = 1_000

export function openConnections(most = mostConnections): Connections {
  const strangers = new Map<string, Socket>()
  const trusted = new Set<string>()
  return {
    add(socket) {
      const name = nameOf(socket)
      const [oldest] = strangers.values()
      if (oldest !== undefined && strangers.size + trusted.size >= most) oldest.destroy()
      strangers.set(name, socket)
      socket.once('close', () => {
        // A name may be another's by now: ports come back.
        if (strangers.get(name) === socket) strangers.delete(name)
        trusted.delete(name)
      })
      // Its error is the other side's; whoever reads it is told by its end.
      socket.on('error', () => {})
    },
    trust(socket) {
      const name = nameOf(socket)
      if (strangers.delete(name)) trusted.add(name)
    },
  }
}

/** The same for a TCP connection and for the TLS within it. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`
