import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

// Something on loopback that speaks the wire format of chat completions, and says what a test wants said.

export const Sent = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ strict: z.literal(true), schema: z.looseObject({}) }),
  }),
  temperature: z.literal(0),
  model: z.string().optional(),
})

type Answer = (response: ServerResponse, request: IncomingMessage) => void

export interface StandIn extends AsyncDisposable {
  readonly endpoint: URL
  readonly calls: { readonly body: z.infer<typeof Sent>; readonly authorization: string | undefined }[]
  answer: Answer
}

/** An answer in the shape of POST /chat/completions. */
export const completion =
  (message: object, finish_reason = 'stop'): Answer =>
  (response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ id: 'chatcmpl-1', choices: [{ index: 0, finish_reason, message }] }))
  }

export const nothingSaid = {
  intent: 'none',
  entitlements: [],
  each: false,
  duration: null,
  start: null,
  justification: null,
  ticket: null,
  beneficiary: null,
  person: null,
}

export const says = (said: object): Answer =>
  completion({ role: 'assistant', content: JSON.stringify({ ...nothingSaid, ...said }), refusal: null })

export const fails =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end('{"error":{"message":"no"}}')

export async function openStandIn(): Promise<StandIn> {
  const calls: StandIn['calls'] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    calls.push({ body: Sent.parse(JSON.parse(text)), authorization: request.headers.authorization })
    standIn.answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo
  const standIn: StandIn = {
    endpoint: new URL(`http://127.0.0.1:${port}/openai/deployments/reader/chat/completions?api-version=2024-10-21`),
    calls,
    answer: says({}),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return standIn
}
