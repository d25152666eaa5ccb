import fc from 'fast-check'
import type { Model } from './model.ts'
import { everybody, requesters, roles } from './roles.ts'
import type { World } from './world.ts'

// Numbers are drawn beforehand and name one of whatever there is when the command's turn comes, so that one seed makes
// one sequence.

export type Command = fc.AsyncCommand<Model, World>

export const command = (
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, world: World) => Promise<unknown>,
): Command => ({
  check,
  run: async (model, world) => void (await run(model, world)),
  toString: () => name,
})

export const nth = <Item>(items: readonly Item[], draw: number): Item | undefined =>
  items[draw % Math.max(1, items.length)]
export const draws = fc.nat({ max: 10_000 })
export const person = fc.constantFrom(...everybody)
export const requester = fc.constantFrom(...requesters)
export const role = fc.constantFrom(...roles)
