import type { Stretch } from '../ask.ts'
import type { Language } from '../language/language.ts'
import { asksIn, type Manner, mannerOf, runsOn, turnBehindWhy, turnToAsking } from './how-it-was-asked.ts'

/** Where one statement ends and the next begins; stretches that said something else are cuts as well. */
const cut =
  /(?<!\b(?:[ap]\.m|e\.g|i\.e))[.!?;]["'”’)]?(?=\s|$)|[。！？、]|,(?=\s(?:in order to|to|because|cuz|since|so that)\s|\s(?:can|could|may) (?:you|i|we)\s|\s(?:i|we|he|she|they)(?:'ll| will)? need\s)|\n|:(?=\s|$)|\s[-–—]{1,2}\s|->|→|👉|[()]/gu

export const cutsIn = (text: string): readonly Stretch[] =>
  [...text.matchAll(cut)].map((match) => ({ from: match.index, to: match.index + match[0].length }))

/** Where what was told turns into asking: what stands before is why. */
export const turnsIn = (text: string, about: readonly Stretch[]): readonly Stretch[] =>
  [...text.matchAll(turnToAsking)].flatMap(({ index, 0: words }) => {
    const turn = { from: index, to: index + words.length }
    const rest = /^[^.!?\n]{0,200}/.exec(text.slice(turn.to))?.[0] ?? ''
    const names = about.some(({ from }) => from >= turn.to && from <= turn.to + rest.length)
    const asks = /\bso[,:]?$/i.test(words)
      ? rest.split(/,\s|:\s/).some((part) => mannerOf(part) === 'asks')
      : !/\band$/i.test(words) || /\bfor (?:that|this|it)\b|\bif\b/i.test(rest)
    return names || asks ? [turn] : []
  })

/**
 * Whole sentences that tell something while another one asks: what they name or date is part of what they tell.
 * "The app has pointed at the old host since Monday. Could I have two hours?"
 */
export function statementsIn(
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
  const sentences = piecesBetween(text, [...ends, ...turns]).flatMap(({ words, from }) =>
    words.trim() === '' ? [] : [{ words, from, to: from + words.length }],
  )
  if (sentences.length < 2) return []
  const asking = new Set(sentences.filter(({ words }) => asksIn(words)))
  const begins = ({ from }: Stretch): boolean =>
    /(?:^|[.!?,:;…–—\n-])\s*(?:(?:from|for|until|till|til|at|by|on) )?$/.test(text.slice(Math.max(0, from - 10), from))
  const tells = sentences.filter(
    (sentence) =>
      !asking.has(sentence) &&
      sentence.words.trim().split(/[^\p{L}\p{N}]+/u).length > 5 &&
      finite.test(sentence.words) &&
      // "10 days are plenty", "…, 25 min, INC-1": these say what is asked for.
      !said.some((stretch) => stretch.from >= sentence.from && stretch.to <= sentence.to && begins(stretch)),
  )
  return tells.filter((sentence) =>
    sentences.some(
      (other) =>
        other !== sentence &&
        !tells.includes(other) &&
        (asking.has(other) || said.some(({ from }) => other.from <= from && from < other.to)),
    ),
  )
}

/** A subject with its verb. */
const finite =
  /\b(?:is|are|was|were|has|have|had|does|did|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|hasn['’]t|haven['’]t|can['’]t|cannot|won['’]t|don['’]t|doesn['’]t|didn['’]t|must|i['’]m|keeps?|(?:i|we|they|he|she|it|who|which|nobody|someone|somebody|everyone|everything) \p{L}{2,}|(?!need)\p{L}{3,}ed)\b/iu

/** The parts of a piece that tell something: consecutive ones between those that ask, doubt or greet are one. */
export function tellingParts(
  piece: Piece,
  attached: boolean,
  language: Language,
): readonly (Piece & { readonly manner: Manner })[] {
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
export const pastedIn = (text: string): readonly Stretch[] =>
  [...text.matchAll(quoted), ...[...text.matchAll(line)].filter(([words]) => printed.test(words))].map(
    ({ index, 0: words }) => ({ from: index, to: index + words.length }),
  )
const quoted = /"[^"\n]{8,300}"|“[^”\n]{8,300}”/gu
const line = /(?:[^\n.!?]|[.!?](?!\s|$)){1,600}/gu
const printed =
  /\b[A-Z][a-z]+[A-Z]\p{L}*(?:Error|Failed|Denied|Exception|Expired|NotAvailable|Required|Disabled)\b|\bMicrosoft\.\p{Lu}\p{L}+\/|\b(?:[Ee]rror|[Cc]ode|status)[ :=]{1,2}\d{3}\b|\bstatus=|^\s*\[?(?:WARN|ERROR|INFO|FATAL)\b|\bretry after \d|\bfinish_reason\b|\bActivityId\b|AADSTS\d|\brate limit exceeded\b/u

export interface Piece {
  readonly words: string
  /** The piece before, which may announce it: "Why:". */
  readonly before: string
  readonly from: number
}

export function piecesBetween(text: string, cuts: readonly Stretch[]): readonly Piece[] {
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
