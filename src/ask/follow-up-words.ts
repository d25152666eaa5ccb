// The words that a few words are told by. Every repetition is bounded: reading stays linear.

const end = String.raw`[\s.!,]{0,5}(?:please|pls|thanks|thank you|bitte|danke)?[\s.!]{0,5}$`
const courtesy = String.raw`^(?:(?:ok(?:ay)?|oh|no|nah|nope|actually|sorry|hm+|well|please|thanks|then)[\s,.!]{1,4}){0,3}`
export const putAway = new RegExp(
  String.raw`${courtesy}(?:no|nope|nah|never ?mind|nvm|forget (?:it|that|this|about (?:it|that|this))|(?:cancel|discard|scrap|drop|delete|abort|undo|close|stop)(?: (?:it|that|this|the form|the draft))?|leave it|no thanks?(?: you)?|not (?:needed|necessary)(?: any ?more)?|(?:i )?(?:don'?t|do not) need (?:it|that|this)(?: any ?more)?|(?:don'?t|do not) bother|changed my mind|i(?:'ve| have)? changed my mind|neither(?: of (?:them|these|those))?|none(?: of (?:them|these|those))?|vergiss (?:es|das)|abbrechen|verwerfen|doch nicht|brauche ich nicht mehr|olv[ií]dalo|cancela(?:lo)?|laisse tomber|annule|esquece|deixa (?:pra lá|para lá)|キャンセル|やめます?)${end}`,
  'iu',
)
export const agrees = new RegExp(
  String.raw`^(?:(?:yes|yep|yeah|yup|y|aye|ok(?:ay)?|sure|right|correct|exactly|perfect|great|good|fine|looks (?:good|right|fine)|sounds (?:good|right)|that'?s (?:it|right|fine|correct|the one)|go(?: ahead| for it)?|do it|please do|proceed|continue|confirm(?:ed)?|i confirm|accept|submit|send|approve|ja|genau|passt|absenden|s[ií]|dale|enviar|oui|d'accord|envoie|sim|はい)(?: (?:it|this|that|please|now|the form))?[\s,.!]{0,4}){1,4}$`,
  'iu',
)
/** What may stand before a change: "no, make it", "how about", "can we do". */
export const bareNumber =
  /^(?:(?:no|ok(?:ay)?|actually|sorry|hm+|well|please|then|better|rather|just|only|let'?s|how about|what about|and|so|maybe|can (?:you|we)|could (?:you|we)|i'?d|i would|like|prefer|say|change (?:it|that) to|(?:make|do|take|set|put)(?: (?:it|that|this))?(?: to)?|lieber|nur|mach)[\s,.!]{1,4}){0,5}(\d{1,3}(?:[.,]5)?|one|two|three|four|five|six|seven|eight|ten|twelve|drei|zwei)(?: (?:instead|then|rather|please|pls|is enough|will do|would do|max|tops|only)){0,2}[\s.!?]{0,4}$/iu
export const spelt = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
export const german: ReadonlyMap<string, number> = new Map([
  ['zwei', 2],
  ['drei', 3],
])

/** Words that begin a reason, whatever else the sentence sounds like: some anywhere, others only where it begins. */
export const reasonAnywhere =
  /(?:^|[\s,.;(–—-])(?:because|cuz|so that|in order to|due to|reason(?: is)?:|justification:?|weil|wegen|damit|porque|parce que)(?=[\s:])/iu
export const reasonFirst =
  /^[\s,.–—-]{0,4}(?:(?:it'?s|it is|this is|that'?s|and|the|my|well|ok)[\s,]{1,3}){0,3}(?:cause|since|as i\b|so i (?:can|could)|to(?= \p{L}{2})|for(?= \p{L})|reason|why[:,]|um(?= )|para(?= )|pour(?= )|car(?= )|por(?= ))/iu
export const questionWord =
  /^[\s,]{0,4}(?:(?:and|so|but|hey|ok|hm+)[\s,]{1,3})?(?:what(?!s? about)(?:'s)?|which|who|whom|whose|when|where|why(?![:,])|how(?! about)|is|are|am|does|do|did|was|were|has|have)\b/i
export const adds =
  /\b(?:more|longer|another|extra|additional|add|länger|mehr)\b|^\s*\+|\bextend(?:ed)?(?: it| this| that)? by\b/iu
export const afterthought = /[\s,]{1,4}(?:instead|rather|then|though)(?=[\s.!?]{0,4}$)/iu
export const adjusts = /^(?:make|extend|shorten|change|set|increase|reduce)\b/iu
export const denies = /\b(?:not|nicht)\b/iu
export const takes = /\b(?:less|shorter|fewer|weniger|kürzer)\b/iu
/** A name and nothing else, handed over by the words before it. */
export const forName =
  /^(?:(?:[Ii]t'?s|[Tt]his is|[Aa]nd|[Nn]o|[Aa]ctually|[Ss]orry|[Rr]ather|[Mm]ake (?:it|that))[\s,]{1,3}){0,3}[Ff]or\s{1,3}(@?\p{Lu}[\p{L}'’-]{1,30}(?: \p{Lu}[\p{L}'’-]{1,30})?)[\s.!]{0,3}$/u

/** How a request begins, so that a fragment is read in its own language; Japanese asks at the end. */
export const asking: Readonly<Record<string, string>> = {
  en: 'I need',
  de: 'Ich brauche',
  es: 'Necesito',
  fr: "J'ai besoin de",
  pt: 'Preciso de',
}
export const joins =
  /^[\s,]{0,3}(?:for|to|until|till|because|from|at|in|so|since|by|with|as|on|due|für|bis|um|weil|para|hasta|porque|pour|jusqu)\b/iu
