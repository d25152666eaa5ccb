import type { Intent } from './ask.ts'
import type { Sentence, Sign } from './gist.ts'
import { requests, type Rule, rules } from './intent-rules.ts'

/** An intent, and how strongly the words speak for it: 3 says it outright, 2 by its form, 1 hints at it. */
export interface Heard {
  readonly intent: Intent
  readonly strength: number
  /** Which rule heard it, for those who ask why. */
  readonly by: string
}

const thanksOnly = /^ (?:greet )*thank (?:you )?for (?:[^ ,]+ ){0,4}$/

const manners =
  /^ (?:(?:greet|thank|praise|please|you|me|i|all|everyone|now|be|back|,|moment|_|and|still|can|that|do|my|for|have|help|wrong|yet|end|done|more|did|get|not|left|length|moment|be|it|use|need) )+$/

/**
 * The gist of a sentence without the reasons in it: what begins as one, and, once something is asked for, a clause that
 * only tells what one needs to do.
 */
const asksThere = new Set<Sign['is']>(['i', 'please', 'need', 'give', 'can'])
function toldOf(signs: readonly Sign[]): string {
  const clauses: Sign['is'][][] = [[]]
  for (const { is } of signs) {
    if (is === ',') clauses.push([])
    else clauses.at(-1)?.push(is)
  }
  const told: string[] = []
  let asked = false
  for (const clause of clauses) {
    const reason = clause.indexOf('purpose')
    // "In order to test it I must have the filter": a reason told first ends where the asking begins.
    const begun = reason === 0 ? clause.findIndex((is, at) => at > 0 && asksThere.has(is)) : -1
    const rest = reason < 0 ? clause : begun > 0 ? clause.slice(begun) : clause.slice(0, reason)
    const needs = rest[0] === 'need' || (rest[0] === 'i' && rest[1] === 'need')
    if (!(asked && needs && !rest.includes('thing') && !rest.includes('length'))) told.push(rest.join(' '))
    if (rest.includes('thing')) asked = true
  }
  return ` ${told.filter((clause) => clause !== '').join(' , ')} `
}

/** Intents that want an answer: in a sentence that asks nothing, such words tell why something is asked for. */
const wantsAnswer = new Set<Intent>(['why', 'status', 'expiring', 'catalogue', 'holders', 'mine', 'approvers'])
const asksSomething =
  /\? $|^ (?:(?:and|greet|,|please|praise|now|i|_(?= , )|_(?= (?:who|what|which|when|where|why|how|howlong|list))|wrong|me|thank|you|can|need|do|more|not|if) )*(?:who|what|which|when|where|why|how|howlong|be|do|have|list|whether|if|exist|status|can (?:i|you) (?:list|lets)|most|own|approval|expire|still|difference|denied|open|everyone) | list $|^ my (?:[^ ,]+ ){0,3}(?:rights|expire|application|status)|^ (?:can _ (?:get|have)|need i|can my .*expire) | not rule $| thing if i |^ (?:thing|rights|detail|application) (?:status|expire|rule) $/
/** "Could you let us change the alert rules for an hour?": what is asked about takes no time. */
const asksInForm =
  /^ (?:(?:greet|please|and|,|praise|now) )*(?:can|whether) (?:you|i|me|person|my|other|_) .*thing .*length /
/** A statement that may be meant as a question: "my role ends on Friday". */
const mayAsk = /^ my (?:[^ ,]+ ){0,3}expire (?!.*\?)/
const plainly =
  / thing (?:[^ ]+ ){0,4}(?:length|ticket|please) | (?:need|give|get) (?:[^ ,]+ ){0,4}thing |^ (?:[^ ,]+ ){0,2}(?:need|give|get) .* (?:length|ticket) |^ thing (?:or|and) thing /

/** "Is …", "does …", "did …": asked about, also without a question mark. */
const opensPolar = /^ (?:(?:and|greet|,|please|praise|so) )*(?:do|be|did) /

/** "I had it last week": told, and nothing asked. */
const holdsOnly =
  /^ (?:_ )?i have (?:_ |open |still )*thing (?!.*(?:length|please|need|give|ticket))|^ (?:_ )?thing be (?:_ )+$/

/** "Just the plain coding assistant for 30 days": what is wanted and how long, with nothing between. */
const opensWithThing = /(?:^|,) (?:(?:please|and|greet|_|, ) )?thing (?:for )?length (?:,|$)/
const overruled = new Set<Intent>(['end', 'why', 'expiring', 'catalogue', 'holders', 'status', 'recap', 'help', 'none'])

/** What one sentence is about. */
function heardIn({ signs, asked }: Sentence, index: number): Heard {
  const told = `${toldOf(signs)}${asked ? '? ' : ''}`
  const by = told.trim()
  const fits = ([, , pattern, unless]: Rule): boolean => pattern.test(told) && unless?.test(told) !== true
  if (thanksOnly.test(told)) return { intent: 'smalltalk', strength: 1, by }
  const rule = rules.find(fits)
  const wish = requests.find(fits)
  const later = index * 0.01
  if (rule !== undefined) {
    if (!asked && overruled.has(rule[0]) && opensWithThing.test(told))
      return { intent: 'request', strength: (wish?.[1] ?? 2) - later, by }
    const inForm = asksInForm.test(told) && !/ (?:who|howlong|most|why|if) /.test(told)
    const idle = wantsAnswer.has(rule[0]) && (inForm || !asksSomething.test(told))
    if (idle && (wish !== undefined || / thing /.test(told)) && plainly.test(told))
      return { intent: 'request', strength: (wish?.[1] ?? 2) - later, by }
    const vague = rule[0] === 'extend' && !/ (?:thing|my|more|longer|rights|detail) /.test(told)
    return { intent: rule[0], strength: (idle ? 0.4 : mayAsk.test(told) || vague ? 0.6 : 1) * rule[1] - later, by }
  }
  const opensAsQuestion =
    asked && /^ (?:(?:and|greet|,|please|praise) )*(?:who|what|which|when|where|why|how|howlong|be|do|have) /.test(told)
  if (holdsOnly.test(told)) return { intent: 'none', strength: 0, by }
  if (/ my (?:[^ ,]+ ){0,3}application /.test(told) && !/ (?:need|give|get|please|allow) /.test(told))
    return { intent: 'status', strength: 1 - later, by }
  if (
    wish !== undefined &&
    !opensAsQuestion &&
    !(
      opensPolar.test(told) && !/ (?:i need|give) (?:[^ ,]+ ){0,4}(?:thing|rights|length)| thing .*length /.test(told)
    ) &&
    !/^ (?:(?:and|greet|,) )*(?:who|why|what|which|when|where|how|howlong) /.test(told)
  )
    return { intent: wish[0], strength: wish[1] - later, by }
  return { intent: 'none', strength: 0, by }
}

/** The intent of a message: of its sentences, the one that says most. */
export function intentOf(sentences: readonly Sentence[]): Heard {
  const heard = withoutTakenBack(sentences.slice(0, 60)).map(heardIn)
  const best = heard.toSorted((a, b) => b.strength - a.strength)[0]
  const standsIn = best?.intent === 'delegate' && !/ approv/.test(best.by)
  // "Paulo covers my shift. Security reader for him": what is wanted for somebody is no power to decide.
  const wished = heard.find(({ intent, by }) => intent === 'request' && / for (?:other|person) /.test(` ${by} `))
  if (standsIn && wished !== undefined) return wished
  if (best !== undefined && best.strength > 0) return best
  // "I only want to send test prompts. 2 hours": what is wanted and how long, in two sentences.
  const joined = sentences.map(({ signs }) => toldOf(signs).trim()).join(' , ')
  if (
    /(?:^| )(?:need|give|get|allow|raise) .* ?(?:length|ticket)(?: |$)/.test(joined) &&
    !sentences.some(({ asked }) => asked) &&
    !opensPolar.test(` ${joined} `)
  )
    return { intent: 'request', strength: 0.5, by: joined }
  const whole = ` ${sentences.flatMap(({ signs }) => signs.map(({ is }) => is)).join(' ')} `
  if (/ (?:greet|thank|praise) /.test(whole) && manners.test(whole) && sentences.length < 6)
    return { intent: 'smalltalk', strength: 1, by: whole.trim() }
  return { intent: 'none', strength: 0, by: whole.trim() }
}

/** "I don't need it … no wait, I do": what was said before no longer stands. */
function withoutTakenBack(sentences: readonly Sentence[]): readonly Sentence[] {
  const at = sentences.findLastIndex(({ signs }) =>
    /^ (?:(?:not|wait|,|wrong) )+i (?:do|need)/.test(` ${signs.map(({ is }) => is).join(' ')} `),
  )
  return at > 0 && at < sentences.length - 1 ? sentences.slice(at + 1) : sentences
}
