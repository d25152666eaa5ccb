import { isIP } from 'node:net'
import type { Inputs, InputSpec } from '../entitlement/inputs.ts'
import { ok, refuse, type Result } from '../result.ts'
import { cutAt, saysSomething } from '../text.ts'
import type { Input } from './events.ts'
import type { Refusal } from './refusal.ts'

type Checked = Result<Input, Refusal>

/**
 * Holds what stands in a form against what its kind asks for, beside what terms speak of; the first thing that is missing
 * or cannot be read is refused, so that the card can say one thing to do. Inputs that nothing asks for are dropped.
 */
export function checkInputs(
  specs: readonly InputSpec[],
  inputs: Inputs,
): Result<Readonly<Record<string, Input>>, Refusal> {
  const checked: Record<string, Input> = {}
  for (const spec of specs) {
    const typed = (inputs[spec.name] ?? '').trim()
    const { name: input, label = null } = spec
    if (!saysSomething(typed)) {
      if (spec.required) return refuse({ kind: 'input-missing', input, label })
      continue
    }
    const read = readInput(spec, typed)
    if (!read.ok) return read
    checked[input] = read.value
  }
  return ok(checked)
}

function readInput(spec: InputSpec, typed: string): Checked {
  const { name: input, label = null, limits = {}, choices = [] } = spec
  const no = (text = typed): Checked =>
    refuse({ kind: 'input-not-understood', input, label, wanted: spec.kind, text: cutAt(text, 60) })
  if (spec.patterns !== undefined && !spec.patterns.some((pattern) => pattern.fits(typed))) return no()
  switch (spec.kind) {
    case 'text':
      return ok({ freeText: cutAt(typed, limits.longest ?? 500) })
    case 'ticket':
    case 'duration':
      return ok(typed)
    case 'choice':
      return choices.some(({ value }) => value === typed) ? ok(typed) : no()
    case 'choices':
      return several(typed, limits.most, (each) => choices.some(({ value }) => value === each), no)
    case 'host':
      return several(typed, limits.most, isHost, no)
    case 'address':
      return several(typed, limits.most, isAddress, no)
    case 'amount': {
      const amount = Number(typed.replace(',', '.'))
      return Number.isFinite(amount) && amount > 0 && amount <= (limits.largest ?? Infinity) ? ok(amount) : no()
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed)) ? ok(typed) : no()
    default:
      return spec.kind satisfies never
  }
}

/** Some are typed in a row, with commas or spaces between them; a card's own list has commas. */
function several(
  typed: string,
  most: number | undefined,
  isOne: (each: string) => boolean,
  no: (text?: string) => Checked,
): Checked {
  const all = [...new Set(typed.split(/[\s,;]+/).filter((each) => each !== ''))]
  const wrong = all.find((each) => !isOne(each))
  if (wrong !== undefined) return no(wrong)
  return all.length === 0 || all.length > (most ?? 20) ? no() : ok(all)
}

const isHost = (text: string): boolean =>
  text.length <= 253 && /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(text)

function isAddress(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}
