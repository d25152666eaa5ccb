import type { Stretch } from './ask.ts'

/** Words that try to talk the bot round its rules, rather than ask it for something. */
const attempts: readonly RegExp[] = [
  /\b(?:ignore|forget|disregard|override|bypass)\b.{0,30}\b(?:instruction|polic|rule|previous|prompt|approval|check)/i,
  /\b(?:approve|grant|accept)\b.{0,30}\b(?:yourself|by yourself|every request|all (?:my )?requests|automatically|without (?:asking|approval))/i,
  /\b(?:skip|without|no need for|leave out|avoid)\b.{0,20}\b(?:the |any |an )?approval/i,
  /\byou are (?:now )?(?:the|an?|my) (?:approver|admin|owner|developer)/i,
  /\b(?:pretend|assume|act as if|treat (?:that|this|it|me) as)\b/i,
  /\b(?:mark|set|record|count) (?:it|this|that|me|my request) (?:as )?(?:pre-?)?approved/i,
  /\b(?:pre-?approved|already approved in advance)\b/i,
  /<\/?(?:system|user|assistant)>|\bsystem (?:note|override|prompt)\b(?!s)|\bdeveloper mode\b/i,
  /\b(?:delete|erase|remove|wipe|hide|clear|change|edit)\b.{0,20}\b(?:the |my |these |those )?(?:audit|journal|log|trail) (?:entr|record|of)/i,
  /\bi'?m \p{Lu}\p{L}{1,20},? (?:writing|typing|speaking|here)\b.{0,30}\b(?:laptop|account|phone|computer|machine)/u,
  /\bjust flip\b|\bnobody (?:will|would) (?:notice|know)\b|\bno ?one (?:will|would|needs to) (?:notice|know)\b/i,
  /\b(?:no|without(?: any)?|free of) (?:restrictions|limits|guardrails|rules)\b|\bunrestricted mode\b|\bjailbr[eo]ak(?:en)? mode\b/i,
  /\b(?:silently|secretly|quietly|off the record|without (?:telling|informing|asking)|don'?t tell|do not tell|leave no trace|between (?:you and me|us))\b.{0,60}/i,
  /<\/?(?:policy|admin|role|instruction|approv|tool|function|override|rules?)[^>]{0,200}>/i,
  /\b(?:turn off|switch off|disable|suspend|circumvent|get around|work around|bypass|remove)\b.{0,20}\b(?:approvals?|approvers?|verification|review|four[- ]eyes|checks|requirement)\b/i,
  /\b(?:from (?:this message|now) on|henceforth)\b.{0,30}\byou\b/i,
  /\b(?:as|i am|i'm) (?:your|the) (?:developer|creator|administrator|ceo|owner|boss)\b.{0,40}\b(?:approve|grant|order|command|instruct|allow|authori[sz]e)/i,
]

/** The sentences that are such an attempt: what is left may still be an honest request. */
export function attemptsIn(text: string): readonly Stretch[] {
  const found: Stretch[] = []
  for (const match of text.matchAll(/[^.!?\n]{1,400}[.!?\n]?/g))
    if (attempts.some((pattern) => pattern.test(match[0])))
      found.push({ from: match.index, to: match.index + match[0].length })
  return found
}
