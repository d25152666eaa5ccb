import type { Details } from '../../ask/ask.ts'
import type { Inputs, InputSpec } from '../../entitlement/inputs.ts'

/** What a message said in passing that a form asks for: a host, an address, a sum. Nobody has to type it again. */
export function fromDetails(specs: readonly InputSpec[], details: Details): Inputs {
  const said = specs.flatMap((spec): (readonly [string, string])[] => {
    const text = textFor(spec, details)
    return text === undefined ? [] : [[spec.name, text]]
  })
  return Object.fromEntries(said)
}

function textFor({ name, kind, choices = [] }: InputSpec, details: Details): string | undefined {
  switch (kind) {
    case 'host':
      return details.fqdn
    case 'address':
      return details.ip
    case 'amount':
      return (name === 'capacity' ? details.capacity : details.amount)?.toString()
    case 'choice':
      return choices.find(({ value }) => value === details.region)?.value
    default:
      return undefined
  }
}
