import type { Stretch } from '../ask.ts'
import { isFrame, type Language } from './language.ts'
import { tokensOf } from './tokens.ts'
import { wordsOf } from './words.ts'

/** Verbs that ask, and what goes with them: in front of a name they say nothing more. */
const asking = new Set([
  'need',
  'give',
  'get',
  'activate',
  'allow',
  'please',
  'can',
  'i',
  'me',
  'you',
  'greet',
  'thank',
  'my',
  'whether',
  'wrong',
  'rights',
])

/** Whether only the frame of a request stands here: "could I please have the". */
export function onlyFrame(text: string, language: Language): boolean {
  const tokens = tokensOf(text)
  const framed: Stretch[] = []
  for (let index = 0; index < tokens.length; index++) {
    const cue = language.cues.at(tokens, index)
    if (cue !== undefined && asking.has(cue.value))
      framed.push({ from: tokens[index]?.from ?? 0, to: tokens[cue.end - 1]?.to ?? 0 })
  }
  return wordsOf(text).every(
    (word) => isFrame(word, language) || framed.some(({ from, to }) => from <= word.from && word.to <= to),
  )
}
