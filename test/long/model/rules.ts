import { heldInEntra, isOver, keyOf, type Life, mayAsk, type Model, openLife, stateOf } from './model.ts'
import { askedByEntra, askedIn, enoughFor, enoughToAsk, everybodyOf, mayDecide, planOf, shapeOf } from './people.ts'
import type { Role } from './roles.ts'

// What a tap may bring about, and whether it has to.

export type Verb = 'submit' | 'activate' | 'withdraw' | 'end' | 'let-end' | 'check' | 'approve' | 'deny'

export interface Expected {
  /** Events of which one begins it, by the journal's names; none where nothing may come of it. */
  readonly begins: readonly string[]
  /** The change that this person's token may make in the tenant. */
  readonly effect?: string
  /** It has to happen, exactly so. */
  readonly certain: boolean
  /** Entra has one already, and says no. */
  readonly refusedByEntra?: true
}

export const nothing: Expected = { begins: [], certain: true }
const certainly = (begins: string, effect?: string): Expected => ({
  begins: [begins],
  ...(effect === undefined ? {} : { effect }),
  certain: true,
})
const perhaps = (begins: readonly string[], effect?: string): Expected => ({
  begins,
  ...(effect === undefined ? {} : { effect }),
  certain: false,
})

const minute = 60_000
/** The clock goes on while a tap is made: closer to a deadline than this, either may happen. */
const close = 10_000

/** Whether everything that the bot knows of it is what the tenant shows. */
const clear = (model: Model, life: Life): boolean => life.settled && !life.inDoubt && model.now >= model.lateUntil

/** Everybody who can no longer take a seat of a stage: the requester, and who decided. */
export const outOf = (life: Life): readonly string[] => [life.person, ...life.yes.map(({ by }) => by)]

export function askedNow({ directory }: Model, life: Life): readonly string[] {
  const index = openIndex(life)
  const stage = life.stages[index]
  if (stage === undefined) return []
  const here = life.yes.filter(({ stage }) => stage === index).length
  return askedIn(directory, stage, planOf(directory, life.role)?.[index], outOf(life), {
    missing: Math.max(1, stage.need - here),
    escalated: life.escalated,
  })
}

export const openIndex = (life: Life): number => (life.seen === 'filed' ? life.stages.length - 1 : life.stage)

/** A tap by anybody on a request. */
export function expectedOf(model: Model, life: Life, by: string, verb: Verb, revision: number): Expected {
  if (!model.alive) return nothing
  if (verb === 'approve' || verb === 'deny') return decision(model, life, by, verb, revision)
  if (by !== life.person || revision !== life.revision) return nothing
  if (model.directory.disabled.has(by)) return perhaps(['WithdrawalObserved', 'LetEnd'])
  switch (verb) {
    case 'check':
      return nothing
    case 'submit':
    case 'activate':
      return filing(model, life)
    case 'withdraw':
      return withdrawal(model, life)
    case 'end':
      return ending(model, life)
    case 'let-end':
      return life.seen === 'active' || !clear(model, life) ? perhaps(['LetEnd']) : nothing
    default:
      return verb satisfies never
  }
}

function decision(model: Model, life: Life, by: string, verb: 'approve' | 'deny', revision: number): Expected {
  const { directory } = model
  const index = openIndex(life)
  const stage = life.stages[index]
  if (stage === undefined || by === life.person || directory.disabled.has(by)) return nothing
  if (!everybodyOf(stage).includes(by) || outOf(life).includes(by) || revision !== life.revision) return nothing
  const attempt =
    stage.by === 'native' ? perhaps(['DecisionAttempted'], verb) : perhaps(['ChatDecided', 'StagesChanged'])
  if (life.inDoubt || !life.settled) return attempt
  if (life.seen !== 'in-chat' && life.seen !== 'filed') return nothing
  const plan = planOf(directory, life.role)
  const changed = plan !== undefined && shapeOf(plan) !== shapeOf(life.stages)
  const still = mayDecide(directory, stage, plan?.[index], outOf(life), [by]).length > 0
  if (!still && !changed) return nothing
  const denyAnyway = stage.by === 'native' && verb === 'deny'
  if (changed && !denyAnyway) return stage.by === 'native' ? nothing : certainly('StagesChanged')
  if (stage.by === 'chat') {
    if (!askedNow(model, life).includes(by)) return nothing
    if (verb === 'approve' && neededLater(model, life, index, by)) return nothing
  }
  if (verb === 'approve' && life.lasts > (directory.longest.get(life.role.name) ?? 0)) return nothing
  if (model.now < model.lateUntil) return attempt
  if (stage.by === 'chat') {
    return nearDeadline(model, life, stage.lapseAfter) ? attempt : certainly('ChatDecided')
  }
  // Entra has the last word, and may have said it already.
  const entraLets = askedByEntra(directory, life.role)?.includes(by) === true
  if (!entraLets || stateOf(life.entra) !== 'pending') return { ...attempt, begins: ['DecisionAttempted'] }
  return certainly('DecisionAttempted', verb)
}

const nearDeadline = (model: Model, life: Life, after: number): boolean =>
  Math.abs(model.now - (life.since + after * minute)) < close

/** Whether nobody else could take a later seat if this one took a seat here. */
function neededLater({ directory }: Model, life: Life, index: number, by: string): boolean {
  const plan = planOf(directory, life.role)
  const out = [by, ...outOf(life)]
  const left = life.stages.slice(index).map((stage, offset) => {
    const today = plan?.[index + offset]
    const who = everybodyOf(stage).filter(
      (each) => !out.includes(each) && today !== undefined && everybodyOf(today).includes(each),
    )
    const taken = offset === 0 ? life.yes.filter((each) => each.stage === index).length + 1 : 0
    return { need: stage.need - taken, who }
  })
  return !enoughFor(left)
}

function filing(model: Model, life: Life): Expected {
  const { directory } = model
  const attempt = perhaps(['FilingAttempted', 'StagesChanged'], 'selfActivate')
  if (!clear(model, life)) return attempt
  if (life.seen !== 'ready-to-file') return nothing
  if (Math.abs(model.now - (life.since + 24 * 60 * minute)) < close) return attempt
  const plan = planOf(directory, life.role)
  if (plan === undefined || !mayAsk(model, life.person, life.role)) return nothing
  if (!enoughToAsk(directory, plan, life.person)) return nothing
  if (life.lasts > (directory.longest.get(life.role.name) ?? 0)) return nothing
  const last = life.stages.length - 1
  const native = life.stages[last]
  const nativeToday = plan.find(({ by }) => by === 'native')
  if (native?.by === 'native' && nativeToday !== undefined) {
    if (mayDecide(directory, native, nativeToday, outOf(life)).length === 0) return nothing
  }
  if (shapeOf(plan) !== shapeOf(life.stages)) return certainly('StagesChanged')
  return heldInEntra(model, life.person, life.role) === undefined
    ? certainly('FilingAttempted', 'selfActivate')
    : { ...certainly('FilingAttempted'), refusedByEntra: true }
}

function withdrawal(model: Model, life: Life): Expected {
  if (!clear(model, life)) return perhaps(['WithdrawalAttempted', 'WithdrawalObserved'], 'cancel')
  if (life.seen === 'in-chat' || life.seen === 'ready-to-file') {
    const stage = life.stages[life.stage]
    const near = nearDeadline(model, life, stage?.by === 'chat' ? stage.lapseAfter : 24 * 60)
    return near ? perhaps(['WithdrawalObserved']) : certainly('WithdrawalObserved')
  }
  if (life.seen !== 'filed') return nothing
  return stateOf(life.entra) === 'pending'
    ? certainly('WithdrawalAttempted', 'cancel')
    : perhaps(['WithdrawalAttempted'])
}

function ending(model: Model, life: Life): Expected {
  const attempt = perhaps(['EndAttempted'], 'selfDeactivate')
  if (!clear(model, life)) return attempt
  if (life.seen !== 'active' || life.activeSince === undefined) return nothing
  const possible = life.activeSince + 5 * minute
  if (Math.abs(model.now - possible) < close) return attempt
  if (model.now < possible) return nothing
  const ends = life.activeSince + life.lasts * minute
  if (Math.abs(model.now - ends) < close) return attempt
  return stateOf(life.entra) === 'active' ? certainly('EndAttempted', 'selfDeactivate') : perhaps(['EndAttempted'])
}

/** Whether a form, or a submission, is what asking must come to; undefined where it may be either. */
export function mayRequest(model: Model, person: string, role: Role): boolean | undefined {
  const { directory } = model
  if (!mayAsk(model, person, role)) return false
  const plan = planOf(directory, role)
  if (plan === undefined || !enoughToAsk(directory, plan, person)) return false
  const open = openLife(model, person, role)
  if (open !== undefined) return clear(model, open) ? false : undefined
  const held = heldInEntra(model, person, role)
  if (held === undefined) return model.now < model.lateUntil ? undefined : true
  // What merely waits there by another way only Entra itself will say.
  return stateOf(held) === 'active'
    ? held.history.some(({ knownBy }) => knownBy > model.now)
      ? undefined
      : false
    : true
}

/** Submitting a form. */
export function submission(model: Model, person: string, role: Role): Expected {
  if (!model.alive) return nothing
  const may = mayRequest(model, person, role)
  if (may === undefined) return perhaps(['RequestSubmitted'], 'selfActivate')
  if (!may) return nothing
  const [first] = planOf(model.directory, role) ?? []
  if (first?.by !== 'native') return certainly('RequestSubmitted')
  return heldInEntra(model, person, role) === undefined
    ? certainly('RequestSubmitted', 'selfActivate')
    : { ...certainly('RequestSubmitted'), refusedByEntra: true }
}

export const standingLost = (model: Model, life: Life): number | undefined =>
  isOver(life.seen) ? undefined : model.lost.get(keyOf(life.person, life.role))
