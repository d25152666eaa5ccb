import { connect } from 'node:tls'
import { z } from 'zod'

// A process of strangers: connections that are kept open and on which one request after the other is refused, each as
// soon as the last is answered. They take turns in bringing no token, one that could be nobody's, and one in which nothing is
// wrong but the signature.

const Order = z.object({ url: z.string(), connections: z.number(), audience: z.string(), kid: z.string() })

let refused = 0
let otherwise = 0

process.on('message', (message) => {
  if (message === 'count') return void process.send?.({ refused, otherwise })
  const { url, connections, audience, kid } = Order.parse(message)
  const iss = 'https://api.botframework.com'
  const exp = Math.floor(Date.now() / 1000) + 3600
  const headers = ['', bearer('made-up', { iss }), bearer(kid, { iss, aud: audience, exp, serviceurl: 'https://x/' })]
  for (let each = 0; each < connections; each += 1) keepAsking(new URL(url), headers[each % headers.length] ?? '')
})
process.once('disconnect', () => process.exit(0))

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const bearer = (kid: string, claims: object): string =>
  `Authorization: Bearer ${part({ alg: 'RS256', kid })}.${part(claims)}.${'A'.repeat(342)}\r\n`

function keepAsking({ hostname, port }: URL, header: string): void {
  const request = `POST /api/messages HTTP/1.1\r\nHost: ${hostname}\r\n${header}Content-Length: 0\r\n\r\n`
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false })
  socket.setEncoding('latin1')
  let heard = ''
  socket.once('secureConnect', () => socket.write(request))
  socket.on('data', (chunk: string) => {
    heard += chunk
    if (!heard.endsWith('\r\n\r\n')) return
    if (heard.startsWith('HTTP/1.1 401 ')) refused += 1
    else otherwise += 1
    heard = ''
    socket.write(request)
  })
  // Whoever is cut off comes again.
  socket.once('close', () => void setTimeout(() => keepAsking(new URL(`https://${hostname}:${port}`), header), 100))
  socket.on('error', () => {})
}
