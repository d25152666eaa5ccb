import { isIP } from 'node:net'
import type { Details, Stretch } from './ask.ts'
import { anyOf, heard, once, phrasesIn } from './language/heard.ts'
import { lexicons } from './language/lexicon/lexicons.ts'

const address = /(?<![\w.:])([0-9a-f:.]{3,45})(\/\d{1,3})?(?![\w:])/gi
const host =
  /(?<![\w@.-])(?:https?:\/\/)?((?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24})(?::\d{2,5})?(?:\/[^\s,]{0,200})?/gi
const signs: Readonly<Record<string, string>> = { '£': 'GBP', '€': 'EUR', $: 'USD' }
/** Words for a currency, with its code. */
const currencies = once(
  () =>
    new Map(
      lexicons.flatMap(({ spoken }) =>
        Object.entries(spoken.currencies).flatMap(([words, code]) =>
          phrasesIn(words).map((word) => [word, code] as const),
        ),
      ),
    ),
)
const number = String.raw`\d{1,3}(?:[.,\s]\d{3})+(?!\d)|\d{1,7}(?:[.,]\d{1,2})?`
const amount = once(
  () =>
    new RegExp(
      String.raw`(?<![\w.,])(?:([£€$])\s?(${number})(k)?(?!\w)|(?:(gbp|eur|usd|chf)\s?(${number})(k)?(?!\w))|(${number})(k)?\s?(?:([£€$])|(gbp|eur|usd|chf)\b|(${anyOf([...currencies().keys()])})\b))`,
      'gi',
    ),
)
/** What stood there before: "60 -> ", "90K to ". */
const before = once(() => String.raw`(?:\d{1,5}\s?k?\s?(?:->|→|=>|-|${heard('upTo')})\s?)?`)
const capacity = once(() => {
  const thousands = String.raw`(\d{1,7}(?:[.,]\d{1,3})?)\s?\(?(${heard('thousand')}|m(?:illion)?(?=\s?(?:tpm|tokens?)))?\)?(?!\w)`
  const minute = lexicons.flatMap(({ time }) =>
    Object.entries(time.units).flatMap(([words, minutes]) => (minutes === 1 ? phrasesIn(words) : [])),
  )
  const perMinute = String.raw`(?:tpm\b|(?:${heard('tokens', 'spaced')})(?:\s?(?:${heard('per')}|/)\s?(?:${anyOf(minute)}))?\b|(?<=k\s?)(?:per|a|/)\s?min(?:ute)?\b|${heard('tokens', 'unspaced')})`
  return new RegExp(
    String.raw`(?<![\w.,])${before()}${thousands}\s?(?:${perMinute}|(?=\s{1,3}(?:on|for|in)\b(?<=k\s{1,3}\w{2,3}))|(?<=k)(?=\s{1,3}(?:on|for|in)\b))`,
    'gi',
  )
})
/** "The TPM to 280K", "tpm 80 -> 160k", "TPM 40 → 100 (k)". */
const capacityAfter = once(
  () =>
    new RegExp(
      String.raw`\b(?:${heard('quota')})\b[^\d£€$.!?]{0,24}?${before()}(\d{1,5})\s?\(?(k|thousand)(?!\w)\)?`,
      'gi',
    ),
)
/** "Gpt-4o-mini 120 -> 280": of tokens, where they are spoken of. */
const capacityFromTo = /(?<![\w.,£€$])\d{2,4}\s?(?:->|→|=>)\s?(\d{2,4})(k)?(?!\w)/gi
/** "Requested 200K, that is 180K": bare thousands that set right a capacity said before them. */
const capacityLater = /(?<![\w.,£€$])(\d{1,5})\s?(k|thousand)(?![\w£€$])/gi

export interface Detailed {
  readonly details: Details
  /** Where each was said. */
  readonly said: readonly (Stretch & { readonly what: 'fqdn' | 'ip' | 'amount' | 'capacity' | 'region' })[]
}

const stretchOf = (match: RegExpExecArray): Stretch => ({ from: match.index, to: match.index + match[0].length })
const told = <W extends string>(what: W, match: RegExpExecArray | undefined) =>
  match === undefined ? [] : [{ ...stretchOf(match), what }]

/** An address at the end of a sentence ends before its full stop. */
function unpunctuated(match: RegExpExecArray): RegExpExecArray {
  if (match[1] !== undefined && match[2] === undefined)
    match[1] = match[1].replace(/[.:]$/, (end) => (isIP(match[1] ?? '') === 0 ? '' : end))
  return match
}

/** Reads what an exception must be told: a host, an address, a sum, a capacity, a region. */
export function detailsIn(text: string, regions: readonly string[]): Detailed {
  const ip = settled(
    text,
    [...text.matchAll(address)].map(unpunctuated).filter(([, one = '']) => isIP(one) !== 0),
  )
  const named = settled(
    text,
    [...text.matchAll(host)].filter(
      (match) => !/^\d|^microsoft\.|\.(?:ya?ml|json|md|txt|py|ts|csv|pdf|docx?|xlsx?|js|sh|log)$/i.test(match[1] ?? ''),
    ),
  )
  const sum = sumIn(text)
  const tokens = capacityIn(text)
  const region = regionIn(text, regions)
  return {
    details: {
      ...(named?.[1] === undefined ? {} : { fqdn: named[1].toLowerCase() }),
      ...(ip === undefined ? {} : { ip: `${ip[1] ?? ''}${ip[2] ?? ''}` }),
      ...(sum === undefined ? {} : moneyOf(sum)),
      ...(tokens === undefined ? {} : { capacity: capacityOf(tokens) }),
      ...(region === undefined ? {} : { region: region.name }),
    },
    said: [
      ...told('ip', ip),
      ...told('fqdn', named),
      ...told('amount', sum),
      ...told('capacity', tokens),
      ...(region === undefined ? [] : [{ ...region, what: 'region' as const }]),
    ],
  }
}

const corrects = once(() => new RegExp(String.raw`\b(?:${heard('inItsPlace')})\b`, 'i'))

/** The one meant: the first, or what the words put in its place. */
function settled(text: string, found: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  let [chosen] = found
  const first = chosen?.index
  for (const next of found.slice(1)) {
    const between = chosen === undefined ? '' : text.slice(chosen.index + chosen[0].length, next.index)
    if (between.length < 40 && corrects().test(between)) chosen = next
  }
  if (chosen === undefined || first === undefined || first === chosen.index) return chosen
  // What was set right, and the words that did it, belong to it.
  chosen[0] = text.slice(first, chosen.index + chosen[0].length)
  chosen.index = first
  return chosen
}

const speaksOfTokens = once(
  () => new RegExp(String.raw`\b(?:${heard('tokens', 'spaced')}|${heard('quota')})(?![a-z])|quota(?:exceeded)?`, 'i'),
)
/** What puts another number in the place of one said before. */
const setsRight = once(
  () =>
    new RegExp(
      String.raw`\b(?:${heard('inItsPlace')}|nah|make this|it shall be|is fine|is enough|will do|would do|choking|please)\b`,
      'i',
    ),
)

/** The capacity asked for: where tokens are spoken of, a later number of thousands that sets it right. */
function capacityIn(text: string): RegExpExecArray | undefined {
  const found = [...text.matchAll(capacity())].filter(isCapacity).at(-1) ?? [...text.matchAll(capacityAfter())].at(-1)
  if (!speaksOfTokens().test(text)) return found
  const later = [...text.matchAll(capacityLater)].at(-1)
  if (found === undefined) {
    const [fromTo] = text.matchAll(capacityFromTo)
    if (fromTo !== undefined) return Object.assign(fromTo, { 2: 'k' })
  }
  if (later === undefined) return found
  const end = found === undefined ? 0 : found.index + found[0].length
  return later.index >= end &&
    setsRight().test(text.slice(Math.max(end, later.index - 40), later.index + later[0].length + 16))
    ? later
    : found
}

/** Bare thousands are tokens only where tokens are spoken of: "in 5 tokens" is none. */
const isCapacity = ([, count = '', unit]: RegExpExecArray): boolean =>
  unit !== undefined || Number(count.replace(/[.,]/g, '')) >= 1000

/** In thousands. */
function capacityOf([, count = '', unit]: RegExpExecArray): number {
  if (/^m(?:illion)?$/i.test(unit ?? '')) return Math.round(Number(count.replace(',', '.')) * 1000)
  const plain = Number(count.replace(/[.,](?=\d{3})/g, '').replace(',', '.'))
  return unit === undefined ? plain / 1000 : plain
}

/** The last sum, but not one that only tells what there was: "950 € instead of 700 €". */
function sumIn(text: string): RegExpExecArray | undefined {
  const sums = [...text.matchAll(amount())]
  const asked = sums.filter(({ index }) => !insteadOf().test(text.slice(Math.max(0, index - 14), index)))
  const sum = asked.at(-1) ?? sums.at(-1)
  if (sum === undefined) return undefined
  // "1500 pounds could become 2000": the currency is said once.
  const becomes = becoming().exec(text.slice(sum.index + sum[0].length))
  if (becomes?.[1] === undefined || /\b(?:k|tokens?|tpm|hours?|days?)\b/i.test(becomes[0])) return sum
  const place = sum[2] === undefined ? (sum[5] === undefined ? 7 : 5) : 2
  sum[place] = becomes[1]
  sum[0] += becomes[0]
  return sum
}

const insteadOf = once(() => new RegExp(String.raw`\b(?:${heard('insteadOf')}) ?$`, 'i'))
const becoming = once(
  () => new RegExp(String.raw`^[^.!?\n£€$]{0,24}\b(?:${heard('becomes')}|->|→)\s(\d{3,6})(?![\w%.,]?\w)`, 'i'),
)

function moneyOf(match: RegExpExecArray): Details {
  const [, sign, one, k1, codeBefore, two, k2, three, k3, after, code, word] = match
  const text = (one ?? two ?? three ?? '').replace(/[.,\s](?=\d{3}(?!\d))/g, '').replace(',', '.')
  const currency =
    (code ?? codeBefore)?.toUpperCase() ?? signs[sign ?? after ?? ''] ?? currencies().get((word ?? '').toLowerCase())
  return {
    amount: Math.round(Number(text) * ((k1 ?? k2 ?? k3) ? 1000 : 1) * 100) / 100,
    ...(currency === undefined ? {} : { currency }),
  }
}

/** Azure's regions: one that no exception allows is understood too, and refused with a reason. */
const azureRegions = new Set(
  `eastus eastus2 centralus northcentralus southcentralus westcentralus westus westus2 westus3 canadacentral canadaeast brazilsouth
  northeurope westeurope uksouth ukwest francecentral francesouth germanywestcentral germanynorth norwayeast norwaywest swedencentral switzerlandnorth
  switzerlandwest polandcentral italynorth spaincentral eastasia southeastasia japaneast japanwest koreacentral koreasouth australiaeast
  australiasoutheast australiacentral centralindia southindia westindia uaenorth uaecentral southafricanorth southafricawest qatarcentral
  israelcentral mexicocentral newzealandnorth austriaeast chilecentral indonesiacentral malaysiawest`.split(/\s+/),
)

/** A region of the catalogue, also written apart: "Poland Central". */
function regionIn(text: string, regions: readonly string[]): (Stretch & { readonly name: string }) | undefined {
  const known = (name: string): boolean =>
    azureRegions.has(name) || regions.some((region) => region.toLowerCase() === name)
  const words = [...text.matchAll(/[\p{L}\d]{1,24}/gu)]
  const found: (Stretch & { readonly name: string })[] = []
  for (const [index, first] of words.entries()) {
    for (let count = 3; count >= 1; count--) {
      const last = words[index + count - 1]
      if (last === undefined) continue
      const stretch = { from: first.index, to: last.index + last[0].length }
      const name = text.slice(stretch.from, stretch.to)
      if (
        /[^\p{L}\d\s-]/u.test(name) ||
        name.length > 24 ||
        /[\p{L}\d]-$/u.test(text.slice(Math.max(0, stretch.from - 2), stretch.from))
      )
        continue
      const joined = name.replace(/[\s-]/g, '').toLowerCase()
      if (known(joined)) found.push({ ...stretch, name: joined })
    }
  }
  // One that is allowed is asked for; another beside it is where something failed.
  return found.find(({ name }) => regions.some((region) => region.toLowerCase() === name)) ?? found[0]
}
