import type { Sentence } from '../language.ts'

// Searching the catalogue: what stands around the list of what a person may ask for.

export const find = {
  title: { en: 'What do you need?', de: 'Was brauchst du?' },
  label: { en: 'A role, or what you want to do', de: 'Eine Rolle, oder was du tun willst' },
  placeholder: { en: 'Start typing', de: 'Tipp los' },
  required: { en: 'Choose one from the list.', de: 'Wähl eine Zeile der Liste.' },
  open: { en: 'Open the form', de: 'Formular öffnen' },
} as const satisfies Record<string, Sentence>

/** In a group nobody's access is spoken of, not even what there is to ask for. */
export const elsewhere = {
  title: { en: 'Access is asked for with Latchkey', de: 'Zugriff fordert man mit Latchkey an' },
  text: {
    en: 'Each in a chat of their own with it, which nobody else reads.',
    de: 'Alle in ihrem eigenen Chat damit, den sonst niemand liest.',
  },
  open: { en: 'Open my chat', de: 'Meinen Chat öffnen' },
} as const satisfies Record<string, Sentence>

export const tooLong: Sentence = {
  en: 'That is too long to search for. A few words are enough.',
  de: 'Das ist zu lang, um danach zu suchen. Ein paar Wörter genügen.',
}

export const noSuchList: Sentence = {
  en: 'Latchkey has no such list. Ask again in this chat to get a new card.',
  de: 'Eine solche Liste hat Latchkey nicht. Frag noch einmal in diesem Chat, dann bekommst du eine neue Karte.',
}

export const noSuchCommand: Sentence = {
  en: 'Latchkey knows no such command. Write to it in your own chat instead.',
  de: 'Einen solchen Befehl kennt Latchkey nicht. Schreib ihm stattdessen in deinem eigenen Chat.',
}

export const nothingFound = (words: string): Sentence =>
  words === ''
    ? { en: 'There is nothing here that you may ask for.', de: 'Hier gibt es nichts, was du anfordern kannst.' }
    : {
        en: 'Nothing that you may ask for fits. Try other words, or clear them to see all of it.',
        de: 'Nichts, was du anfordern kannst, passt dazu. Versuch andere Wörter, oder lösch sie und sieh alles.',
      }

/** Whoever was slow: it may have been us. */
export const tooSlow: Sentence = {
  en: 'Looking this up takes too long. Try again in a moment.',
  de: 'Das Nachsehen dauert zu lange. Versuch es gleich noch einmal.',
}

/** `reference` is how the log's reader finds this very trouble. */
export const couldNotSearch = (reference: string): Sentence => ({
  en: `What you may ask for could not be looked up. Try again in a minute, and name ${reference} to your help desk if it stays.`,
  de: `Was du anfordern kannst, ließ sich nicht nachsehen. Versuch es in einer Minute noch einmal, und nenn deinem Helpdesk ${reference}, wenn es so bleibt.`,
})
