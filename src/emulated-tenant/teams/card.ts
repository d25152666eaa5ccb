import type { Json } from './timeline.ts'

/** An action of a card, and the cards it sits in: its own (a ShowCard's) first, the outermost last. */
export type CardAction = { action: Json; within: Json[] }

export type ActionChoice = { title: string } | { id: string } | { verb: string; data?: Json | undefined }

/**
 * Finds the action somebody means; a title may stand on a ShowCard and on the button inside: the one that executes.
 * Cards speak their reader's language, so a script that presses whoever's buttons may write the verb for a title.
 */
export function findAction(card: Json, choice: ActionChoice): CardAction | undefined {
  const found = actionThatFits(card, choice)
  return found === undefined && 'title' in choice ? actionThatFits(card, { verb: choice.title.toLowerCase() }) : found
}

function actionThatFits(card: Json, choice: ActionChoice): CardAction | undefined {
  const actions = [...actionsOf(card, [card])]
  const fits = ({ action }: CardAction) =>
    'title' in choice
      ? action['title'] === choice.title
      : 'id' in choice
        ? action['id'] === choice.id
        : action['verb'] === choice.verb
  const fitting = actions.filter(fits)
  const kinds = ['Action.Execute', 'Action.Submit', 'Action.OpenUrl']
  return kinds.flatMap((kind) => fitting.filter(({ action }) => action['type'] === kind))[0]
}

/** Titles of what can be pressed, for the message that names what is there instead. */
export function actionTitles(card: Json): string[] {
  const executing = [...actionsOf(card, [card])].filter(({ action }) => action['type'] !== 'Action.ShowCard')
  return executing.map(({ action }) => String(action['title'] ?? action['id'] ?? action['verb']))
}

/** Values of the inputs that Teams sends with an action: of the card it sits in and of those around that one. */
export function inputValues(within: readonly Json[]): Json {
  const values: Json = {}
  for (const card of within.toReversed())
    for (const element of elementsOf(card)) {
      const id = element['id']
      if (typeof id !== 'string' || !String(element['type']).startsWith('Input.')) continue
      const value = initialValue(element)
      if (value !== undefined) values[id] = value
    }
  return values
}

function initialValue(input: Json): string | undefined {
  const value = input['value']
  if (input['type'] === 'Input.Toggle') return String(value ?? input['valueOff'] ?? 'false')
  if (value !== undefined) return String(value)
  return input['type'] === 'Input.Text' ? '' : undefined
}

function* actionsOf(node: unknown, within: Json[]): Generator<CardAction> {
  if (Array.isArray(node)) for (const each of node) yield* actionsOf(each, within)
  if (!isObject(node)) return
  if (String(node['type']).startsWith('Action.')) yield { action: node, within }
  for (const [key, child] of Object.entries(node)) {
    if (key === 'data' || key === 'refresh' || key === 'fallback') continue // holds no action that can be pressed
    const inner = key === 'card' && isObject(child) ? [child, ...within] : within
    yield* actionsOf(child, inner)
  }
}

/** Elements of a card, not those of the ShowCards inside it. */
function* elementsOf(node: unknown): Generator<Json> {
  if (Array.isArray(node)) for (const each of node) yield* elementsOf(each)
  if (!isObject(node)) return
  yield node
  for (const key of ['body', 'items', 'columns', 'rows', 'cells']) yield* elementsOf(node[key])
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
