import type { Stretch } from './ask.ts'
import { isFrame, type Language } from './language.ts'
import { tokensOf } from './tokens.ts'
import { wordsOf } from './words.ts'

/** Where one statement ends and the next begins; stretches that said something else are cuts as well. */
const cut =
  /[.!?;](?=\s|$)|[。！？、]|,(?=\s(?:in order to|to|because|cuz|since|so that)\s|\s(?:can|could|may) (?:you|i|we)\s|\s(?:i|we|he|she|they)(?:'ll| will)? need\s)|\n|:(?=\s|$)|\s[-–—]{1,2}\s|->|→|👉|[()]/gu

const lead = [
  /^[\s,.:;–—/-]{1,10}/,
  /^(?:my \p{L}{2,8} (?:number|no|id) is )?\p{Lu}{2,6}-\d{3,8}(?:[\s,]{1,3}|$)/u,
  /^sorry to (?:bother|ask|disturb)(?: you)?(?: again)?[\s,–-]{0,4}/i,
  /^(?:my )?(?:SOW|PO|WO|RITM|REQ|TASK)(?: number)?(?: is)?[\s#-]{0,2}[A-Z]{0,4}-?\d{3,8}[\s,]{0,3}/i,
  /^(?:please|pls|plz|hi|hey|hello|thanks|thx|and|then|ok|sorry|well|btw|just|urgent)(?![\p{L}\p{N}'])[\s,!]{0,4}/iu,
  /^(?:i|we|he|she|they)(?:'ll|'d|'ve| will| would)? (?:just |really |urgently |only )?(?:needs?|wants?|ha[sv]e|must|got)(?: to)? /i,
  /^(?:i'm|im|we're|i am|we are) (?=\p{L}{2,20}ing\b)/iu,
  /^(?:need|needs|want|wants|have|has|got) to /i,
  /^(?:the )?(?:reason|why|justification)(?: is|:)? /i,
]
const asksOnly = /^(?:can|could|may|would) (?:i|you|we)\b/i
const marker =
  /^(?:in order to|for the purposes? of|with a view to|with the aim of|for the sake of|so that (?:i|we) can|so (?:i|we) can|so that|to|because of|because|cause|cuz|since|as|due to|for)(?![\p{L}\p{N}'])\s{0,3}/iu
const tail =
  /[\s,.;:!?–—-]{1,10}$|[\s,]{1,4}(?:please|pls|plz|thanks|thx|thank you|many thanks|and|for|to|with|on|ticket|ref|asap)$/iu

/**
 * The words that say why, as typed: what is left of a message once what is wanted, for how long and under which ticket
 * has been taken out. A part that begins with "to", "because" or "for" is preferred, without that word; a part that names
 * what is wanted counts only where nothing else does.
 * @param about where the text names what is wanted.
 */
export function reasonIn(
  text: string,
  said: readonly Stretch[],
  about: readonly Stretch[],
  language: Language,
): string | undefined {
  const cuts = [...text.matchAll(cut)].map((match) => ({ from: match.index, to: match.index + match[0].length }))
  const pieces = piecesBetween(text, [...said, ...cuts]).map(({ words, before, from }) => ({
    ...trimmed(words, before, language),
    names: about.some((stretch) => stretch.from >= from && stretch.to <= from + words.length),
    after: about.some((stretch) => stretch.to <= from),
    attached: from > 0 && !cuts.some(({ to }) => to === from),
    loose: /^\s{0,3}(?:for|to)\s/i.test(words),
  }))
  const meaningful = pieces.filter(
    ({ words, attached }) =>
      !(attached && scopes.test(words)) &&
      !inDoubt.test(words) &&
      !oneResource.test(words) &&
      wordsOf(words).some((word) => !isFrame(word, language)),
  )
  const rank = (piece: (typeof pieces)[number]): number =>
    (piece.marked ? (purposeless.test(piece.words) && piece.loose ? 0.5 : 4) : 0) +
    (piece.names ? 0 : 2) +
    (piece.after ? 1 : 0) -
    (asksOnly.test(piece.words) ? 3 : 0)
  const [best] = meaningful.toSorted((a, b) => rank(b) - rank(a) || b.words.length - a.words.length)
  return best?.words
}

/** "On the sandbox subscription", right behind what is asked for, says where. */
const scopes =
  /^(?:on|onto|in|into|at|of|from)\s(?!(?:order|case|preparation|response|view|account|behalf)\b)(?!\p{L}+ing\b)(?:[\p{L}\d.'"’_/-]{1,40}\s?){1,5}$/iu
/** Not knowing which one is no reason for it. */
const inDoubt =
  /\b(?:don'?t know|do not know|not sure|no idea|can'?t tell|dunno) (?:which|what|whether|if)\b|\bwhichever\b|^which (?:one )?is mine/i
const oneResource = /^(?=[^\s]*[-.])[a-z\d][a-z\d._-]{3,60}$/i
/** "For the shift", "for gpt-4o-mini in the sandbox": too little for a reason where another one is told. */
const purposeless = /^(?!\p{L}+ing\b)(?:[\p{L}\d._-]{1,40}\s?){1,3}(?:in the \p{L}+)?$/iu

/** Verbs that ask, and what goes with them: in front of a name they say nothing more. */
const asking = new Set([
  'need',
  'give',
  'get',
  'activate',
  'allow',
  'please',
  'can',
  'i',
  'me',
  'you',
  'greet',
  'thank',
  'my',
  'whether',
  'wrong',
  'rights',
])

/** Whether only the frame of a request stands here: "could I please have the". */
export function onlyFrame(text: string, language: Language): boolean {
  const tokens = tokensOf(text)
  const framed: Stretch[] = []
  for (let index = 0; index < tokens.length; index++) {
    const cue = language.cues.at(tokens, index)
    if (cue !== undefined && asking.has(cue.value))
      framed.push({ from: tokens[index]?.from ?? 0, to: tokens[cue.end - 1]?.to ?? 0 })
  }
  return wordsOf(text).every(
    (word) => isFrame(word, language) || framed.some(({ from, to }) => from <= word.from && word.to <= to),
  )
}

interface Piece {
  readonly words: string
  /** The piece before, which may announce it: "Why:". */
  readonly before: string
  readonly from: number
}

function piecesBetween(text: string, cuts: readonly Stretch[]): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  let before = ''
  for (const { from, to } of cuts.toSorted((a, b) => a.from - b.from)) {
    if (from > end) {
      pieces.push({ words: text.slice(end, from), before, from: end })
      before = text.slice(end, from)
    }
    end = Math.max(end, to)
  }
  return [...pieces, { words: text.slice(end), before, from: end }]
}

function trimmed(
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
  let marked = /(?:reason|why|justification)\s{0,2}$/i.test(before.trimEnd())
  for (let round = 0; round < 6; round++) {
    const shorter = lead.reduce((text, pattern) => text.replace(pattern, ''), words)
    const bare = withoutOpening(shorter.replace(marker, ''), language)
    if (bare !== shorter || /^(?:the )?(?:reason|why|justification)/i.test(words.trimStart())) marked = true
    if (bare === words) break
    words = bare
  }
  for (let round = 0; round < 6; round++) words = words.replace(tail, '')
  // Japanese tells at the end that it was a reason.
  if (language.tag === 'ja' && /(?:ため|ので|から)(?:です|に|なので|でして)?$/.test(words)) marked = true
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
