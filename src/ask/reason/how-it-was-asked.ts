/**
 * What a part of an English message does that is not telling why. Parts are told by how they are built, not by what
 * they are about, since any subject may be a reason.
 */
export type Manner = 'asks' | 'doubts' | 'greets' | 'closes' | 'tells'

const conclusion = `(?:(?:and|but|so|hence|therefore|thus|then|ok|well|please|pls|maybe|perhaps|which is why|that's why|that is why|for (?:that|this|it|which))[\\s,]{1,3}){0,4}`
const someone = `(?:you|i|we|he|she|they|it|that|this|these|those|someone|somebody|anyone|anybody|the|my|our|his|her|their|\\p{L}{1,20}(?:['’]s)?)`
const adverbs = `(?:(?:really|just|also|so|then|therefore|very much|very|kindly|rather|still|urgently|again|now|even|gladly|happily|thus|most) ){0,2}`

const asking = new RegExp(
  `^${conclusion}(?:${[
    // "could the limit go up", "is it all right if", "may I"
    `(?:can|could|may|might|would|will|shall|can['’]t|couldn['’]t)\\s${someone}(?![\\p{L}\\p{N}'’])`,
    `(?:is|would|might) (?:it|that|this|there) (?:be )?(?:ok|okay|all right|alright|fine|possible|any (?:chance|way))\\b`,
    // "would be plenty", "it'd be lovely", "ought to do": what is asked for stood in front, and is taken out
    `(?:(?:it|that|this|which)(?:['’]d| would| should| might| ought to)|would|should|ought to|might) (?:also |really |certainly |probably |quite |just )?(?:be|do|help|suffice|save|let|last|make|get|work|end)\\b`,
    `(?:(?:it|that|this)['’]ll|(?:(?:it|that|this) )?will) (?:do|suffice|be (?:enough|plenty|fine|great))\\b`,
    // "let me", "make it", "give her"
    `(?:let|give|open|put|make|keep|move|hand|grant|allow|set|turn|switch|get|bump|up|raise|extend|prolong|add|leave|fetch|lend|sort)\\s(?:me|us|him|her|them|it|that|this|mine|ours)(?![\\p{L}\\p{N}'’])`,
    `have (?!to\\b|been\\b|had\\b|got\\b)|(?:is|are) there\\b.{1,60}\\b(?:you|i|we|for me)\\b|would (?:love|like|appreciate)(?! to \\p{L})\\b`,
    `[^.!?]{1,60}\\b(?<!\\bevery )\\d{1,3} ?(?:h|hrs?|d|wks?|mins?|mo)$|(?:somebody|someone) should\\b`,
    `(?!.*\\b(?:is|are|was|has|have|keeps?|runs?|works?)\\b).{0,40}\\b(?:(?:till?|until) (?:\\p{L}{3,9} )?(?:\\d.{0,9}|noon|mid\\p{L}+|eod|eob)|all day|\\d{1,2}(?::\\d\\d)? ?[ap]m?|(?:whole|rest of the|rest of) (?:day|week|weekend|month))$`,
    `please (?:turn|switch|open|extend|prolong|let|give|add|put|make|keep|grant|allow|move|enable|activate|raise|hand|get)\\b`,
    `let (?:the|my|our|his|her|\\p{L}{1,20})(?![\\p{L}\\p{N}'’])`,
    // "I'd like the", "we need"; what somebody needs to do is told, not asked
    `(?:i|we|he|she|they)(?:['’]d| would) ${adverbs}(?:like|love|want|take|need|appreciate|prefer|welcome|feel|be (?:so |very |most |really )?(?:happy|glad|grateful|obliged|delighted)|have to (?:have|see|get|use)|ask)(?! to \\p{L})\\b`,
    `(?:i|we|he|she|they) ${adverbs}(?:needs?|wants?|require|wish|ask)(?! to\\b| (?:it|this|that|them) (?:to|for|because|since|as|so)\\b)\\b`,
    `(?:needs?|wants?)(?! (?:to|2)\\b| (?:it|this|that|them) (?:to|for|because|since|as|so)\\b)\\b`,
    `(?:i['’]m|we['’]re|i am|we are) ${adverbs}(?:asking|requesting|hoping|looking) (?:for|to get)\\b`,
    `(?:what|all|the one|the only thing) (?:i|we|that)(?: (?:i|we))?(?:['’]d)? (?:need|want|like|ask)`,
    `(?:the (?:one|person) (?:i|to)|that['’]s (?:the one|all|it|what)|only then|if (?:i|we|you) (?:may|might|could|can)|if (?:that|it|this)|if acceptable|if possible|if at all)`,
  ].join('|')})`,
  'iu',
)

const doubting = new RegExp(
  [
    `\\b(?:don['’]?t|do not|never|can['’]?t|cannot|couldn['’]?t|not|no|dunno|forgot|undecided|unsure|hardly)\\b[^.;]{0,24}\\b(?:which|whether|what|if)\\b(?: ?$| (?:one|of|it|fits?|suits?|to|i|is|copilot|\\p{L}+ ?$))`,
    `\\b(?:don['’]?t know|do not know|not sure|no idea|can['’]?t tell|cannot tell|dunno|unsure) (?:exactly |yet )?(?:which|what|whether|if|how long)\\b|^(?!\\p{L}+ing\\b)(?:the |that )?[\\p{L}-]+ one$|\\btell (?:them|the two|those two) apart\\b`,
    `\\b(?:remember|know|recall|dunno|forgot|sure (?:of|about)) (?:the|its|their) (?:exact |right |proper |full )?names?\\b`,
    `\\b(?:you (?:tell|decide|choose|pick)\\b|up to you\\b|your (?:choice|call|pick)\\b|either (?:way|one|is fine|will do|works)\\b|whichever\\b|whatever fits\\b|will know which\\b|undecided\\b|one of (?:the|these|those) (?:first |last )?(?:two|three)\\b|\\b(?:for sure|i guess|i suppose)$)`,
    `\\b(?:how|what) ?ever (?:it|that|this)['’]?s? (?:is )?(?:called|named)\\b`,
    `^whether\\b|^which (?:one )?is mine|^i think (?:it|that|this)(?:['’]s| is) called`,
  ].join('|'),
  'iu',
)

const greeting = new RegExp(
  `^(?:(?:hi|hey|ok|so|well|and|but|please|pls|guys|folks|team)[\\s,!]{1,3}){0,3}(?:${[
    `(?:so |very |really )?sorry(?: again| once more)? (?:for|about|to|if)\\b`,
    `(?:my )?apologies\\b|excuse (?:me|the|my)\\b|forgive\\b`,
    `(?:many |big |huge )?(?:thanks?|thx|cheers)(?: you)?(?! to\\b)(?: (?:a|so|very|in|for|and|again|much|lot|bunch|million|advance|folks|all|you|everyone)\\b.{0,30})?$`,
    `(?:i )?hope (?:you|that you|this|that this|all|everyone|it finds)\\b`,
    `(?:have|enjoy|wish(?:ing)? you) (?:a|an|your|the)\\b`,
    `when(?:ever)? you\\b|p\\.? ?s\\b|(?:fwd|fw|forwarded)\\b|(?:to )?(?:whoever|whomever|whom it) \\p{L}+`,
    `before (?:i forget|i lose|anyone|anybody|someone|somebody)\\b`,
    `cross my heart|(?:i )?promised?$|i know\\b|as (?:per|discussed|agreed|promised|requested|mentioned)\\b|this is (?:not|no) a\\b|new here\\b|first (?:day|week)\\b.{0,12}$|bear with me|long story short|no (?:rush|hurry|pressure)\\b|bless (?:him|her|them|you)`,
    `(?:(?:one|two|three|a|my|just) ){1,2}(?:last |quick |small |weird |silly |odd )?(?:thing|things|question|ask|one|request|bullets?|points?)$`,
    `not? (?:a |in )?(?:rush|hurry)`,
    `(?:on (?:my )?(?:phone|mobile)\\b.{0,20}(?:typos?)?)$`,
  ].join('|')})`,
  'iu',
)

/** What nothing follows that tells why: a name that signs, words that press for less care. */
const closing = new RegExp(
  `^(?:and |but |please )?(?:${[
    `(?:kind |best |warm |many )?(?:regards|wishes|greetings)\\b`,
    `(?:skip|bypass|never mind|forget) \\p{L}`,
    `(?:no need to|don['’]?t|do not|without) (?:ask|bother|wait|wake|tell|involv)`,
    `(?:nobody|no one|noone) (?:else )?(?:has|needs) to\\b|use \\p{L}+['’]s approval`,
  ].join('|')})`,
  'iu',
)

export function mannerOf(part: string): Manner {
  const words = part.trim()
  if (closing.test(words)) return 'closes'
  if (doubting.test(words)) return 'doubts'
  if (greeting.test(words)) return 'greets'
  return asking.test(words) ? 'asks' : 'tells'
}

/** "…, so could I have", "… and want the eval sets for that": where a message turns from telling to asking. */
export const turnToAsking =
  /(?:,\s|\s(?=(?:hence|therefore|and|that['’]s)\b))(?:and )?(?:so|hence|therefore|thus|then|that['’]s why|that is why|which is why)\b[,:]?(?=\s)|(?:,\s|\s)and (?=(?:i|we)(?:['’]d| can| could| would|['’]ll| will) [^.!?]{0,60}\bif\b)|\s(?:and|so)(?= (?:(?:therefore|so|thus|now) )?(?:(?:i|we)(?:['’]d| would)? )?(?:need|want|would like)s? (?!to\b)\p{L})/giu

/** "For the framework we redraft I'd like the": where a sentence that began with why turns to what. */
// The lookbehind comes last: it is tried only where somebody asks.
export const turnBehindWhy =
  /\s(?=(?:i|we|he|she)(?:['’]d| would)? (?:(?:really|also|just|only|now) )?(?:need|want|like|love|take|require|appreciate)s?\b(?! to \p{L}))(?<=^\W{0,3}(?:to|for|because|since|as|so that|in order to)\s.{3,200})/iu

/** Whether somewhere in a sentence somebody is asked, or something asked for. */
export const asksIn = (sentence: string): boolean =>
  /\b(?:please|pls|plz|(?:can|could|may|might|would) (?:you|i|we)|let (?:me|us)|(?:give|get) me|(?:somebody|someone) should|(?:has|have|needs?) to (?:be|stay|last))\b/i.test(
    sentence,
  ) || sentence.split(/,\s|:\s|\s[-–—]\s/).some((part) => mannerOf(part) === 'asks' || turnBehindWhy.test(part))

/** Right behind how long, or what: "of AI admin would do", "beyond its end", "starting Monday". */
export const runsOn =
  /^\s{0,3}(?:of|beyond|past|rather than|instead of|starting|beginning|running|tops|max|straight|sharp|exactly|on top|would|should|will|['’]d|ought to)\b|^.{0,60}\b(?:would|should|ought to) (?:be|do|help|save|suffice|let)\b/iu
