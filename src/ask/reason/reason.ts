import type { Stretch } from '../ask.ts'
import { isFrame, type Language } from '../language/language.ts'
import { trimmed } from './reason-words.ts'
import { cutsIn, pastedIn, piecesBetween, statementsIn, tellingParts, turnsIn } from './narrative.ts'
import { wordsOf } from '../language/words.ts'

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
  const taken = [
    ...[...said, ...(whom === undefined ? [] : [whom])].filter((stretch) => !inStatement(stretch)),
    ...cuts,
  ]
  const pasted = pastedIn(text)
  const pieces = piecesBetween(text, taken).flatMap((piece) => {
    const attached = piece.from > 0 && !cuts.some(({ to }) => to === piece.from)
    return tellingParts(piece, attached, language).map((part) => ({
      ...trimmed(part.words, part.from === piece.from ? piece.before : '', language),
      names: about.some(
        (stretch) => stretch.from >= part.from && stretch.from < part.from + part.words.length && !inStatement(stretch),
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
    (piece.marked ? (piece.loose && purposeless.test(piece.words) ? speaks.tooLittle : speaks.marked) : 0) +
    (piece.concluded ? speaks.concluded : 0) +
    (piece.names && !piece.concluded ? 0 : speaks.ofNoName) +
    (piece.after ? speaks.behindName : 0) +
    (piece.asks ? speaks.asks : 0) +
    (piece.pasted ? speaks.pasted : 0) +
    (piece.aside ? speaks.aside : 0)
  const [best] = meaningful.toSorted((a, b) => rank(b) - rank(a) || pieces.indexOf(b) - pieces.indexOf(a))
  return best?.words
}

/** How much it speaks for a part being the reason, or against it. */
const speaks = {
  marked: 4,
  ofNoName: 2,
  behindName: 1,
  concluded: 0.5,
  tooLittle: -0.5,
  aside: -1.5,
  pasted: -3,
  asks: -6,
}

/** "On the sandbox subscription", right behind what is asked for, says where. */
const scopes =
  /^(?:on|onto|in|into|at|of|from)\s(?!(?:order|case|preparation|response|view|account|behalf)\b)(?!\p{L}+ing\b)(?:[\p{L}\d.'"’_/-]{1,40}\s?){1,5}$/iu
/** "The eval run needs another", before a length. */
const dangling = /\b(?:another|further|extra|additional|more|the|an?)\s*$/i
/** What stands before a ticket or a number. */
const referring = /^(?:(?:my|our|the) )?(?:work ?item|case|task|story|issue|bug|item|ref\w*|port)$/i
/** "Library or lab" leaves open which. */
const choice = /^(?:\S+ ){0,2}(?:or|and\/or) (?:the )?\S+(?: \S+)?$/iu
const oneResource = /^(?=[^\s]*[-.])[a-z\d][a-z\d._-]{3,60}$/i
/** "For the shift", "for gpt-4o-mini in the sandbox": too little for a reason where another one is told. */
const purposeless = /^(?!\p{L}+ing\b)(?:[\p{L}\d._/-]{1,40}\s?){1,5}$/iu
