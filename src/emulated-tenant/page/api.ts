// The page's only way to the demo: the HTTP API beside it.

export type Person = { id: string; name: string; title: string; reachable: boolean; timeZone: string }
export type Conversation = { id: string; type: 'personal' | 'groupChat' | 'channel'; name: string }
export type Card = Record<string, unknown>
export type Message = {
  id: string
  sequence: number
  conversation: string
  from: string
  text?: string
  card?: Card
  summary?: string
  signIn?: string
  failed?: string
  deleted?: boolean
  at: string
  editedAt?: string
  alert: boolean
}
export type Answer = {
  http: number
  status: number | null
  type: string | null
  value: unknown
  error?: string
  signIn?: string
}
export type Choice = { title: string; value: string }
export type Press = { title: string; inputs: object } | { verb: string; data: object }
export type Held = { person: string; entitlement: string; start: string; end: string | null }
export type Filed = {
  id: string
  person: string
  entitlement: string
  status: string
  duration: string | null
  justification: string | null
}
export type Tenant = { eligibilities: Held[]; activations: Held[]; requests: Filed[] }

/** Sends a call and reads its answer. Throws an Error that says what the other side said. */
async function call<T>(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  const init = body
    ? { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : { method }
  const response = await fetch(path, init)
  if (!response.ok) {
    const text = await response.text()
    throw new Error(sentence(text) ?? `${method} ${path} answered ${response.status}`)
  }
  return (response.status === 204 ? undefined : await response.json()) as T // the shapes are the server's promise
}

function sentence(text: string): string | undefined {
  try {
    const body = JSON.parse(text)
    return typeof body.error === 'string' ? body.error : JSON.stringify(body)
  } catch {
    return text === '' ? undefined : text
  }
}

export const listPeople = () => call<Person[]>('/api/people')
export const listConversations = (person: string) => call<Conversation[]>(`/api/people/${person}/conversations`)
export const say = (person: string, text: string, conversation: string, channel: boolean) =>
  call<{ id: string }>(`/api/people/${person}/messages`, {
    text,
    conversation,
    ...(channel ? { mentions: ['bot'] } : {}),
  })
export const openConversation = (person: string, opened: { type: string; name: string; members: string[] }) =>
  call<{ id: string }>(`/api/people/${person}/conversations`, opened)
export const press = (person: string, message: string, action: Press) =>
  call<Answer>(`/api/people/${person}/messages/${message}/actions`, action)
/** What an input of a card offers for what was typed. Throws what Teams says where the bot gave no choices. */
export async function search(person: string, message: string, dataset: string, queryText: string): Promise<Choice[]> {
  const path = `/api/people/${person}/search`
  const { choices, error } = await call<{ choices: Choice[]; error?: string }>(path, { message, dataset, queryText })
  if (error !== undefined) throw new Error(error)
  return choices
}
export const comeIntoView = (person: string, message: string) =>
  call<Answer | undefined>(`/api/people/${person}/messages/${message}/view`, {})
/** Gives the bot what a sign-in page handed to Teams. */
export const signedIn = (person: string, state: string) => call<Answer>(`/api/people/${person}/sign-in`, { state })
export const readTenant = () => call<Tenant>('/api/tenant')
export const readClock = () => call<{ now: string }>('/api/clock')
export const advanceClock = (advance: string) => call<object>('/api/clock', { advance })
export const reset = () => call<object>('/api/reset', {})

/** What is new to this person; `epoch` changes when the chats began anew. Waits on the server for up to `wait`. */
export async function listMessages(person: string, after: number, wait: string | undefined, signal: AbortSignal) {
  const query = new URLSearchParams({ after: String(after), ...(wait ? { wait } : {}) })
  const response = await fetch(`/api/people/${person}/messages?${query}`, { signal })
  if (!response.ok) throw new Error(`Reading messages answered ${response.status}`)
  const messages = (await response.json()) as Message[] // the shape is the server's promise
  return { messages, epoch: response.headers.get('chat-epoch') }
}
