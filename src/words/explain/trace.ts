import type { TraceStep } from '../../request/events.ts'
import { say } from '../language.ts'
import { quoted, type Reader } from '../reader.ts'

// The journal has every step of a judgement in English, for whoever reads it years later; people read it in their language.

/** `eligibility: PIM lists them as eligible`. What another version wrote stands as it was written. */
export function traceLine(reader: Reader, { rule, outcome, detail }: TraceStep): string {
  const [what, came] = [quoted(reader, rule, 60), quoted(reader, outcome, 200)]
  const more = detail === undefined ? '' : ` (${quoted(reader, detail, 200)})`
  return say(reader, {
    en: `${what}: ${came}${more}`,
    de: `${germanRule(rule) ?? what}: ${german(outcome) ?? came}${more}`,
  })
}

const rules: Readonly<Record<string, string>> = {
  account: 'Konto',
  guests: 'Gäste',
  kind: 'Art',
  'break-glass': 'Notfallzugriff',
  eligibility: 'Berechtigung',
  'one at a time': 'Nur eine zugleich',
  'not active yet': 'Noch nicht aktiv',
  longest: 'Höchstdauer',
  justification: 'Begründung',
  ticket: 'Ticket',
  stages: 'Stufen',
  drift: 'Abweichung',
  deciders: 'Entscheidung',
  origin: 'Herkunft',
}

const outcomes: Readonly<Record<string, string>> = {
  'the account is disabled': 'das Konto ist deaktiviert',
  'a guest, and the entry does not allow guests': 'Gast, und der Eintrag lässt keine Gäste zu',
  'a member of the tenant, and the entry is for guests': 'Mitglied des Mandanten, und der Eintrag ist für Gäste',
  'a guest, whom the entry allows': 'Gast, und der Eintrag lässt Gäste zu',
  'a member of the tenant': 'Mitglied des Mandanten',
  'PIM does not list them as eligible': 'PIM führt die Person nicht als berechtigt',
  'PIM lists them as eligible': 'PIM führt die Person als berechtigt',
  'another request of theirs is open': 'eine andere Anforderung der Person ist offen',
  'Entra shows it as active': 'in Entra ist es aktiv',
  required: 'nötig',
  optional: 'freiwillig',
  'not enough people may decide': 'zu wenige Personen dürfen entscheiden',
  'filed in the portal, not through Latchkey': 'im Portal gestellt, nicht über Latchkey',
  'entra-names-nobody': 'Entra nennt niemanden zum Genehmigen',
  'entra-and-catalogue-disagree': 'Entra und Katalog nennen verschiedene Personen',
  'entra-asks-nobody': 'Entra verlangt keine Genehmigung',
  wider: 'Entra lässt mehr Personen entscheiden als der Katalog',
  'not-enforced': 'Entra erzwingt die Stufen nicht',
}

const known = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

function germanRule(rule: string): string | undefined {
  const stage = /^stage (\d+)$/.exec(rule)?.[1]
  return stage === undefined ? known(rules, rule) : `Stufe ${stage}`
}

/** Durations stand as the journal has them, ISO 8601. */
function german(outcome: string): string | undefined {
  const longest = /^(\w+), the stricter of catalogue (\w+), Entra (\w+)$/.exec(outcome)
  if (longest !== null) return `${longest[1]}, das Strengere von Katalog ${longest[2]} und Entra ${longest[3]}`
  const stage = /^(native|chat), (\d+) of (\d+)$/.exec(outcome)
  if (stage !== null) return `${stage[1] === 'native' ? 'in Entra' : 'im Chat'}, ${stage[2]} von ${stage[3]}`
  const kind = /^([\w-]+) cannot be granted by this version$/.exec(outcome)?.[1]
  return kind === undefined ? known(outcomes, outcome) : `${kind} kann diese Version nicht vergeben`
}
