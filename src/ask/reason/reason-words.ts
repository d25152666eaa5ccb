import { onlyFrame } from '../language/frame.ts'
import { heard, once } from '../language/heard.ts'
import type { Language } from '../language/language.ts'
import { tokensOf } from '../language/tokens.ts'
import { wordsOf } from '../language/words.ts'

const lead = [
  /^[\s,.:;–—/-]{1,10}/,
  /^(?:my \p{L}{2,8} (?:number|no|id) is )?\p{Lu}{2,6}-\d{3,8}(?:[\s,]{1,3}|$)/u,
  /^sorry to (?:bother|ask|disturb)(?: you)?(?: again)?[\s,–-]{0,4}/i,
  /^(?:my )?(?:SOW|PO|WO|RITM|REQ|TASK)(?: number)?(?: is)?[\s#-]{0,2}[A-Z]{0,4}-?\d{3,8}[\s,]{0,3}/i,
  /^(?:please|pls|plz|hi|hey|hello|thanks|thx|and|then|ok|sorry|well|btw|just|urgent)(?![\p{L}\p{N}'])[\s,!]{0,4}/iu,
  /^(?:i|we|he|she|they|somebody|someone)(?:'ll|'d|'ve| will| would)? (?:just |really |urgently |only )?(?:needs?|wants?|ha[sv]e|must|got)(?: to)? /i,
  /^(?:(?:i|we) )?(?:need|want)s? (?:it|this|that|them) (?=(?:to|for|because|since|as|so)\s)/i,
  /^(?:so|but)(?! that\b| (?:i|we) can\b)[\s,]{1,3}(?=\p{L})/iu,
  /^(?:i|we)(?:['’]ve| have|['’]m|['’]re| am| are| was| were) (?:been )?(?:asked|told|supposed|meant|tasked|asked by \p{L}+|told by \p{L}+) to /iu,
  /^(?:i|we)(?:['’]d| would) (?:like|love) to (?:be able to )?(?=\p{L})/iu,
  /^(?:i'll be|we'll be|i will be|we will be|i'm|im|we're|i am|we are) (?=\p{L}{2,20}ing\b)/iu,
  /^(?:need|needs|want|wants|have|has|got) to /i,
  /^(?:the )?(?:reason|why|justification)(?: is|:)? /i,
]
const marker =
  /^(?:in order to|for the purposes? of|with a view to|with the aim of|for the sake of|so that (?:i|we) can|so (?:i|we) can|so that|to|because of|because|cause|cuz|since|as|due to|for reasons of|(?:it|this|that)(?:['’]s| is) for|for)(?![\p{L}\p{N}'])\s{0,3}/iu
const tail =
  /[\s,.;:!?–—-]{1,10}$|[\s,]{1,4}(?:please|pls|plz|thanks|thx|thank you|many thanks|and|for|to|with|on|ticket|ref|asap)$/iu

/** Some languages tell at the end that it was a reason. */
const closesReason = once(() => new RegExp(String.raw`(?:${heard('closesReason', 'unspaced')})$`))

/**
 * The words of a part without what leads to a reason and what follows it, and whether something marked them as one.
 * @param before the part in front, which may announce it: "Why:".
 */
export function trimmed(
  piece: string,
  before: string,
  language: Language,
): { readonly words: string; readonly marked: boolean } {
  let words = piece
  // "please, thanks, the actual reason": parts that say nothing fall away at either end.
  const parts = words.split(/,(?=\s|$)/)
  while (parts.length > 1 && onlyFrame(parts[0] ?? '', language)) parts.shift()
  while (parts.length > 1 && wordsOf(parts.at(-1) ?? '').length < 4 && onlyFrame(parts.at(-1) ?? '', language))
    parts.pop()
  words = parts.join(',')
  let marked = /(?:reason|why|justification)(?: is \p{L}{2,12})?\s{0,2}$/iu.test(before.trimEnd())
  for (let round = 0; round < 6; round++) {
    const shorter = lead.reduce((text, pattern) => text.replace(pattern, ''), words)
    const bare = withoutOpening(shorter.replace(marker, ''), language)
    if (bare !== shorter || /^(?:the )?(?:reason|why|justification)/i.test(words.trimStart())) marked = true
    if (bare === words) break
    words = bare
  }
  for (let round = 0; round < 6; round++) words = words.replace(tail, '')
  if (closesReason().test(words)) marked = true
  words = withoutEnd(words, language)
  return { words: words.replace(/\s*\p{Extended_Pictographic}/gu, '').trim(), marked }
}

/** Without the words of other languages that begin a reason; English has rules of its own, above. */
function withoutOpening(words: string, { tag, reason }: Language): string {
  if (tag === 'en') return words
  const tokens = tokensOf(words)
  const found = reason.begins.at(tokens, 0)
  return found === undefined ? words : words.slice(tokens[found.end]?.from ?? words.length)
}

function withoutEnd(words: string, { tag, reason }: Language): string {
  if (tag === 'en') return words
  const tokens = tokensOf(words)
  for (let index = Math.max(1, tokens.length - 8); index < tokens.length; index++)
    if (reason.ends.at(tokens, index)?.end === tokens.length) return words.slice(0, tokens[index - 1]?.to ?? 0)
  return words
}
