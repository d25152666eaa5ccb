import type { Stretch } from './ask.ts'
import { isFrame, type Language } from './language.ts'
import { asksIn, type Manner, mannerOf, runsOn, turnBehindWhy, turnToAsking } from './manner.ts'
import { tokensOf } from './tokens.ts'
import { wordsOf } from './words.ts'

/** Where one statement ends and the next begins; stretches that said something else are cuts as well. */
const cut =
  /(?<!\b(?:[ap]\.m|e\.g|i\.e))[.!?;]["'”’)]?(?=\s|$)|[。！？、]|,(?=\s(?:in order to|to|because|cuz|since|so that)\s|\s(?:can|could|may) (?:you|i|we)\s|\s(?:i|we|he|she|they)(?:'ll| will)? need\s)|\n|:(?=\s|$)|\s[-–—]{1,2}\s|->|→|👉|[()]/gu

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

/**
 * The words that say why, as typed: what is left of a message once what is wanted, for how long and under which ticket
 * has been taken out. A part that begins with "to", "because" or "for" is preferred, without that word; so is one that
 * the asking follows from ("…, so could I"). A part that names what is wanted counts only where nothing else does.
 * @param whom whom it is asked for.
 * @param about where the text names what is wanted.
 */
export function reasonIn(
  text: string,
  said: readonly Stretch[],
  whom: Stretch | undefined,
  about: readonly Stretch[],
  language: Language,
): string | undefined {
  const turns = turnsIn(text, about)
  const cuts = [...cutsIn(text), ...turns]
  const statements = statementsIn(text, said, turns, language)
  const inStatement = (place: Stretch): boolean =>
    statements.some(({ from, to }) => from <= place.from && place.to <= to)
  const taken = [...[...said, ...(whom === undefined ? [] : [whom])].filter((stretch) => !inStatement(stretch)), ...cuts]
  const pasted = pastedIn(text)
  const pieces = piecesBetween(text, taken).flatMap((piece) => {
    const attached = piece.from > 0 && !cuts.some(({ to }) => to === piece.from)
    return tellingParts(piece, attached, language).map((part) => ({
      ...trimmed(part.words, part.from === piece.from ? piece.before : '', language),
      names: about.some(
        (stretch) =>
          stretch.from >= part.from && stretch.from < part.from + part.words.length && !inStatement(stretch),
      ),
      after: about.some((stretch) => stretch.to <= part.from),
      attached: attached && part.from === piece.from,
      loose: /^\s{0,3}(?:for|as|to(?= (?:the|an?|my|our)\s|\s\p{L}+(?: (?:it|this|that|them))?$))\s/iu.test(part.words),
      concluded: turns.some(({ from }) => from >= part.from && !/[.!?]\s|\n/.test(text.slice(part.from, from))),
      asks: part.manner === 'asks',
      pasted: pasted.some((stretch) => stretch.from <= part.from && part.from < stretch.to),
      aside: text[part.from - 1] === '(',
      dangling: dangling.test(part.words) && said.some(({ from }) => from === part.from + part.words.length),
    }))
  })
  const meaningful = pieces.filter(
    ({ words, attached, asks, dangling, names }) =>
      !dangling &&
      !(asks && (names || /^(?:can|could|may|might|would|will|let|is|are)\b/i.test(words))) &&
      !(attached && scopes.test(words)) &&
      !oneResource.test(words) &&
      !choice.test(words) &&
      !referring.test(words) &&
      wordsOf(words).some((word) => !isFrame(word, language)),
  )
  const rank = (piece: (typeof pieces)[number]): number =>
    (piece.marked ? (piece.loose && purposeless.test(piece.words) ? -0.5 : 4) : 0) +
    (piece.concluded ? 0.5 : 0) +
    (piece.names && !piece.concluded ? 0 : 2) +
    (piece.after ? 1 : 0) -
    (piece.asks ? 6 : 0) -
    (piece.pasted ? 3 : 0) -
    (piece.aside ? 1.5 : 0)
  const [best] = meaningful.toSorted((a, b) => rank(b) - rank(a) || pieces.indexOf(b) - pieces.indexOf(a))
  return best?.words
}

const cutsIn = (text: string): readonly Stretch[] =>
  [...text.matchAll(cut)].map((match) => ({ from: match.index, to: match.index + match[0].length }))

/**
 * Whole sentences that tell something while another one asks: what they name or date is part of what they tell.
 * "The app has pointed at the old host since Monday. Could I have two hours?"
 */
function statementsIn(
  text: string,
  said: readonly Stretch[],
  turns: readonly Stretch[],
  { tag }: Language,
): readonly Stretch[] {
  if (tag !== 'en' || said.length === 0) return []
  const ends = [...text.matchAll(/[.!?;:]["'”’)]?(?=\s|$)|\n|\s[-–—]{1,2}\s|->|→/g)].map(({ index, 0: words }) => ({
    from: index,
    to: index + words.length,
  }))
  const sentences = piecesBetween(text, [...ends, ...turns]).map(({ words, from }) => ({
    words,
    from,
    to: from + words.length,
  }))
  const begins = ({ from }: Stretch): boolean => /(?:^|[.!?,:;…–—\n-])\s*(?:(?:from|for|until|till|til|at|by|on) )?$/.test(text.slice(Math.max(0, from - 10), from))
  const tells = sentences.filter(
    ({ words, from, to }) =>
      wordsOf(words).length > 5 &&
      finite.test(words) &&
      !asksIn(words) &&
      // "10 days are plenty", "…, 25 min, INC-1": these say what is asked for.
      !said.some((stretch) => stretch.from >= from && stretch.to <= to && begins(stretch)),
  )
  return tells.filter((sentence) =>
    sentences.some(
      (other) =>
        other !== sentence &&
        !tells.includes(other) &&
        (asksIn(other.words) || said.some(({ from }) => other.from <= from && from < other.to)),
    ),
  )
}

/** A subject with its verb. */
const finite =
  /\b(?:is|are|was|were|has|have|had|does|did|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|hasn['’]t|haven['’]t|can['’]t|cannot|won['’]t|don['’]t|doesn['’]t|didn['’]t|must|i['’]m|keeps?|(?:i|we|they|he|she|it|who|which|nobody|someone|somebody|everyone|everything) \p{L}{2,}|(?!need)\p{L}{3,}ed)\b/iu

/** Where what was told turns into asking: what stands before is why. */
const turnsIn = (text: string, about: readonly Stretch[]): readonly Stretch[] =>
  [...text.matchAll(turnToAsking)].flatMap(({ index, 0: words }) => {
    const turn = { from: index, to: index + words.length }
    const rest = /^[^.!?\n]{0,200}/.exec(text.slice(turn.to))?.[0] ?? ''
    const names = about.some(({ from }) => from >= turn.to && from <= turn.to + rest.length)
    const asks = /\bso[,:]?$/i.test(words)
      ? rest.split(/,\s|:\s/).some((part) => mannerOf(part) === 'asks')
      : !/\band$/i.test(words) || /\bfor (?:that|this|it)\b|\bif\b/i.test(rest)
    return names || asks
      ? [turn]
      : []
  })

/** The parts of a piece that tell something: consecutive ones between those that ask, doubt or greet are one. */
function tellingParts(piece: Piece, attached: boolean, language: Language): readonly (Piece & { readonly manner: Manner })[] {
  const parts: (Piece & { manner: Manner })[] = []
  let joins = false
  let from = 0
  for (const words of piece.words.split(comma).flatMap((part) => splitAt(part, turnBehindWhy))) {
    const first = attached && from === 0
    const said = first && runsOn.test(words) ? 'asks' : mannerOf(words.replace(/,$/, '').trim())
    const manner = language.tag === 'en' ? said : 'tells'
    const last = parts.at(-1)
    if (manner === 'closes') break
    if (manner === 'doubts' || manner === 'greets') {
      // "Library or lab, I don't know which": what the doubt is about is what is asked for.
      if (manner === 'doubts' && last !== undefined && joins) parts[parts.length - 1] = { ...last, manner: 'asks' }
      joins = false
    } else if (joins && last !== undefined && last.manner === manner)
      parts[parts.length - 1] = { ...last, words: last.words + words }
    else {
      parts.push({ words, before: piece.before, from: piece.from + from, manner })
      joins = true
    }
    from += words.length
  }
  return parts
}
function splitAt(part: string, turn: RegExp): readonly string[] {
  const at = part.search(turn)
  return at < 0 ? [part] : [part.slice(0, at), part.slice(at)]
}
const comma = /(?<=,)(?=\s|$)/

/** What a program printed, or somebody else said, tells less than what a person says about it: the sentences of it. */
const pastedIn = (text: string): readonly Stretch[] =>
  [...text.matchAll(quoted), ...[...text.matchAll(line)].filter(([words]) => printed.test(words))].map(
    ({ index, 0: words }) => ({ from: index, to: index + words.length }),
  )
const quoted = /"[^"\n]{8,300}"|“[^”\n]{8,300}”/gu
const line = /(?:[^\n.!?]|[.!?](?!\s|$)){1,600}/gu
const printed =
  /\b[A-Z][a-z]+[A-Z]\p{L}*(?:Error|Failed|Denied|Exception|Expired|NotAvailable|Required|Disabled)\b|\bMicrosoft\.\p{Lu}\p{L}+\/|\b(?:[Ee]rror|[Cc]ode|status)[ :=]{1,2}\d{3}\b|\bstatus=|^\s*\[?(?:WARN|ERROR|INFO|FATAL)\b|\bretry after \d|\bfinish_reason\b|\bActivityId\b|AADSTS\d|\brate limit exceeded\b/u

/** "On the sandbox subscription", right behind what is asked for, says where. */
const scopes =
  /^(?:on|onto|in|into|at|of|from)\s(?!(?:order|case|preparation|response|view|account|behalf)\b)(?!\p{L}+ing\b)(?:[\p{L}\d.'"’_/-]{1,40}\s?){1,5}$/iu
/** "The eval run needs another", before a length. */
const dangling = /\b(?:another|further|extra|additional|more|the|an?)\s*$/i
/** "Library or lab" leaves open which. */
const referring = /^(?:(?:my|our|the) )?(?:work ?item|case|task|story|issue|bug|item|ref\w*|port)$/i
const choice = /^(?:\S+ ){0,2}(?:or|and\/or) (?:the )?\S+(?: \S+)?$/iu
const oneResource = /^(?=[^\s]*[-.])[a-z\d][a-z\d._-]{3,60}$/i
/** "For the shift", "for gpt-4o-mini in the sandbox": too little for a reason where another one is told. */
const purposeless = /^(?!\p{L}+ing\b)(?:[\p{L}\d._/-]{1,40}\s?){1,5}$/iu

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
  let marked = /(?:reason|why|justification)(?: is \p{L}{2,12})?\s{0,2}$/iu.test(before.trimEnd())
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
