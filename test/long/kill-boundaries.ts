import { type Asking, chatAskings, nativeAskings } from './kill-askings.ts'
import { active, ask, type Life, pressDecision, pressOwn, submitted } from './kill-life.ts'
import type { Stage } from './kill-stage.ts'
import * as traps from './kill-traps.ts'
import type { Trap } from './kill-traps.ts'

/** A point in the life of a request at which a bot dies. */
export interface Boundary {
  readonly name: string
  readonly askings: readonly Asking[]
  /** Brings a request to where the deed is next. */
  readonly before: (stage: Stage, asking: Asking) => Promise<Life>
  readonly trap: Trap
  /** What somebody does, or the clock brings about, while the bot dies inside it. */
  readonly deed: (stage: Stage, life: Life) => Promise<unknown>
  /** The clock is moving: it waits for every bot there is, so nobody else is brought up before the death. */
  readonly moving?: true
  /** Puts back what `before` changed in the tenant. */
  readonly after?: (stage: Stage) => Promise<unknown>
}

const requester = ({ asking }: Life) => asking.requester
const decider = ({ asking }: Life) => asking.deciders[0]

const submit = (stage: Stage, life: Life) => pressOwn(stage, life, 'Submit')
const approve = (stage: Stage, life: Life) => pressDecision(stage, life, 'Approve')
const deny = (stage: Stage, life: Life) => pressDecision(stage, life, 'Deny')
const withdraw = (stage: Stage, life: Life) => pressOwn(stage, life, 'Withdraw')
const endNow = (stage: Stage, life: Life) => pressOwn(stage, life, 'end')
const activate = (stage: Stage, life: Life) => pressOwn(stage, life, 'Activate now')
const later = (iso: string) => (stage: Stage) => stage.demo.advance(iso)

const at =
  (askings: readonly Asking[], before: Boundary['before'], deed: Boundary['deed']) =>
  (name: string, trap: Trap, after?: Boundary['after']): Boundary => ({
    name,
    askings,
    before,
    deed,
    trap,
    ...(after === undefined ? {} : { after }),
  })
const moving =
  (make: ReturnType<typeof at>) =>
  (name: string, trap: Trap): Boundary => ({ ...make(`clock move, ${name}`, trap), moving: true })

const submitting = at(nativeAskings, ask, submit)
const deciding = at(nativeAskings, submitted, approve)
const denying = at(nativeAskings, submitted, deny)
const withdrawing = at(nativeAskings, submitted, withdraw)
const answering = at(chatAskings, submitted, approve)
const sendingOn = at(
  chatAskings,
  async (stage, asking) => {
    const life = await submitted(stage, asking)
    await approve(stage, life)
    await stage.demo.settled()
    return life
  },
  activate,
)
const ending = at(
  nativeAskings,
  async (stage, asking) => {
    const life = await active(stage, asking)
    await stage.demo.advance('PT6M')
    return life
  },
  endNow,
)
const running = (iso: string) => moving(at(nativeAskings, active, later(iso)))
const silent = moving(at(chatAskings, submitted, later('PT61M')))
const approvedInPortal = moving(
  at(
    nativeAskings,
    async (stage, asking) => {
      const life = await submitted(stage, asking)
      const found = (await stage.demo.tenant('requests')).find(
        (each) => each['person'] === asking.requester && each['status'] === 'PendingApproval',
      )
      await stage.demo.portal({ do: 'approve', as: asking.deciders[0], request: found?.['id'] })
      return life
    },
    later('PT25S'),
  ),
)

const stepUp = (stage: Stage, wanted: boolean) =>
  stage.demo.call('POST', '/api/switches', { authenticationContexts: wanted })
const signIns = new WeakMap<Life, string>()
const signingIn = at(
  nativeAskings.filter(({ role }) => role === 'AI Administrator'),
  async (stage, asking) => {
    const life = await ask(stage, asking)
    await stepUp(stage, true)
    const { signIn } = await stage.demo.person(asking.requester).tap(life.form, 'Submit')
    if (signIn === undefined) throw new Error('no sign-in was asked for')
    signIns.set(life, signIn)
    await stage.demo.settled()
    return life
  },
  (stage, life) => stage.demo.call('POST', `/api/people/${life.asking.requester}/sign-in`, { url: signIns.get(life) }),
)
const withoutStepUp = (stage: Stage) => stepUp(stage, false)

/** The message is sent while nobody may store that it was. */
const askingUnrecorded = at(
  nativeAskings,
  async (stage, asking) => {
    await traps.storeNoCards(stage)
    return ask(stage, asking)
  },
  () => Promise.resolve(),
)

export const boundaries: readonly Boundary[] = [
  // Those whose call may still be on its way come first: they are settled a minute later.
  submitting('submit: the attempt is written, the call not made', traps.beforeCall('filing')),
  deciding('approve: the attempt is written, the call not made', traps.beforeCall('decision')),
  withdrawing('withdraw: the attempt is written, the call not made', traps.beforeCall('withdrawal')),
  ending('end: the attempt is written, the call not made', traps.beforeCall('end')),
  denying('deny: Entra has it, the journal not', traps.afterEffect('decision')),
  submitting('submit: nothing is written yet', traps.beforeAppend),
  submitting('submit: Entra has it, the journal not', traps.afterEffect('filing')),
  submitting(
    'submit: written, nothing owed is claimed',
    traps.beforeClaim(({ phase }) => phase.status === 'filed'),
  ),
  submitting('approval cards: claimed, owed to nobody yet', traps.beforeParts, traps.holdNoParts),
  submitting('approval card: claimed, not sent', traps.beforeSend),
  submitting('approval card: the connector has it, the answer is not seen', traps.afterSend(decider)),
  submitting('approval card: recorded, still owed', traps.beforeDone(decider)),
  deciding('approve: nothing is written yet', traps.beforeAppend),
  deciding('approve: Entra has it, the journal not', traps.afterEffect('decision')),
  deciding(
    'approve: written, nothing owed is claimed',
    traps.beforeClaim(({ decisions }) => decisions.length > 0),
  ),
  deciding('notice: the connector has it, the answer is not seen', traps.afterSend(requester)),
  withdrawing('withdraw: Entra has it, the journal not', traps.afterEffect('withdrawal')),
  ending('end: Entra has it, the journal not', traps.afterEnd),
  answering('chat decision: nothing is written yet', traps.beforeAppend),
  answering(
    'chat decision: written, nothing owed is claimed',
    traps.beforeClaim(({ phase }) => phase.status === 'ready-to-file'),
  ),
  sendingOn('last tap: nothing is written yet', traps.beforeAppend),
  sendingOn('last tap: Entra has it, the journal not', traps.afterEffect('filing')),
  signingIn('sign-in: used, nothing done with it', traps.signInTaken, withoutStepUp),
  signingIn('sign-in: Entra has the request, the journal not', traps.afterEffect('filing'), withoutStepUp),
  askingUnrecorded('form: it stands in the chat, not recorded', traps.beforeRecord),
  approvedInPortal('look: the tenant is being asked', traps.whileLooking),
  approvedInPortal('look: the grant is seen, not written', traps.beforeAppend),
  running('PT16M')('reminder: nothing is written yet', traps.beforeAppend),
  running('PT16M')('reminder: the connector has it, the answer is not seen', traps.afterSend(requester)),
  running('PT31M')('end: it is seen gone, not written', traps.beforeAppend),
  silent('nudge: claimed, not sent', traps.beforeSend),
  silent('nudge: the connector has it, the answer is not seen', traps.afterSend(decider)),
]
