import type { AnswerSaid } from '../../workflow/ports/answers.ts'
import { type Language, say } from '../language.ts'
import { allOf, named, type Reader } from '../reader.ts'

// What the bot tells people they can write, in words that src/ask reads as just that.

type Help = Extract<AnswerSaid, { kind: 'can-help' }>

/** What can be written, and what it brings; `…` stands for a name. */
export const commands: Readonly<Record<Language, readonly (readonly [write: string, brings: string])[]>> = {
  en: [
    ['**my access**', 'what you hold, could switch on and have asked for'],
    ['**what expires**', 'what of it runs out, soonest first'],
    ['**status**, **cancel** or **end it**', 'brings the card of your request down to you'],
    ['**catalogue**, or a task such as "which role lets me register an app"', 'what fits'],
    ['**who approves …** and **why**', 'who decides, and by which rules'],
  ],
  de: [
    ['**mein Zugriff**', 'was du hast, aktivieren könntest und angefordert hast'],
    ['**was läuft ab**', 'was davon endet, das Nächste zuerst'],
    ['**Status**, **zurückziehen** oder **beenden**', 'holt dir die Karte deiner Anforderung ans Ende des Chats'],
    ['**Katalog**, oder eine Aufgabe wie „welche Rolle erlaubt mir, eine App zu registrieren“', 'was passt'],
    ['**wer genehmigt …** und **warum**', 'wer entscheidet, und nach welchen Regeln'],
  ],
}

export function helpSaid(reader: Reader, { owns, decides, examples }: Help): string {
  const lines = commands[reader.language].map(([write, brings]) => `${write}: ${brings}`)
  return [
    ...asking(reader, examples),
    say(reader, { en: 'I also understand:', de: 'Außerdem verstehe ich:' }),
    list([...lines, ...(decides ? [waiting(reader)] : []), ...(owns.length === 0 ? [] : [holders(reader, owns)])]),
    say(reader, {
      en: 'Nothing is sent before you press Submit on a form.',
      de: 'Gesendet wird erst, wenn du in einem Formular auf Absenden drückst.',
    }),
  ].join('\n\n')
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')

function asking(reader: Reader, examples: readonly string[]): string[] {
  if (examples.length === 0)
    return [
      say(reader, {
        en: 'You are not listed for anything that I could ask for. Write **catalogue** to see what else there is.',
        de: 'Du bist für nichts eingetragen, das ich anfordern könnte. Schreib **Katalog**, um zu sehen, was es sonst gibt.',
      }),
    ]
  const lines = examples.map((name) => exampleOf(reader, name))
  return [
    say(reader, {
      en: 'Say what you need, for how long and why, such as:',
      de: 'Schreib, was du brauchst, wie lange und wofür, zum Beispiel:',
    }),
    list(lines),
  ]
}

function exampleOf(reader: Reader, name: string): string {
  const what = named(reader, name, 100)
  return say(reader, { en: `"${what} for 2 hours to …"`, de: `„${what} für 2 Stunden, um …“` })
}

const waiting = (reader: Reader): string =>
  say(reader, {
    en: '**pending**: what waits for your decision',
    de: '**was wartet auf mich**: was deine Entscheidung braucht',
  })

function holders(reader: Reader, owns: readonly string[]): string {
  const what = allOf(
    reader,
    owns.map((name) => named(reader, name, 60)),
  )
  return say(reader, {
    en: `**who has …**: who holds what you own (${what})`,
    de: `**wer hat …**: wer hat, wofür du zuständig bist (${what})`,
  })
}
