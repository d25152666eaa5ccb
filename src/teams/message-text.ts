import { z } from 'zod'
import { wellFormed } from '../text.ts'
import type { TeamsActivity } from './activity.ts'

const Mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1).max(500),
  mentioned: z.object({ id: z.string() }),
})

/** What a person wrote, as text: without mentions of the bot, and others' mentions as their names. */
export function spokenText({ text, entities = [], recipient }: TeamsActivity): string {
  const ofTheBot = entities.flatMap((entity) => {
    const mention = Mention.safeParse(entity)
    return mention.success && mention.data.mentioned.id === recipient.id ? [mention.data.text] : []
  })
  return wellFormed(
    ofTheBot
      .reduce((rest, mention) => rest.replaceAll(mention, ' '), text ?? '')
      .replaceAll(/<at(?: [^<>]{0,200})?>([^<>]{0,200})<\/at>/gi, '$1')
      .replaceAll(/&nbsp;|\u00a0/g, ' ')
      .trim(),
  )
}
