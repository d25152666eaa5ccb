import type { InputKind, InputSpec } from '../entitlement/inputs.ts'
import { say, type Sentence } from './language.ts'
import { quoted, type Reader } from './reader.ts'

/** Our own inputs by their names; the tenant's come with words of their own. */
const labels: Readonly<Record<string, Sentence>> = {
  hosts: { en: 'Hosts', de: 'Hosts' },
  addresses: { en: 'Addresses', de: 'Adressen' },
  deployment: { en: 'Deployment', de: 'Bereitstellung' },
  capacity: { en: 'Capacity, in thousand tokens a minute', de: 'Kapazität, in tausend Token pro Minute' },
  amount: { en: 'Amount a month', de: 'Betrag im Monat' },
}

type Named = Pick<InputSpec, 'name' | 'label'>

/** What an input is called, on forms and to approvers. */
export function inputName(reader: Reader, { name, label }: Named): string {
  const own = labels[name]
  if (label !== undefined) return quoted(reader, label, 200)
  return own === undefined ? quoted(reader, name, 60) : say(reader, own)
}

export const inputLabel = (reader: Reader, spec: InputSpec): string =>
  spec.required
    ? inputName(reader, spec)
    : say(reader, { en: `${inputName(reader, spec)} (optional)`, de: `${inputName(reader, spec)} (freiwillig)` })

export const inputMissing = (reader: Reader, spec: Named): string => {
  const name = inputName(reader, spec)
  return say(reader, { en: `Fill in: ${name}.`, de: `Füll das aus: ${name}.` })
}

const hints: Readonly<Record<InputKind, Sentence>> = {
  text: { en: '', de: '' },
  choice: { en: 'Choose one', de: 'Wähl eines aus' },
  choices: { en: 'Choose', de: 'Wähl aus' },
  duration: { en: 'Such as PT2H', de: 'Etwa PT2H' },
  date: { en: 'A date', de: 'Ein Datum' },
  ticket: { en: 'Such as INC-48213', de: 'Etwa INC-48213' },
  host: { en: 'Such as api.example.com', de: 'Etwa api.example.com' },
  address: { en: 'Such as 203.0.113.7 or 203.0.113.0/29', de: 'Etwa 203.0.113.7 oder 203.0.113.0/29' },
  amount: { en: 'A number', de: 'Eine Zahl' },
}

export const inputHint = (reader: Reader, { kind }: Pick<InputSpec, 'kind'>): string => say(reader, hints[kind])

/** Why what stands there cannot be used, and what can. */
export function inputNotUnderstood(
  reader: Reader,
  {
    input,
    label,
    wanted,
    text,
  }: { readonly input: string; readonly label: string | null; readonly wanted: InputKind; readonly text: string },
): Sentence {
  const name = inputName(reader, { name: input, ...(label === null ? {} : { label }) })
  const typed = quoted(reader, text, 60)
  const hint = hints[wanted]
  const [en, de] = hint.en === '' ? ['', ''] : [` ${hint.en}.`, ` ${hint.de}.`]
  return {
    en: `Nothing was sent: "${typed}" does not fit ${name}.${en} Check it, then submit again.`,
    de: `Es wurde nichts gesendet: „${typed}“ passt nicht zu ${name}.${de} Prüf es und sende noch einmal ab.`,
  }
}
