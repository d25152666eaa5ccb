import { heard, once, phrasesIn } from './language/heard.ts'
import { lexicons } from './language/lexicon/lexicons.ts'

// The words that a few words are told by. Every repetition is bounded: reading stays linear.

export const putAway = once(() => {
  const courtesy = String.raw`^(?:(?:ok(?:ay)?|oh|no|nah|nope|actually|sorry|hm+|well|please|thanks|then)[\s,.!]{1,4}){0,3}`
  const verb = 'cancel|discard|scrap|drop|delete|abort|undo|close|stop'
  return new RegExp(
    String.raw`${courtesy}(?:${heard('discards')}|(?:${verb})(?: (?:it|that|this|the form|the draft))?|not (?:needed|necessary)(?: any ?more)?|(?:i )?(?:don'?t|do not) need (?:it|that|this)(?: any ?more)?)[\s.!,]{0,5}(?:${heard('courtesies')})?[\s.!]{0,5}$`,
    'iu',
  )
})
export const agrees = once(
  () =>
    new RegExp(String.raw`^(?:(?:${heard('yes')})(?: (?:it|this|that|please|now|the form))?[\s,.!]{0,4}){1,4}$`, 'iu'),
)
/** What may stand before a change: "no, make it", "how about", "can we do". */
export const bareNumber = once(
  () =>
    new RegExp(
      String.raw`^(?:(?:${heard('leadsToNumber')}|hm+|(?:make|do|take|set|put)(?: (?:it|that|this))?(?: to)?)[\s,.!]{1,4}){0,5}(\d{1,3}(?:[.,]5)?|${heard('bareNumbers')})(?: (?:instead|then|rather|please|pls|is enough|will do|would do|max|tops|only)){0,2}[\s.!?]{0,4}$`,
      'iu',
    ),
)
/** What each number that may stand alone counts. */
export const spelt = once(
  () =>
    new Map(
      lexicons.flatMap(({ spoken, time }) =>
        phrasesIn(spoken.bareNumbers).map((word) => [word, time.numbers[word] ?? Number.NaN] as const),
      ),
    ),
)

/** Words that begin a reason, whatever else the sentence sounds like: some anywhere, others only where it begins. */
export const reasonAnywhere = once(
  () => new RegExp(String.raw`(?:^|[\s,.;(–—-])(?:${heard('because')})(?=[\s:])`, 'iu'),
)
export const reasonFirst = once(
  () =>
    new RegExp(
      String.raw`^[\s,.–—-]{0,4}(?:(?:it'?s|it is|this is|that'?s|and|the|my|well|ok)[\s,]{1,3}){0,3}(?:cause|since|as i\b|to(?= \p{L}{2})|for(?= \p{L})|reason|why[:,]|(?:${heard('inOrderTo')})(?= ))`,
      'iu',
    ),
)
export const questionWord =
  /^[\s,]{0,4}(?:(?:and|so|but|hey|ok|hm+)[\s,]{1,3})?(?:what(?!s? about)(?:'s)?|which|who|whom|whose|when|where|why(?![:,])|how(?! about)|is|are|am|does|do|did|was|were|has|have)\b/i
export const adds = once(
  () => new RegExp(String.raw`\b(?:${heard('adds')})\b|^\s*\+|\bextend(?:ed)?(?: it| this| that)? by\b`, 'iu'),
)
export const afterthought = /[\s,]{1,4}(?:instead|rather|then|though)(?=[\s.!?]{0,4}$)/iu
export const adjusts = /^(?:make|extend|shorten|change|set|increase|reduce)\b/iu
export const denies = once(() => new RegExp(String.raw`\b(?:${heard('denies')})\b`, 'iu'))
export const lessens = once(() => new RegExp(String.raw`\b(?:${heard('lessens')})\b`, 'iu'))
/** A name and nothing else, handed over by the words before it. */
export const forName =
  /^(?:(?:[Ii]t'?s|[Tt]his is|[Aa]nd|[Nn]o|[Aa]ctually|[Ss]orry|[Rr]ather|[Mm]ake (?:it|that))[\s,]{1,3}){0,3}[Ff]or\s{1,3}(@?\p{Lu}[\p{L}'’-]{1,30}(?: \p{Lu}[\p{L}'’-]{1,30})?)[\s.!]{0,3}$/u

/** How a request begins, so that a fragment is read in its own language: by the tag of that language. */
export const asking = once(
  () => new Map(lexicons.flatMap(({ language, spoken: { asks } }) => (asks === '' ? [] : [[language, asks] as const]))),
)
export const goesOn = once(() => new RegExp(String.raw`^[\s,]{0,3}(?:${heard('goesOn')})\b`, 'iu'))
