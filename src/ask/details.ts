import { isIP } from 'node:net'
import type { Details, Stretch } from './ask.ts'

const address = /(?<![\w.:])([0-9a-f:.]{3,45})(\/\d{1,3})?(?![\w:])/gi
const host =
  /(?<![\w@.-])(?:https?:\/\/)?((?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24})(?::\d{2,5})?(?:\/[^\s,]{0,200})?/gi
const signs: Readonly<Record<string, string>> = {
  '£': 'GBP',
  '€': 'EUR',
  $: 'USD',
  pound: 'GBP',
  euro: 'EUR',
  dollar: 'USD',
}
const amount =
  /(?<!\w)(?:([£€$])\s?(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(k)?|(\d{1,3}(?:[.,]\d{3})+|\d{1,7})(k)?\s?(?:([£€$])|(gbp|eur|usd|chf)\b|(pound|euro|dollar)s?\b))/gi
const capacity =
  /(?<![\w.])(?:\d{1,4}\s?k\s?(?:->|→|to|-)\s?)?(\d{1,5})\s?k(?:\s?(?:tpm\b|tokens?\b)|(?=\s{1,3}(?:on|for|in)\b))/gi

export interface Detailed {
  readonly details: Details
  readonly said: readonly Stretch[]
}

const stretchOf = (match: RegExpExecArray): Stretch => ({ from: match.index, to: match.index + match[0].length })

/** An address at the end of a sentence ends before its full stop. */
function unpunctuated(match: RegExpExecArray): RegExpExecArray {
  if (match[1] !== undefined && match[2] === undefined)
    match[1] = match[1].replace(/[.:]$/, (end) => (isIP(match[1] ?? '') === 0 ? '' : end))
  return match
}

/** Reads what an exception must be told: a host, an address, a sum, a capacity, one of these regions. */
export function detailsIn(text: string, regions: readonly string[]): Detailed {
  const ip = [...text.matchAll(address)].map(unpunctuated).find(([, host = '']) => isIP(host) !== 0)
  const named = [...text.matchAll(host)].find((match) => !/^\d|\.(?:ya?ml|json|md|txt|py|ts)$/i.test(match[1] ?? ''))
  const sum = [...text.matchAll(amount)].at(-1)
  const tokens = [...text.matchAll(capacity)].at(-1)
  const region = regionIn(text, regions)
  const found = [ip, named, sum, tokens].filter((match) => match !== undefined)
  return {
    details: {
      ...(named?.[1] === undefined ? {} : { fqdn: named[1].toLowerCase() }),
      ...(ip === undefined ? {} : { ip: `${ip[1] ?? ''}${ip[2] ?? ''}` }),
      ...(sum === undefined ? {} : moneyOf(sum)),
      ...(tokens?.[1] === undefined ? {} : { capacity: Number(tokens[1]) }),
      ...(region === undefined ? {} : { region: region.name }),
    },
    said: [...found.map(stretchOf), ...(region === undefined ? [] : [region])],
  }
}

function moneyOf(match: RegExpExecArray): Details {
  const [, sign, first, k1, second, k2, after, code, word] = match
  const number = Number((first ?? second ?? '').replace(/[.,](?=\d{3})/g, ''))
  const currency = code?.toUpperCase() ?? signs[(sign ?? after ?? word ?? '').toLowerCase()]
  return { amount: number * ((k1 ?? k2) ? 1000 : 1), ...(currency === undefined ? {} : { currency }) }
}

/** A region of the catalogue, also written apart: "Poland Central". */
function regionIn(text: string, regions: readonly string[]): (Stretch & { readonly name: string }) | undefined {
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}-])\p{L}{2,20}(?: ?(?:central|south|north|east|west))?\d?(?![\p{L}\p{N}-])/giu,
  )) {
    const name = regions.find((region) => region.toLowerCase() === match[0].replace(' ', '').toLowerCase())
    if (name !== undefined) return { ...stretchOf(match), name }
  }
  return undefined
}
