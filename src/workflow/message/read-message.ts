import { type Agreed, agree } from '../../ask/agree.ts'
import { understand } from '../../ask/understand.ts'
import type { Heard } from '../ports/incoming.ts'
import { peopleMeant } from './people-meant.ts'
import type { Edges } from '../ports/ports.ts'
import { visibleTo } from '../record/visible.ts'

type Reading = Pick<Edges, 'tenant' | 'catalogue' | 'languageModel' | 'now'> & {
  readonly chats: Pick<Edges['chats'], 'viewer'>
}

/**
 * What a message means: as the rules read it and, where a language model is configured, as both do. The model is shown
 * nothing that its speaker may not ask for.
 */
export async function readMessage(edges: Reading, message: Heard): Promise<Agreed> {
  const { id } = message.speaker
  const { zone } = await edges.chats.viewer(id)
  const { catalogue, languageModel } = edges
  const now = edges.now()
  const named = await peopleMeant(edges, message.text, id)
  const rules = understand(message.text, { now, zone, catalogue, ...(named === undefined ? {} : { people: named }) })
  if (languageModel === undefined || message.text.trim() === '') return { as: 'understood', ask: rules }
  const candidates = await visibleTo(edges, id, [...catalogue.entitlements.values()])
  const people = [...new Set(candidates.flatMap(({ owners, backup }) => [...owners, ...backup]))]
  const { patterns: tickets } = catalogue.tickets
  const second = await languageModel.read({ text: message.text, speaker: id, now, zone, candidates, people, tickets })
  return second.came === 'read' ? agree(message.text, rules, second.reading) : { as: 'understood', ask: rules }
}
