import { type Duration, milliseconds } from '../../time.ts'
import type { Stretch } from '../ask.ts'
import { heard, once } from '../language/heard.ts'
import { countAt, type Length } from './lengths.ts'
import type { Aside } from './time-said.ts'
import type { TimeText } from './time-words.ts'

const ofSomethingElse = once(
  () => new RegExp(String.raw`(?:^|[^\p{L}])(?:${heard('otherLength')}|(?<!for )these)\s{1,3}(?:only\s|the\s)?$`, 'iu'),
)
const led = once(() => new RegExp(String.raw`(?:^|\s)(?:${heard('forLength')})\s$`, 'iu'))
/** "Should last 3 hours", "won't be longer than an hour", "4 hours each": said of the thing asked for. */
const ofTheThing =
  /(?:\b(?:to|should|must|will|can|could|might|would|shall|may|let it|make it|'ll|n't)\s{1,3}(?:only\s|just\s)?last|(?:not|n[o'’]t|no)\s(?:\p{L}+\s)?(?:longer|more) than|(?:,|^)\s?each)\s{1,3}$/iu
/** "Was down for three hours": what has been is not asked for. */
const hasBeen = /\b(?:was|were|been)\s(?:\p{L}+\s){0,2}(?:for\s)?$/iu
const toStay = /^\s{1,2}(?:longer|more|extra)(?![\p{L}\p{N}])/iu
const tellsOtherwise =
  /^\s{0,2}(?:ago|old|later|earlier|late|retention|early|in a row|behind|overdue|worth of|of (?:\p{L}+ ){0,2}(?:logs?|data|history|traces|telemetry|prompts|retention|records))(?![\p{L}\p{N}])/iu

/** The length asked for; the last one where the words correct themselves. "Six standups a day" is a rate, not a length. */
export function lengthIn(
  text: TimeText,
  lengths: readonly Length[],
  aside: Aside,
): { readonly duration: Duration; readonly said: readonly Stretch[] } | undefined {
  const all = lengths.filter(({ from, to }) => {
    const before = text.text.slice(Math.max(0, from - 24), from)
    const behind = text.text.slice(to, to + 24)
    return (
      (!ofSomethingElse().test(before) ||
        ofTheThing.test(before) ||
        (/\blast\s{1,3}$/i.test(before) && toStay.test(behind))) &&
      !tellsOtherwise.test(behind) &&
      !hasBeen.test(before) &&
      !(/\p{Ll}s $/u.test(before) && !/\blasts $/iu.test(before) && /^an? /i.test(text.text.slice(from, to)))
    )
  })
  const weight = (length: Length): number =>
    (aside(length) ? 0 : 2) +
    // What was read as a name stands blank: right behind what is asked for.
    (/\s{3}(?:for\s)?$/.test(text.text.slice(Math.max(0, length.from - 12), length.from)) && !aside(length) ? 2 : 0) +
    (led().test(text.text.slice(0, length.from).slice(-10)) ? 1 : 0)
  const best = Math.max(0, ...all.map(weight))
  // Said aside and without "for", it is about something else.
  if (all.length === 0 || best === 0) return undefined
  const first = all.findIndex((length) => weight(length) >= (best > 3 ? 4 : Math.min(best, 2)))
  let chosen = all[first]
  if (chosen === undefined) return undefined
  const said: Stretch[] = [chosen]
  for (const next of all.slice(first + 1)) {
    if (!corrected(text, chosen.end, next.first)) {
      if (next.duration === chosen.duration && !aside(next)) said.push({ from: next.from, to: next.to })
      continue
    }
    said.push({ from: next.from - chosen.to < 26 ? chosen.to : next.from, to: next.to })
    chosen = next
  }
  const bare = bareCorrection(text, chosen.end) ?? enoughBehind(text, chosen)
  if (bare === undefined) return { duration: chosen.duration, said }
  said.push({ from: chosen.to, to: text.to(bare.end) })
  return { duration: milliseconds(bare.count * chosen.unit), said }
}

/** Whether words of correction, and little else, stand between. */
function corrected(text: TimeText, from: number, to: number): boolean {
  if (to - from > 14 || to <= from) return false
  for (let index = from; index < to; index++) if (text.find(text.lexicon.corrects, index) !== undefined) return true
  return text.token(from)?.plain === '/' || text.sign('→', from)
}

/** "2h, no, 3": the number alone counts what was counted before. */
function bareCorrection(text: TimeText, from: number) {
  let index = text.past('more', from)
  let turned = false
  for (let steps = 0; steps < 8; steps++) {
    const correction = text.find(text.lexicon.corrects, index)
    if (correction !== undefined) turned = true
    else if (!text.sign('.,?!;:-–—…', index)) break
    index = correction?.end ?? index + 1
  }
  const count = turned ? countAt(text, index) : undefined
  const behind = count === undefined ? undefined : text.token(count.end)
  return count !== undefined &&
    count.count > 0 &&
    (behind === undefined ||
      (behind.kind === 'sign' && !behind.touches) ||
      text.sign('.,;!)', count.end) ||
      // What stood there was read as something else, such as a ticket.
      behind.from - text.to(count.end) > 2 ||
      behind.plain === 'please' ||
      behind.plain === 'pls')
    ? count
    : undefined
}

const enough =
  /^\s(?:(?:will be|is|are|would be|should be|'ll be)\s(?:fine|enough|plenty|ok|okay|good)|(?:will|would|'ll|should) (?:do|suffice)|suffices?)(?!\p{L})/iu

/** "8 hours … but 5 will be fine", "not two hours but one": a smaller number behind is the one meant. */
function enoughBehind(text: TimeText, { first, end, duration, unit }: Length) {
  const denied = /^(?:not|no)$/.test(text.token(first - 1)?.plain ?? '')
  for (let index = end; index < Math.min(end + 16, text.tokens.length); index++) {
    const count = countAt(text, index)
    if (count === undefined) continue
    const but = denied && text.token(index - 1)?.plain === 'but'
    const meant = but || enough.test(text.text.slice(text.to(count.end)).slice(0, 24))
    if (meant && count.count > 0 && (but || count.count * unit < duration || unit === duration)) return count
    index = count.end - 1
  }
  return undefined
}
