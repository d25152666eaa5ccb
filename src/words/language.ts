/** What everything here is said in, best known first. Adding one makes whatever it lacks a type error. */
const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** One sentence, label or part of a sentence, as each language has it. */
export type Sentence = Readonly<Record<Language, string>>

export const say = (reader: { readonly language: Language }, sentence: Sentence): string => sentence[reader.language]

/** A language, and the locale that its dates and numbers are written in: one sentence is never in two. */
export interface Spoken {
  readonly language: Language
  /** Known to `Intl`. */
  readonly locale: string
}

/**
 * The first of somebody's locales that we speak, in its own region; else English, as written where they are: `fr-FR`
 * becomes `en-FR`.
 * @param locales BCP 47, or whatever else a client sends: it is not to be trusted with that.
 */
export function spokenFor(...locales: readonly string[]): Spoken {
  const known = locales.flatMap(localeOf)
  const spoken = known.flatMap((locale) => {
    const language = languages.find((each) => each === locale.language)
    return language === undefined ? [] : [{ language, locale: locale.baseName }]
  })
  const region = known[0]?.maximize().region ?? 'GB'
  return spoken[0] ?? { language: 'en', locale: `en-${region}` }
}

function localeOf(locale: string): Intl.Locale[] {
  try {
    return [new Intl.Locale(locale)]
  } catch {
    return []
  }
}
