import type { Stretch } from './ask.ts'

/** Words that try to talk the bot round its rules, rather than ask it for something. */
export interface Attempt extends Stretch {
  /** The whole sentence is one: somebody else is played, the rules are rewritten. Else only these words in it are. */
  readonly whole: boolean
}

/** Asides: what stands beside them in the sentence may still be an honest request. Each runs to the end of its clause. */
const asides: readonly RegExp[] = [
  /\b(?:ignor(?:e|ing)|forget(?:ting)?|disregard(?:ing)?|overrid(?:e|ing)|bypass(?:ing)?|circumvent(?:ing)?)\b[^.!?\n,]{0,30}\b(?:instructions?|polic(?:y|ies)|rules?|previous|prompts?|approvals?|checks?|guidelines?|restrictions?)\b[^.!?\n,]{0,60}/gi,
  /\b(?:approve|grant|accept)\b[^.!?\n,]{0,30}\b(?:yourself|by yourself|every request|all (?:my )?requests|automatically|without (?:asking|approval))[^.!?\n,]{0,40}/gi,
  /\b(?:skip|without|no need for|leave out|avoid)\b[^.!?\n,]{0,20}\b(?:the |any |an )?approvals?\b[^.!?\n,]{0,40}/gi,
  /\b(?:mark|set|record|count|treat) (?:it|this|that|me|my request) (?:as )?(?:pre-?)?approved[^.!?\n,]{0,30}/gi,
  /\bjust flip\b[^.!?\n,]{0,30}|\b(?:nobody|no ?one) (?:will|would|needs to|has to) (?:notice|know)\b/gi,
  /\b(?:silently|secretly|off the record|without (?:telling|informing)|don'?t tell|do not tell|leave no trace|between (?:you and me|us two))\b[^.!?\n,]{0,60}/gi,
]

const sentences: readonly RegExp[] = [
  /\byou are (?:now )?(?:the|an?|my) (?:approver|admin|owner|developer)/i,
  /\b(?:pretend|assume|act as if|treat (?:that|this|it|me) as)\b/i,
  /\b(?:pre-?approved|already approved in advance)\b/i,
  /<\/?(?:system|user|assistant|policy|admin|role|instruction|approv|tool|function|override|rules?)\b[^>]{0,200}>|\bsystem (?:note|override|prompt)\b(?!s)|\b(?:developer|admin|god|root|unrestricted|jailbr[eo]ak(?:en)?) mode\b/i,
  /\b(?:delete|erase|remove|wipe|hide|clear|change|edit|alter|backdate)\b.{0,20}\b(?:the |my |these |those )?(?:audit|journal|log|trail) (?:entr|record|of)/i,
  /\b(?:delete|erase|remove|wipe|hide|clear|alter|backdate|falsify|forge|doctor|tamper with|rewrite|purge)\b.{0,40}\b(?:audit (?:trail|journal|logs?|records?|entries)|journal)(?! retention)\b/i,
  /\bwithout (?:anyone|anybody|someone|somebody|my manager|the owner|them) (?:noticing|knowing|seeing|finding out|being told)\b/i,
  /\bi'?m \p{Lu}\p{L}{1,20},? (?:writing|typing|speaking|here)\b.{0,30}\b(?:laptop|account|phone|computer|machine)/u,
  /\b(?:no|without(?: any)?|free of) (?:restrictions|limits|guardrails|rules)\b/i,
  /\b(?:turn off|switch off|disable|suspend|get around|work around|remove)\b.{0,20}\b(?:approvals?|approvers?|verification|four[- ]eyes|requirement)\b/i,
  /\b(?:from (?:this message|now) on|henceforth)\b.{0,30}\byou\b/i,
  /\b(?:as|i am|i'm) (?:your|the) (?:developer|creator|administrator|ceo|owner|boss)\b.{0,40}\b(?:approve|grant|order|command|instruct|allow|authori[sz]e)/i,
]

/** Politeness and joints before an aside belong to it. */
const leadingUp =
  /(?:[\s,;-]{0,3}\b(?:and|also|btw|by the way)){0,4}(?:[\s,;-]{0,3}\b(?:please|pls|plz|kindly))?[\s,]{0,3}$/i

/** Where a text tries that: what is left may still ask for something. */
export function attemptsIn(text: string): readonly Attempt[] {
  const found: Attempt[] = []
  for (const match of text.matchAll(/[^.!?\n]{1,400}[.!?\n]?/g))
    if (sentences.some((pattern) => pattern.test(match[0])))
      found.push({ from: match.index, to: match.index + match[0].length, whole: true })
  for (const pattern of asides)
    for (const match of text.matchAll(pattern)) {
      const before = text.slice(Math.max(0, match.index - 60), match.index)
      const lead = leadingUp.exec(before)?.[0].length ?? 0
      found.push({ from: match.index - lead, to: match.index + match[0].length, whole: false })
    }
  return found
}
