import type { Filling } from '../../ask/follow-up.ts'
import { milliseconds } from '../../time.ts'
import { assessDraft } from './assess-draft.ts'
import { fitted, lengthIn, showChanged, withTime } from './form.ts'
import type { Heard } from '../ports/incoming.ts'
import type { Edges } from '../ports/ports.ts'
import type { Draft } from '../ports/memory.ts'
import { occasionOf, reply, say } from '../send/reply.ts'
import { confirmView, namesOf, peopleIn } from '../send/show.ts'

/** A tap on the form may come in between; whoever taps more often than this is not writing. */
const attempts = 3

/**
 * Puts into a form what words said, and shows it; everything else in it stays. Once per message, and only while the
 * form is open.
 * @param far whether the form stands out of sight
 */
export async function changeDraft(
  edges: Edges,
  message: Heard,
  draft: Draft,
  filling: Filling,
  far: boolean,
): Promise<void> {
  const assessed = await assessDraft(edges, draft)
  if (!assessed.ok) {
    const { refusal } = assessed
    const names = await namesOf(edges, peopleIn(refusal))
    return reply(edges, message, { view: 'refusal', refusal, names })
  }
  const { assessment } = assessed.value
  let changed: Draft | undefined = draft
  for (let attempt = 0; attempt < attempts && changed?.closed === null; attempt += 1) {
    // Delivered again: the change is made, and the card may not show it yet.
    if (changed.changedBy === occasionOf(message)) break
    const next = filled(changed, filling, assessment.terms)
    if (await edges.drafts.change(draft.id, changed.revision, next, occasionOf(message))) {
      changed = { ...changed, ...next, revision: changed.revision + 1 }
      break
    }
    changed = await edges.drafts.load(draft.id)
  }
  // Submitted or put away in this very moment: its card says so itself.
  if (changed === undefined || changed.closed !== null) return
  await showChanged(edges, message, changed, await confirmView(edges, changed, assessment), far)
  if (filling.start !== undefined) await reply(edges, message, say({ kind: 'begins-at-once' }))
}

function filled(draft: Draft, filling: Filling, terms: Parameters<typeof fitted>[0]) {
  const { duration, longer, justification, ticket, inputs } = filling
  const asked = duration ?? (longer === undefined ? undefined : milliseconds(Math.max(0, lengthIn(draft) + longer)))
  const said = {
    ...draft.inputs,
    ...inputs,
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
  }
  return asked === undefined
    ? { inputs: said, cutFrom: draft.cutFrom }
    : withTime({ inputs: said }, fitted(terms, asked))
}
