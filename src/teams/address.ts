import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/**
 * Whose request this is, as far as an address says so: the one that the outermost of our own proxies saw.
 * @param trustedProxies how many of ours stand in between, each adding whom it saw to `X-Forwarded-For`. What stands
 *   further to the left in it was written by whoever asks, and is not read.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const seen = [
    ...(request.headers['x-forwarded-for']?.toString().split(',') ?? []),
    request.socket.remoteAddress ?? '',
  ]
  return network(withoutPort((seen.at(-1 - trustedProxies) ?? seen[0] ?? '').trim().slice(0, 100)))
}

/** Some proxies write the port as well, which differs with every connection. */
const withoutPort = (address: string): string =>
  address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')

/** Whoever has one IPv6 address has the 2^64 beside it too. */
function network(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const behind = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - groups.length - behind.length }, () => '0')
  return [...groups, ...zeros, ...behind].slice(0, 4).join(':')
}
