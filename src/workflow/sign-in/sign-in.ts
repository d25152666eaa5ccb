import { createHash, createHmac } from 'node:crypto'
import { refuse, ok, type Result } from '../../result.ts'
import type { PersonId } from '../../people.ts'
import { addTime, minutes } from '../../time.ts'
import type {
  Browser,
  Heard,
  NotSignedIn,
  Proof,
  SignInAnswer,
  SignInEnd,
  SignInReturn,
  TapAnswer,
  Tapped,
} from '../ports/incoming.ts'
import { missingConsent } from '../../request/consent.ts'
import type { Edges } from '../ports/ports.ts'
import type { SignedIn } from '../ports/sign-in-page.ts'
import type { SignInAsked } from '../ports/memory.ts'
import { loadRequest } from '../record/record.ts'
import { requestNamed } from '../record/record-id.ts'
import { freeze, outcomeOf, type SignInOutcome, thaw } from './sign-in-outcome.ts'

export type UnprovenTap = Omit<Tapped, 'proof'>

/** What is done with what waited for the sign-in. */
export interface AfterSignIn {
  /** Carries out the tap, and shows what came of it on the card: the person may be looking at another window. */
  act(tapped: Tapped): Promise<TapAnswer>
  /** What the person sees now of what they tapped on, acting on nothing. */
  show(tap: UnprovenTap, refused: Extract<SignInOutcome, { came: 'acted' }>['refused']): Promise<TapAnswer>
  /** Hears the message again, with the proof it lacked. */
  resume(message: Heard, proof: Proof): Promise<void>
}

type Asking = Pick<Edges, 'signIns' | 'catalogue' | 'realNow'>

/** Real clock: how long somebody may take to find their second factor. */
const goodFor = minutes(10)

/** Where nothing but a sign-in is wanted. */
export const anySignIn = '{}'

/**
 * Keeps a tap until its person has signed in on Entra's page. The client is asked to open our page once; where it
 * did not, a link stands in the chat.
 * @param claims JSON for Entra's `claims` parameter: what the sign-in has to bring.
 */
export async function askToSignIn(edges: Edges, tapped: Tapped, claims: string): Promise<SignInAnswer> {
  const { proof: _, ...tap } = tapped
  const { conversation, card, record, revision, verb } = tap
  const occasion = ['tap', conversation, card, record, revision, verb].join('|')
  const asked = asking(edges, tapped.actor, occasion, claims, { waits: 'tap', tap })
  const { id, unheeded } = await edges.signIns.begin(asked, edges.realNow())
  if (unheeded) await offerSignIn(edges, tapped, id)
  return { answer: 'sign-in', transaction: id, shown: unheeded ? 'link' : 'pop-up' }
}

/** Asks for a token within a conversation. The message is heard again once there is one, on whichever replica. */
export async function askForToken(
  edges: Asking & Pick<Edges, 'conversation' | 'chats'>,
  message: Heard,
): Promise<void> {
  const { speaker, activity } = message
  const occasion = ['message', speaker.conversation, activity].join('|')
  const asked = asking(edges, speaker.id, occasion, anySignIn, { waits: 'message', message })
  const exchange = await edges.signIns.beginExchange(asked)
  await edges.conversation.askForToken(speaker, exchange, await edges.chats.viewer(speaker.id))
}

/** A link to our page, where the client did not open it by itself. */
export const offerSignIn = async (edges: Edges, tap: UnprovenTap, id: string): Promise<void> =>
  edges.conversation.offerSignIn(tap, id, await edges.chats.viewer(tap.actor))

const asking = (
  edges: Asking,
  person: PersonId,
  occasion: string,
  claims: string,
  waiting: SignInAsked['waiting'],
): SignInAsked => ({
  person,
  tenant: edges.catalogue.tenant.id,
  occasion,
  claims,
  waiting,
  expiresAt: addTime(edges.realNow(), goodFor),
})

/**
 * Our page was opened: says where Entra's page is. Scanners of links, previews and whoever was sent the link open it
 * too: that uses nothing up, and Entra is told whose sign-in is wanted only where a person looks at it.
 */
export async function openSignIn(edges: Edges, id: string, browser: Browser): Promise<Result<URL, NotSignedIn>> {
  const asked = await edges.signIns.look(id, edges.realNow())
  if (asked === undefined) return refuse({ why: 'unknown' })
  const { verifier, nonce } = secretsOf(id, browser)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  if (browser.seen) await edges.signIns.heed(id, digestOf(browser))
  const loginHint = browser.seen ? (await edges.tenant.person(asked.person))?.userPrincipalName : undefined
  return ok(await edges.signInPage.address({ loginHint, claims: asked.claims, state: id, nonce, challenge }))
}

/** The browser is back: whatever waited is carried out here and nowhere else, with what this sign-in gave. */
export async function endSignIn(
  edges: Edges,
  back: SignInReturn,
  browser: Pick<Browser, 'secret'>,
  after: AfterSignIn,
): Promise<SignInEnd> {
  const taken = await edges.signIns.take(back.state, digestOf(browser), edges.realNow())
  // Used by an earlier click or another replica, which tells what came of it; or not this browser's at all.
  if (taken === undefined) return secondLook(edges, back.state, digestOf(browser), after)
  // Taken once and for all: whatever goes wrong from here is told as given up, so that nobody waits for it.
  const signedIn = await signedInFor(edges, back, { ...taken, ...secretsOf(back.state, browser) }).catch(
    async (error: unknown) => {
      await edges.signIns.finish(back.state, freeze({ came: 'not-signed-in', because: { why: 'given-up' } }))
      throw error
    },
  )
  if ('why' in signedIn) return notSignedIn(edges, back.state, signedIn)
  const answer = await completeSignIn(edges, taken, signedIn.proof, after)
  await edges.signIns.finish(back.state, freeze(outcomeOf(answer)))
  return { end: 'acted', transaction: back.state, answer }
}

/**
 * What ties Entra's answer to the browser that asked: a code is redeemed with the verifier of its own browser, so that
 * it is worth nothing in another. Derived, so that nothing has to be kept where a link is only opened.
 */
function secretsOf(id: string, { secret }: Pick<Browser, 'secret'>) {
  const derived = (purpose: string) => createHmac('sha256', secret).update(`${purpose} ${id}`).digest('base64url')
  return { verifier: derived('verifier'), nonce: derived('nonce') }
}

const digestOf = ({ secret }: Pick<Browser, 'secret'>): string =>
  createHash('sha256').update(secret).digest('base64url')

/** Does what waited, now that its person has signed in as asked. */
export async function completeSignIn(
  edges: Edges,
  { waiting }: Pick<SignInAsked, 'waiting'>,
  proof: Proof,
  after: AfterSignIn,
): Promise<TapAnswer | undefined> {
  if (waiting.waits === 'tap') return after.act({ ...(await asItIsNow(edges, waiting.tap)), proof })
  await after.resume(waiting.message, proof)
  return undefined
}

async function signedInFor(
  edges: Edges,
  { state, code, error = '', errorDescription }: SignInReturn,
  asked: SignInAsked & { readonly verifier: string; readonly nonce: string },
): Promise<SignedIn | NotSignedIn> {
  if (code === undefined) return givenUp(edges, asked, error, errorDescription)
  // Nobody who could grant anything is given a token by us, and so none is taken for them either.
  if (await edges.tenant.holdsGrantingRole(asked.person, 'graph')) return { why: 'given-up' }
  const signedIn = await edges.signInPage.redeem(code, asked)
  if ('detail' in signedIn) {
    return noToken(edges, asked, signedIn.detail)
  }
  if (signedIn.person === asked.person && signedIn.tenant === asked.tenant) return signedIn
  const { person, name } = signedIn
  if (signedIn.tenant === asked.tenant) await keepOtherAccount(edges, person, asked, state)
  else edges.strangers.count('sign-in-of-another-tenant')
  const expected = await edges.tenant.person(asked.person)
  return { why: 'another-account', signedIn: name, asked: expected?.name ?? '' }
}

function givenUp(edges: Edges, { person }: SignInAsked, error: string, description?: string): NotSignedIn {
  const consent = missingConsent(error, description)
  const aadsts = /AADSTS\d+/.exec(description ?? '')?.[0]
  const what = { person, error: error.slice(0, 80), ...(aadsts === undefined ? {} : { code: aadsts }) }
  if (consent === undefined) edges.log.info(what, 'a sign-in was given up')
  else edges.log.warn(what, 'a sign-in failed: consent is missing')
  return consent === undefined ? { why: 'given-up' } : { why: 'consent-missing', code: consent }
}

function noToken(edges: Edges, { person }: SignInAsked, detail: string): NotSignedIn {
  edges.log.warn({ person, detail }, 'a sign-in gave no token')
  const consent = missingConsent('', detail)
  return consent === undefined ? { why: 'given-up' } : { why: 'consent-missing', code: consent }
}

/** Somebody going through another's sign-in may have been sent the link: worth a security reader's attention. */
const keepOtherAccount = (edges: Edges, person: PersonId, { person: claimed }: SignInAsked, state: string) =>
  edges.journal.note(
    `person:${person}`,
    { type: 'SignInRefused', at: edges.now(), body: { claimed, why: 'another-account' } },
    { actor: person, cause: state.slice(0, 12) },
  )

async function notSignedIn(edges: Edges, id: string, because: NotSignedIn): Promise<SignInEnd> {
  await edges.signIns.finish(id, freeze({ came: 'not-signed-in', because }))
  return { end: 'not-signed-in', because }
}

async function secondLook(edges: Edges, id: string, browser: string, after: AfterSignIn): Promise<SignInEnd> {
  const row = await edges.signIns.read(id)
  if (row === undefined || row.browser !== browser || !row.used) {
    return { end: 'not-signed-in', because: { why: 'unknown' } }
  }
  if (row.outcome === undefined) return { end: 'not-signed-in', because: { why: 'under-way' } }
  const outcome = thaw(row.outcome)
  if (outcome.came === 'not-signed-in') return { end: 'not-signed-in', because: outcome.because }
  return { end: 'acted', transaction: id, answer: await shown(edges, row, outcome, after) }
}

/** A tap that Teams repeats after the page: reads what came of it there. Undefined for a code that is not theirs. */
export async function settledSignIn(
  edges: Edges,
  id: string,
  person: PersonId,
  after: AfterSignIn,
): Promise<TapAnswer | SignInAnswer | undefined> {
  const row = await edges.signIns.read(id)
  if (row === undefined || row.person !== person || row.waiting.waits !== 'tap') return undefined
  if (row.outcome !== undefined) {
    const outcome = thaw(row.outcome)
    if (outcome.came === 'not-signed-in') return { answer: 'not-signed-in', because: outcome.because }
    return shown(edges, row, outcome, after)
  }
  if (row.used) return { answer: 'not-signed-in', because: { why: 'under-way' } }
  if (row.expiresAt <= edges.realNow()) return { answer: 'not-signed-in', because: { why: 'unknown' } }
  if (await edges.chats.firstTime(`sign-in-link:${id.slice(0, 20)}`, edges.now()))
    await offerSignIn(edges, row.waiting.tap, id)
  return { answer: 'sign-in', transaction: id, shown: 'link' }
}

/** Whether a message's sign-in page was gone through by this person; what came of it stands in the chat. */
export async function messageSignedIn(edges: Pick<Edges, 'signIns'>, id: string, person: PersonId): Promise<boolean> {
  const row = await edges.signIns.read(id)
  return row !== undefined && row.person === person && row.used
}

/** One of a person's clients hands over a token: the first resumes the message, the others are only thanked. */
export async function tokenExchanged(
  edges: Pick<Edges, 'signIns' | 'realNow'>,
  exchange: string,
  person: PersonId,
  proof: Proof,
  after: Pick<AfterSignIn, 'resume'>,
): Promise<boolean> {
  const taken = await edges.signIns.takeExchange(exchange, person, edges.realNow())
  if (taken === undefined || taken === 'taken') return taken === 'taken'
  if (taken.waiting.waits === 'message') await after.resume(taken.waiting.message, proof)
  return true
}

async function shown(
  edges: Edges,
  { waiting }: SignInAsked,
  outcome: Extract<SignInOutcome, { came: 'acted' }>,
  after: AfterSignIn,
): Promise<TapAnswer> {
  if (waiting.waits !== 'tap') throw new Error('only a tap has an answer')
  return after.show(await asItIsNow(edges, waiting.tap), outcome.refused)
}

/** The first tap may have submitted the draft before Entra asked for more: then it is the request that goes on. */
async function asItIsNow(edges: Edges, tap: UnprovenTap): Promise<UnprovenTap> {
  const id = tap.record.startsWith('draft_') ? requestNamed(tap.record.replace(/^draft_/, 'req_')) : undefined
  const request = id === undefined ? undefined : await loadRequest(edges, id)
  return request === undefined ? tap : { ...tap, record: request.submission.id, revision: request.revision }
}
