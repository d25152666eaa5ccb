import { accountOf, botAccount, botName } from './accounts.ts'
import type { Channel } from './channel.ts'
import type { Json, Message } from './timeline.ts'

const botMention = `<at>${botName}</at>`

/** Who is mentioned: ids of people, and `bot` by whichever name. */
export const mentionedIn = (text: string, named: readonly string[] = []): ReadonlySet<string> =>
  new Set([...named.map((who) => (who === botName ? 'bot' : who)), ...(text.includes(botMention) ? ['bot'] : [])])

/** What Teams sends of a text with mentions: each as a tag in it, and as an entity that says who is meant. */
export function withMentions(channel: Channel, { conversation, mentions }: Message, text: string): Json {
  const people = [...mentions].flatMap((id) => channel.tenant.people.get(id) ?? [])
  let tagged = text
  if (mentions.has('bot') && conversation.type !== 'personal' && !text.includes(botMention)) {
    tagged = text.includes(`@${botName}`) ? text.replace(`@${botName}`, botMention) : `${botMention} ${text}`
  }
  for (const { displayName } of people) {
    const tag = `<at>${displayName}</at>`
    const written = [`@${displayName}`, displayName].find((each) => tagged.includes(each))
    if (!tagged.includes(tag)) tagged = written === undefined ? `${tagged} ${tag}` : tagged.replace(written, tag)
  }
  const entities = [
    ...(tagged.includes(botMention) ? [mention(botMention, botAccount(channel.bot.appId))] : []),
    ...people.map((person) => mention(`<at>${person.displayName}</at>`, accountOf(person))),
  ]
  return { text: tagged, ...(entities.length > 0 ? { entities } : {}) }
}

const mention = (text: string, mentioned: object): Json => ({ type: 'mention', text, mentioned })
