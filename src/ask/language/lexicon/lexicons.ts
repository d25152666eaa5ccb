import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'
import { japanese } from './ja.ts'
import type { Lexicon } from './lexicon.ts'
import { portuguese } from './pt.ts'

/** Every language that messages are read in. A new one is its lexicon and its name here. */
export const lexicons: readonly Lexicon[] = [english, german, spanish, french, portuguese, japanese]
