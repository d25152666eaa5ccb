import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, dataOf, wordsOf } from '../../journeys/demo.ts'
import { cardsRight } from './cards.ts'
import { Differs, must } from './differs.ts'
import { judge, type Step } from './judge.ts'
import { known, type Life, type Model, tell } from './model.ts'
import type { Role } from './roles.ts'
import { type Expected, expectedOf, mayRequest, nothing, submission, type Verb } from './rules.ts'
import { elsewhere, offering, type World } from './world.ts'

// One step at a time: something is done, everything owed is waited for, and what happened is judged.

/** What befalls the product while a person taps. */
export interface Trouble {
  readonly name: string
  readonly faults: readonly Record<string, unknown>[]
  /** Killed once the tenant has changed, before it could answer. */
  readonly dies?: true
  /** Nothing can have left with a person's token, so nothing may be in doubt. */
  readonly harmless?: true
  /** The bot asks nothing for so long after the last fault; what is done meanwhile would be troubled too. */
  readonly goesOnMs?: number
}

export const tellOf = (person: string): string => person.split('.')[0] ?? person

async function judged(model: Model, world: World, step: Step): Promise<void> {
  await world.settle()
  const seen = await world.look()
  judge(model, step, seen)
  if (model.alive)
    await cardsRight(model, world, new Set(seen.written.map(({ stream }) => stream.slice('request:'.length))), false)
}

/** Does it in trouble: what was certain is only possible, and afterwards the requester has the doubt looked at. */
async function inTrouble(
  model: Model,
  world: World,
  trouble: Trouble | undefined,
  step: Step,
  act: () => Promise<unknown>,
): Promise<void> {
  if (trouble === undefined || !model.alive) {
    await act()
    return judged(model, world, step)
  }
  model.said.push(`    meanwhile: ${trouble.name}`)
  const before = model.lives.length
  const shaken = step.life?.inDoubt === true
  await world.demo.faults(trouble.faults)
  if (trouble.dies === true) await dieInside(model, world, step, act)
  else await act()
  await world.demo.faults([])
  if (trouble.goesOnMs !== undefined) await pause(trouble.goesOnMs)
  await judged(model, world, { ...step, disturbed: true })
  // A form that was submitted became a request; asking for one touches none that there is.
  const life = step.life ?? model.lives[before]
  if (life === undefined) return
  must(trouble.harmless !== true || !life.inDoubt || shaken, `${tell(life)} is in doubt, though nothing can have left`)
  life.shaken = performance.now()
  if (life.inDoubt) await settleDoubt(model, world, life)
}

/** Where the tenant will change, the bot dies between that and its answer; elsewhere there is nothing to die in. */
async function dieInside(model: Model, world: World, { expected }: Step, act: () => Promise<unknown>): Promise<void> {
  const effect = expected?.certain === true ? expected.effect : undefined
  if (effect === undefined) return void (await act())
  const before = (await world.demo.effects(effect)).length
  const tap = act()
  const deadline = performance.now() + 15_000
  while ((await world.demo.effects(effect)).length === before)
    if (performance.now() > deadline) throw new Differs(`the tenant never showed ${effect}`)
  await world.demo.bot('kill')
  await tap
  await world.demo.faults([])
  await world.demo.bot('start')
  model.killed = true
}

/** A requester's tap looks first; only somebody else's decision stays theirs to settle. */
async function settleDoubt(model: Model, world: World, life: Life): Promise<void> {
  const shown = (await world.chat(life.person)).get(life.card)?.card
  const data = dataOf(shown, 'check')
  await world.press(life.person, life.card, { verb: 'check', data: 'id' in data ? data : own(life) })
  model.said.push(`    ${tellOf(life.person)} checks #${life.number}`)
  await judged(model, world, { by: life.person, life, expected: nothing, disturbed: true })
}

const own = ({ id, revision }: Life) => ({ id, revision })

/** A tap that reached a living, undisturbed bot is answered, whatever it is. */
function answered(model: Model, person: string, answer: Answer | undefined, trouble: Trouble | undefined): void {
  if (answer === undefined || !model.alive || trouble !== undefined || model.directory.disabled.has(person)) return
  const said = JSON.stringify(answer).slice(0, 400)
  must(answer.http === 200 && answer.error === undefined, `${person} was not answered: ${said}`)
  must(wordsOf(answer.value) !== '', `${person} was answered without words: ${said}`)
}

export async function ask(
  model: Model,
  world: World,
  person: string,
  role: Role,
  hours: number,
  trouble?: Trouble,
): Promise<void> {
  model.said.push(`${tellOf(person)} asks for ${role.name} for ${hours} h`)
  const before = new Set((await world.chat(person)).keys())
  const may = model.alive && trouble === undefined ? mayRequest(model, person, role) : undefined
  const text = `I need ${role.name} for ${hours === 1 ? '1 hour' : `${hours} hours`} to look into ticket INC-${40_000 + model.said.length}`
  await inTrouble(model, world, trouble, {}, () => world.say(person, text))
  if (!model.alive) return
  const fresh = new Map([...(await world.chat(person))].filter(([id]) => !before.has(id)))
  const form = offering(fresh, 'submit')
  const words = [...fresh.values()].map((each) => each.text ?? wordsOf(each.card)).join('\n')
  if (may === true) must(form !== undefined, `${person} may ask for ${role.name}, and got no form:\n${words}`)
  if (may === false) must(form === undefined, `${person} may not ask for ${role.name}, and got a form:\n${words}`)
  if (trouble === undefined && !model.directory.disabled.has(person))
    must(fresh.size > 1, `${person} was not answered at all`)
  if (form === undefined) return
  const record = String(dataOf(form.card, 'submit')['id'])
  model.drafts = [
    ...model.drafts.filter((each) => each.person !== person || each.role !== role),
    { person, role, card: form.id, record },
  ]
}

export async function submit(model: Model, world: World, index: number, by: string | undefined, trouble?: Trouble) {
  const draft = model.drafts[index % model.drafts.length]
  if (draft === undefined) return
  const presser = by ?? draft.person
  model.said.push(`${tellOf(presser)} submits ${tellOf(draft.person)}'s form for ${draft.role.name}`)
  const mine = presser === draft.person
  const expected: Expected = mine ? submission(model, draft.person, draft.role) : nothing
  const on = mine ? draft.card : elsewhere(await world.chat(presser))
  if (on === undefined) return
  const body = mine ? { verb: 'submit' } : { verb: 'submit', data: { id: draft.record, revision: 1 } }
  const lives = model.lives.length
  await inTrouble(model, world, trouble, { by: presser, expected, card: draft.card }, async () =>
    answered(model, presser, await world.press(presser, on, body), trouble),
  )
  if (model.lives.length > lives) model.drafts = model.drafts.filter((each) => each !== draft)
}

/** Any verb on any request, with the revision as it stands or an older one. */
export async function tap(
  model: Model,
  world: World,
  life: Life,
  by: string,
  verb: Verb,
  { older = 0, trouble }: { readonly older?: number; readonly trouble?: Trouble | undefined } = {},
): Promise<void> {
  const revision = life.revision - older
  const expected = expectedOf(model, life, by, verb, revision)
  const old = older === 0 ? '' : ' on an older card'
  model.said.push(
    `${tellOf(by)} presses ${verb} on #${life.number}${old} (${tellOf(life.person)}, ${life.role.name}, ${life.seen})`,
  )
  const messages = await world.chat(by)
  const card = older === 0 ? offering(messages, verb, life.id) : undefined
  const on = card?.id ?? (by === life.person ? life.card : elsewhere(messages))
  if (on === undefined) return
  const inputs = verb === 'deny' ? { inputs: { comment: 'Not this time.' } } : {}
  const data = card === undefined ? { data: { id: life.id, revision } } : {}
  await inTrouble(model, world, trouble, { by, life, expected }, async () =>
    answered(model, by, await world.press(by, on, { verb, ...data, ...inputs }), trouble),
  )
}

export async function portal(
  model: Model,
  world: World,
  line: string,
  order: Record<string, unknown>,
  learn?: () => void,
) {
  const done = await world.portal(order)
  model.said.push(`${line}${done ? '' : ' (the portal refuses)'}`)
  if (done) learn?.()
  const operation = {
    activate: 'selfActivate',
    file: 'selfActivate',
    deactivate: 'selfDeactivate',
    remove: 'adminRemove',
  }
  const { do: deed } = order
  const named = typeof deed === 'string' ? deed : ''
  await judged(model, world, {
    portal: Object.hasOwn(operation, named) ? operation[named as keyof typeof operation] : named,
  })
}

export async function advance(model: Model, world: World, iso: string): Promise<void> {
  model.said.push(`${iso} passes`)
  await world.demo.advance(iso)
  await judged(model, world, {})
}

export async function kill(model: Model, world: World): Promise<void> {
  model.said.push('the bot is killed')
  await world.demo.bot('kill')
  Object.assign(model, { alive: false, killed: true, diedAt: model.now })
  await judged(model, world, {})
}

export async function start(model: Model, world: World): Promise<void> {
  model.said.push('the bot is started')
  await world.demo.bot('start')
  model.alive = true
  // What happened meanwhile it may take as long to learn as if it had happened now.
  for (const { history } of model.inEntra.values())
    for (const each of history) if (each.at >= model.diedAt) each.knownBy = model.now + 2 * known
  await judged(model, world, { disturbed: true })
}

/** At the end of a sequence: the bot lives, time goes on until nothing is in doubt any more, and all of it is true. */
export async function conclude(model: Model, world: World): Promise<void> {
  if (!model.alive) await start(model, world)
  await advance(model, world, 'PT13M')
  const until = performance.now() + 30_000
  while (model.lives.some(({ lateSince }) => lateSince !== undefined) && performance.now() < until)
    await judged(model, world, {})
  await cardsRight(model, world, new Set(), true)
  const { exit, said } = await world.demo.verifyJournal()
  must(exit === 0, `verify-journal: ${said}`)
}
