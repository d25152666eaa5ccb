import { dataOf, wordsOf } from '../../journeys/demo.ts'
import { headlines } from '../headlines.ts'
import { must } from './differs.ts'
import { isOver, type Life, type Model, tell, watched } from './model.ts'
import { askedNow, openIndex } from './rules.ts'
import type { World } from './world.ts'

// What people read, held against what stands: some of them in German.

/** The cards of every request that may have changed; with `all`, of every request there was. */
export async function cardsRight(
  model: Model,
  world: World,
  changed: ReadonlySet<string>,
  all: boolean,
): Promise<void> {
  const lives = model.lives.filter((life) => all || changed.has(life.id) || !isOver(life.seen))
  for (const person of new Set(lives.map((life) => life.person))) {
    const messages = await world.chat(person)
    for (const life of lives.filter((each) => each.person === person))
      statusRight(life, wordsOf(messages.get(life.card)?.card))
  }
  await approvalsRight(model, world)
}

function statusRight(life: Life, shown: string): void {
  const wanted = new Map<string, RegExp>(Object.entries(headlines)).get(life.seen)
  must(wanted !== undefined, `${tell(life)} is ${life.seen}, a status without words`)
  must(
    wanted.test(shown) ||
      (life.inDoubt &&
        /In doubt|Sending to Entra|Activating|Withdrawing|Ending|Ungewiss|Wird (an Entra gesendet|aktiviert|zurückgezogen|beendet)/.test(
          shown,
        )),
    `${tell(life)} is ${life.seen}, and its card says:\n${shown}`,
  )
}

/** Whoever is asked has a card with buttons; what is over has none with any. */
async function approvalsRight(model: Model, world: World): Promise<void> {
  const offered = new Map<string, Set<string>>()
  for (const person of watched) {
    for (const [id, { card }] of await world.chat(person)) {
      const data = dataOf(card, 'approve')
      const life = model.lives.find((each) => each.id === data['id'])
      if (life === undefined) continue
      must(!isOver(life.seen), `${tell(life)} is ${life.seen}, and ${person} can still approve it`)
      must(person !== life.person, `${person} is asked about their own request`)
      model.asked.set(`${person}/${id}`, { person, life: life.id, data })
      if (data['revision'] !== life.revision) continue
      offered.set(life.id, (offered.get(life.id) ?? new Set()).add(person))
    }
  }
  // Who is asked may have changed since the cards were sent: those come again with the next event.
  for (const life of model.lives) {
    if (!life.fresh || life.inDoubt || (life.seen !== 'in-chat' && life.seen !== 'filed')) continue
    if (life.seen === 'in-chat' && life.stages[openIndex(life)]?.by !== 'chat') continue
    for (const person of askedNow(model, life)) {
      if (!model.directory.reachable.has(person) || !watched.includes(person)) continue
      if (offered.get(life.id)?.has(person) === true) continue
      const [key] = [...model.asked].findLast(([, each]) => each.person === person && each.life === life.id) ?? []
      const shown = wordsOf((await world.chat(person)).get(key?.split('/')[1] ?? '')?.card)
      must(false, `${tell(life)} waits for ${person}, who has no card to decide on; what they have says:\n${shown}`)
    }
  }
}
