import { z } from 'zod'
import { refuse, ok, type Result } from '../result.ts'
import { wellFormed } from '../text.ts'

export const cardVerbs = [
  'submit',
  'discard',
  'withdraw',
  'activate',
  'end',
  'let-end',
  'check',
  'approve',
  'deny',
  'open',
  'approve-shorter',
  'ask',
  'answer',
  'claim',
] as const
type CardVerb = (typeof cardVerbs)[number]

/** A tap on a card, as the client reports it: which record and which form of it, and what was typed. None of it is proof. */
export interface CardAction {
  readonly verb: CardVerb
  /** A draft's or a request's id; opaque here. */
  readonly id: string
  readonly revision: number
  readonly inputs: {
    /** ISO 8601, or whatever else was sent. */
    readonly duration?: string
    readonly justification?: string
    readonly ticket?: string
    readonly comment?: string
    readonly question?: string
    readonly answer?: string
    readonly entitlement?: string
    /** By the names of a kind's own inputs. */
    readonly more?: Readonly<Record<string, string>>
  }
  /** The SSO token, where Teams repeats the tap with one. */
  readonly auth?: { readonly token: string }
  /** What `auth-end` handed to the client, where Teams repeats the tap after a sign-in page. */
  readonly state?: string
  readonly trigger: 'manual' | 'automatic'
}

/** `unknown-verb` is a card newer or older than this version; `malformed` is no card of ours. */
export type UnreadableAction =
  | { readonly kind: 'unknown-verb'; readonly verb: string }
  | { readonly kind: 'malformed'; readonly where: readonly string[] }

// Clients send an untouched optional input as "" or not at all.
const typed = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform((text) => wellFormed(text).trim())
    .exactOptional()

/** `value` of the invoke `adaptiveCard/action`; Teams merges the inputs into the action's own data. */
const ActionValue = z.object({
  action: z.object({
    type: z.literal('Action.Execute'),
    verb: z.string().max(40),
    data: z.looseObject({
      // Nothing that we ever wrote has another character in it, and some of them no database takes.
      id: z.string().regex(/^[\w.:-]{1,100}$/),
      revision: z.int().nonnegative(),
      duration: typed(60),
      justification: typed(4000),
      ticket: typed(200),
      comment: typed(4000),
      question: typed(4000),
      answer: typed(4000),
      entitlement: typed(200),
    }),
  }),
  authentication: z.object({ token: z.string().min(1).max(20_000) }).nullish(),
  state: z.string().min(1).max(2000).transform(wellFormed).nullish(),
  trigger: z.enum(['manual', 'automatic']).catch('manual'),
})

const isVerb = (verb: string): verb is CardVerb => cardVerbs.some((known) => known === verb)

/** A kind's own inputs stand on a card with this before their names. */
export const ownInput = 'in_'
const mostInputs = 20
const longestInput = 4000

/** Of a kind's own inputs, those with a name and a size that one could have. */
function moreInputs(data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const inputs = Object.entries(data).flatMap(([key, value]): (readonly [string, string])[] =>
    /^in_[a-zA-Z][a-zA-Z0-9-]{0,60}$/.test(key) && typeof value === 'string' && value.length <= longestInput
      ? [[key.slice(ownInput.length), wellFormed(value).trim()]]
      : [],
  )
  return Object.fromEntries(inputs.slice(0, mostInputs))
}

/** Reads what came back from a card. Sizes are bounded, and what is not an input of ours is dropped. */
export function parseAction(value: unknown): Result<CardAction, UnreadableAction> {
  const parsed = ActionValue.safeParse(value)
  if (!parsed.success) {
    const where = parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`)
    return refuse({ kind: 'malformed', where })
  }
  const { action, authentication, state, trigger } = parsed.data
  const { id, revision, duration, justification, ticket, comment, question, answer, entitlement, ...rest } = action.data
  const own = { duration, justification, ticket, comment, question, answer, entitlement }
  const given = Object.entries(own).filter(([, text]) => text !== undefined)
  const more = moreInputs(rest)
  const inputs: CardAction['inputs'] = {
    ...Object.fromEntries(given),
    ...(Object.keys(more).length === 0 ? {} : { more }),
  }
  if (!isVerb(action.verb)) return refuse({ kind: 'unknown-verb', verb: action.verb })
  return ok({
    verb: action.verb,
    id,
    revision,
    inputs,
    ...(authentication ? { auth: { token: authentication.token } } : {}),
    ...(state ? { state } : {}),
    trigger,
  })
}
