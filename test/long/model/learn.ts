import { z } from 'zod'
import { must } from './differs.ts'
import type { Step } from './judge.ts'
import { type InEntra, known, type Model, stateOf } from './model.ts'
import { planOf } from './people.ts'
import { roles } from './roles.ts'
import { type Effect, type Seen, sourceOf, type Written } from './world.ts'

// What the model learns of what happened, and what can never have happened after what went before.

const minute = 60_000

const Submitted = z.object({
  request: z.string(),
  name: z.string(),
  duration: z.number(),
  stages: z.array(
    z.object({
      by: z.string(),
      need: z.number(),
      people: z.array(z.string()),
      backup: z.array(z.string()),
      lastResort: z.array(z.string()),
    }),
  ),
})

export function learnLives(model: Model, { card }: Step, { written }: Seen): void {
  for (const { type, actor, body, at } of written) {
    if (type !== 'RequestSubmitted') continue
    const { request: id, name, duration, stages: frozen } = Submitted.parse(body)
    const role = roles.find((each) => each.name === name)
    const stages = role === undefined ? undefined : planOf(model.directory, role)
    must(role !== undefined && stages !== undefined, `${name} was submitted, which cannot be asked for`)
    const ids = (people: readonly string[]) => people.map((each) => model.personOf.get(each) ?? each).toSorted()
    const told = frozen.map(({ by, need, ...who }) => [by, need, ids(who.people), ids(who.backup), ids(who.lastResort)])
    const planned = stages.map(({ by, need, ...who }) => [
      by,
      need,
      who.people.toSorted(),
      who.backup.toSorted(),
      who.lastResort.toSorted(),
    ])
    must(
      JSON.stringify(told) === JSON.stringify(planned),
      `frozen ${JSON.stringify(told)}, not ${JSON.stringify(planned)}`,
    )
    const longest = Math.min(role.longest, model.directory.longest.get(role.name) ?? 0)
    must(duration <= longest * minute, `${name} for ${duration / minute} minutes is longer than ${longest}`)
    model.lives.push({
      id,
      number: model.lives.length + 1,
      person: model.personOf.get(actor) ?? actor,
      role,
      card: card ?? '',
      lasts: duration / minute,
      longest,
      stages,
      revision: 1,
      yes: [],
      stage: 0,
      since: at,
      escalated: false,
      seen: stages[0]?.by === 'chat' ? 'in-chat' : 'ready-to-file',
      settled: true,
      inDoubt: false,
      fresh: true,
      refusable: false,
    })
  }
}

const Detail = z.object({
  request: z.string().optional(),
  schedule: z.string().optional(),
  principalId: z.string().optional(),
  roleId: z.string().optional(),
})

export function learnEffect(model: Model, step: Step, effect: Effect): void {
  const { operation, at } = effect
  const { request, schedule, principalId, roleId } = Detail.parse(effect.detail)
  const inTap = effect.byToken === 'delegated' && step.disturbed !== true
  const knownBy = inTap ? at : Math.max(at, model.alive ? 0 : Infinity) + known
  const become = (of: InEntra, state: InEntra['history'][number]['state'], by = knownBy) =>
    of.history.push({ state, at, knownBy: by })
  const of = model.inEntra.get(request ?? schedule ?? '')
  switch (operation) {
    case 'selfActivate': {
      const role = roles.find(({ templateId }) => templateId === roleId)
      must(request !== undefined && role !== undefined, `an activation of ${roleId} was asked for`)
      must(of === undefined, `${request} was filed twice`)
      const entra: InEntra = { id: request, person: effect.who, role: role.name, history: [] }
      become(entra, 'pending')
      model.inEntra.set(request, entra)
      if (effect.byToken !== 'delegated') return
      const life = step.life ?? model.lives.at(-1)
      must(life !== undefined && life.entra === undefined, `a second filing of ${life?.id}`)
      const chatStages = life.stages.filter(({ by }) => by === 'chat')
      must(
        chatStages.every(({ need }, index) => life.yes.filter(({ stage }) => stage === index).length >= need),
        `${life.id} was filed before its chat stages had said yes`,
      )
      life.entra = entra
      return
    }
    case 'approve':
    case 'deny':
      must(of !== undefined && stateOf(of) === 'pending', `${operation} of ${request}, which is ${stateOf(of)}`)
      return void become(of, operation === 'deny' ? 'denied' : 'approved')
    case 'cancel':
      must(of !== undefined && stateOf(of) === 'pending', `cancel of ${request}, which is ${stateOf(of)}`)
      return void become(of, 'cancelled')
    case 'lapsed':
      must(of !== undefined && stateOf(of) === 'pending', `lapse of ${request}, which is ${stateOf(of)}`)
      return void become(of, 'lapsed', at + 2 * known)
    case 'provisioned': {
      must(
        of !== undefined && ['pending', 'approved'].includes(stateOf(of) ?? ''),
        `${request} was granted as ${stateOf(of)}`,
      )
      const before = of.history.at(-1)
      return void become(of, 'active', before?.at === at ? before.knownBy : knownBy)
    }
    case 'expired':
      must(of !== undefined && stateOf(of) === 'active', `${schedule} ended as ${stateOf(of)}`)
      return void become(of, 'gone', at + known)
    case 'selfDeactivate':
    case 'adminRemove': {
      const person = model.personOf.get(principalId ?? '')
      const role = roles.find(({ templateId }) => templateId === roleId)
      const held = [...model.inEntra.values()].find(
        (each) => each.person === person && each.role === role?.name && stateOf(each) === 'active',
      )
      must(held !== undefined, `${operation} of what ${person} does not hold`)
      const granted = held.history.find(({ state }) => state === 'active')?.at ?? at
      // An activation that disappears in its first five minutes is not believed gone.
      return void become(held, 'gone', inTap ? knownBy : Math.max(knownBy, granted + 5 * minute + known))
    }
    default:
      return
  }
}

const Decided = z.object({ stage: z.number(), verdict: z.enum(['approve', 'deny']), by: z.string() })

export function learnEvent(model: Model, { stream, type, at, body }: Written): void {
  const life = model.lives.find(({ id }) => stream === `request:${id}`)
  if (life === undefined) return
  switch (type) {
    case 'ChatDecided': {
      const { stage, verdict, by } = Decided.parse(body)
      must(stage === life.stage, `${life.id} was decided in stage ${stage}, and stands in ${life.stage}`)
      if (verdict === 'deny') return void (life.over = 'denied')
      life.yes = [...life.yes, { by: model.personOf.get(by) ?? by, stage }]
      if (life.yes.filter((each) => each.stage === stage).length < (life.stages[stage]?.need ?? 1)) return
      Object.assign(life, { stage: stage + 1, revision: life.revision + 1, since: at, escalated: false })
      return
    }
    case 'StagesChanged': {
      const stages = planOf(model.directory, life.role)
      must(stages !== undefined, `${life.id} has stages, though nobody could be asked`)
      Object.assign(life, { stages, revision: life.revision + 1, yes: [], stage: 0, since: at, escalated: false })
      return
    }
    case 'DecisionObserved': {
      const decided = z.object({ stage: z.number(), verdict: z.string(), by: z.string().nullable() }).parse(body)
      if (decided.verdict === 'approve' && decided.by !== null) {
        const by = model.personOf.get(decided.by) ?? decided.by
        if (!life.yes.some((each) => each.by === by)) life.yes = [...life.yes, { by, stage: decided.stage }]
      }
      return
    }
    case 'StageEscalated':
      life.escalated = true
      return
    case 'FilingObserved':
      // Entra's own stage begins to wait when it is filed.
      Object.assign(life, { since: at, escalated: false })
      return
    case 'ActivationObserved':
      life.activeSince = z
        .object({ from: z.iso.datetime() })
        .transform(({ from }) => Date.parse(from))
        .parse(body)
      return
    case 'WithdrawalObserved':
      if (sourceOf(body) === 'person') life.over = 'withdrawn'
      return
    case 'FilingRefused':
      life.refusable = true
      return
    default:
      return
  }
}
