// What the model rules out, and the product did all the same.

export class Differs extends Error {
  override name = 'Differs'
}
export function must(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Differs(otherwise)
}
