/**
 * Does it for each, one after the other, whatever fails for one: a card that cannot be edited must not keep a newer one
 * from being shown.
 * @throws the first failure, once all have had their turn
 */
export async function eachInTurn<Item>(items: readonly Item[], deed: (item: Item) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const item of items) await deed(item).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}
