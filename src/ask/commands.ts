import type { Intent } from './ask.ts'
import { once, phrasesIn } from './language/heard.ts'
import { lexicons } from './language/lexicon/lexicons.ts'

const commands = once(
  () =>
    new Map(
      lexicons.flatMap(({ commands: own }) =>
        Object.entries(own).flatMap(([phrases, intent]) =>
          phrasesIn(phrases).map((phrase) => [phrase, intent] as const),
        ),
      ),
    ),
)

/** What a message asks as to a machine. Undefined where it is anything more than one of the commands. */
export function commandIn(text: string): Intent | undefined {
  const whole = text
    .trim()
    .toLowerCase()
    .replace(/[.!?]{1,3}$/, '')
  return commands().get(whole)
}
