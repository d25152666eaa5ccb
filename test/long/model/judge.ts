import { must } from './differs.ts'
import { learnEffect, learnEvent, learnLives } from './learn.ts'
import { known, type Life, type Model } from './model.ts'
import type { Expected } from './rules.ts'
import { activationsRight, standsRight } from './stands.ts'
import { type Effect, type Seen, sourceOf, type Written } from './world.ts'

// What happened in a step, held against what might: the tenant's log first, then the journal, then what stands.

export interface Step {
  /** Who acted through the bot, on what, and what might come of it. */
  readonly by?: string
  readonly life?: Life
  readonly expected?: Expected
  /** Whose form became which card, where one was submitted. */
  readonly card?: string
  /** What the portal was asked to do, and did. */
  readonly portal?: string
  /** A fault or a death came in between: what was certain is not. */
  readonly disturbed?: boolean
}

/** @throws {Differs} where the product did what the model rules out, or left out what it requires. */
export function judge(model: Model, step: Step, seen: Seen): void {
  model.now = seen.now
  if (step.disturbed === true) model.lateUntil = seen.now + known
  learnLives(model, step, seen)
  for (const effect of seen.effects) learnEffect(model, step, effect)
  judgeEffects(step, seen.effects)
  judgeJournal(model, step, seen.written)
  for (const event of seen.written) learnEvent(model, event)
  model.lives.forEach((life) => standsRight(model, life, seen))
  activationsRight(model, seen)
}

function judgeEffects({ by, expected, portal, disturbed }: Step, effects: readonly Effect[]): void {
  const byPeople = effects.filter(({ byToken }) => byToken === 'delegated')
  const told = byPeople.map(({ who, operation }) => `${who} ${operation}`).join(', ')
  must(
    effects.every(({ byToken }) => byToken !== 'app'),
    'the bot changed something with its own identity',
  )
  must(byPeople.length <= 1, `one tap changed the tenant more than once: ${told}`)
  const [only] = byPeople
  if (only !== undefined) {
    must(
      only.who === by && only.operation === expected?.effect,
      `the tenant was changed by ${told}, which nothing in this step asks for`,
    )
  }
  const certain = expected?.certain === true && disturbed !== true
  if (certain && expected.effect !== undefined)
    must(only !== undefined, `${by} should have changed it: ${expected.effect}`)
  const outside = effects.filter(({ byToken }) => byToken === 'portal')
  must(
    outside.every(({ operation }) => operation === portal),
    'the portal did what nobody asked of it',
  )
}

/** Events that begin something, and need a person for it; what they lead to is looked at by what stands. */
const beginnings = new Set([
  'RequestSubmitted',
  'StagesChanged',
  'ChatDecided',
  'FilingAttempted',
  'DecisionAttempted',
  'WithdrawalAttempted',
  'EndAttempted',
  'LetEnd',
])

function judgeJournal(model: Model, { by, life, expected, disturbed }: Step, written: readonly Written[]): void {
  const begun = written.filter(
    ({ type, body }) => beginnings.has(type) || (type === 'WithdrawalObserved' && sourceOf(body) === 'person'),
  )
  for (const { type, actor, stream } of begun) {
    const person = model.personOf.get(actor) ?? actor
    must(person === by, `${type} of ${stream} was begun by ${person}, who pressed nothing`)
    if (life !== undefined)
      must(stream === `request:${life.id}`, `${by} pressed on ${life.id}, and ${stream} has ${type}`)
    const allowed = expected?.begins.includes(type) === true
    // A form that Entra decides first is filed within the same tap.
    const filedAtOnce = type === 'FilingAttempted' && expected?.begins.includes('RequestSubmitted') === true
    must(allowed || filedAtOnce, `${by} may not ${type} here`)
  }
  if (expected?.certain !== true || disturbed === true || expected.begins.length === 0) return
  must(
    begun.some(({ type }) => expected.begins.includes(type)),
    `${by} pressed, and the journal has no ${expected.begins.join(' or ')}: ${written.map(({ type }) => type).join(', ')}`,
  )
}
