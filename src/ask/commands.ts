import type { Intent } from './ask.ts'

/** Whole messages that people write as to a machine, and that the bot tells them to: too short to tell a language by. */
const commands: Readonly<Record<string, Intent>> = {
  catalogue: 'catalogue',
  catalog: 'catalogue',
  katalog: 'catalogue',
  hilfe: 'help',
  zugriff: 'mine',
  berechtigungen: 'mine',
  anforderungen: 'status',
  abbrechen: 'cancel',
  'vergiss es': 'cancel',
  beenden: 'end',
  'beende es': 'end',
  ausstehend: 'pending',
  'offene genehmigungen': 'pending',
}

/** Undefined where the message is anything more than one of these. */
export function commandIn(text: string): Intent | undefined {
  const whole = text
    .trim()
    .toLowerCase()
    .replace(/[.!?]{1,3}$/, '')
  return Object.hasOwn(commands, whole) ? commands[whole] : undefined
}
