import type { Stretch } from './ask.ts'

export interface Word extends Stretch {
  /** As typed, in lower case. */
  readonly raw: string
  /** In the form that names are compared in. */
  readonly stem: string
  /** No separator such as a comma or full stop stands between this word and the one before. */
  readonly joined: boolean
}

const sameMeaning: ReadonlyMap<string, string> = new Map([
  ['administrator', 'admin'],
  ['adm', 'admin'],
  ['production', 'prod'],
  ['prd', 'prod'],
  ['standard', 'standard'],
  ['std', 'standard'],
  ['cust', 'customer'],
  ['dev', 'developer'],
  ['application', 'app'],
  ['evaluation', 'eval'],
  ['exemption', 'exception'],
  ['authentication', 'auth'],
  ['summariser', 'summarizer'],
])

/** A word with what does not change its meaning taken off: plural, and the longer of two customary spellings. */
function stemOf(word: string): string {
  const single = word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
  return sameMeaning.get(single) ?? single
}

export function wordsOf(text: string): readonly Word[] {
  let end = 0
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => {
    const raw = match[0].normalize('NFKC').toLowerCase()
    const gap = text.slice(end, match.index)
    end = match.index + match[0].length
    return { raw, stem: stemOf(raw), from: match.index, to: end, joined: !/[,;!?\n]|[.:](?:\s|$)/.test(gap) }
  })
}

/** Words that say nothing about what is wanted or why: the frame of a request, politeness, small words. */
const frameWords = new Set(
  `a about again ahead all also am an and any anything are as asap at be been but by can cheers colleague could cuz dear did do
  does eg either else enough etc for from get getting give gimme go good got grant great group guess had hand has have having hello
  hey hi hiya hv i id if ill im immediately in is it its ive just kindly let like ll may maybe me might mine morning must my n
  nah need needed needs nice now of ok okay on once one only or our package pleasant pleas please pls plz possible possibly quick
  quickly ready ref reference rn role s say shall should so some soon sorry stuff t temporarily than thank thanks that the then there
  these thing things this those thx ticket time tkt to today tonight tomorrow turn u until up ur urgent urgently us ve via w want was
  we what will wish with wld would y ya yes you your access active activate activated activation elevated elevation enable permission
  permissions request requesting right rights long how why reason hope weekend able allowed allow able take takes took right afternoon
  evening something both each there team day everyone folks bot long duration
  join add switch set put open keep stay extend prolong renew last make longer another more called think asked plain sure idea
  dont don know which whichever work word ask approve approves approved approver news status when end does whats expiry expires
  date difference who whom owner list show done finished back close cancel withdraw scrap forget kick remove revoke off shld hold
  holds still any open stand stands where process take give return drop release deactivate exist exists people used use emergency
  plus well und y et no not nope wait hmm actually runs out
  h hr hrs hour hours m min mins minute minutes d day days week weeks month months`.split(/\s+/),
)

export const isFrame = (word: Pick<Word, 'raw'>): boolean =>
  frameWords.has(word.raw) || /^\d{1,6}[hmdw]?$/.test(word.raw)
