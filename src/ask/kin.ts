import type { Match, Stretch } from './ask.ts'
import { type Asked, partly } from './asked.ts'
import { kinOf, type Mention, speltWords } from './names.ts'
import { retrievalOf } from './retrieval-index.ts'
import { near } from './retrieve.ts'

/** The words of the sentence around a mention, up to the next comma or full stop. */
function around(text: string, { from, to }: Stretch): Stretch {
  const before = text.slice(0, from).search(/[^,.;?!\n]*$/)
  const after = text.slice(to).search(/[,.;?!\n]/)
  return { from: before, to: after < 0 ? text.length : to + after }
}

/** "The standard and the elevated coding assistant": two of one kin, told apart by words that stand before. */
export function sharedHead({ text, catalogue, language }: Asked, mention: Mention): readonly Match[] | undefined {
  const stretch = around(text, mention)
  const clause = text.slice(stretch.from, stretch.to)
  if (mention.stems.length < 2 || !/\b(?:and|or|und|oder|y|e|et|ou|o|vs|versus|than)\b|[&/]/i.test(clause))
    return undefined
  const said = new Set(speltWords(clause, catalogue, language).map(({ stem }) => stem))
  const kin = kinOf(mention.stems.slice(-2), catalogue)
  const { byId } = retrievalOf(catalogue)
  if (kin.length > 18) return undefined
  const entries = kin.flatMap((id) => byId.get(id) ?? [])
  const apart = entries.filter(({ stems, names }) => {
    const own = new Set(names.flat())
    return [...own].some(
      (stem) => said.has(stem) && (stems.get(stem) ?? 0) >= 0.5 && entries.some((other) => !other.stems.has(stem)),
    )
  })
  return apart.length > 1 && apart.length < 4 && apart.some(({ id }) => mention.ids.includes(id))
    ? apart.map(({ id }) => partly(id))
    : undefined
}

const qualifies = /^ ?(?:that|which|who|with|w\/|can|may|incl|including|able|allowed|mit|con|avec|com)(?![\p{L}])/iu
const kindOf = /\b(?:flavou?r|version|variant|edition|kind|sort|type) of (?:the |a )?$/i
const opensWithWhich = /^\W{0,3}(?:and |so )?(?:which|what|welche[rs]?|cu[aá]l|quel(?:le)?|qual)(?![\p{L}])/iu

/** "That coding assistant which may also push": what is added to a name may make it another one of its kin. */
export function qualified({ text, hints, catalogue, language }: Asked, mention: Mention): readonly Match[] | undefined {
  if (mention.ids.length !== 1) return undefined
  const kin = kinOf(mention.stems, catalogue)
  if (kin.length < 2) return undefined
  const stretch = around(text, mention)
  if (
    !qualifies.test(text.slice(mention.to, stretch.to)) &&
    !opensWithWhich.test(text.slice(stretch.from)) &&
    !kindOf.test(text.slice(stretch.from, mention.from))
  )
    return undefined
  const words = speltWords(text.slice(stretch.from, stretch.to), catalogue, language, true)
  const ranked = near(words, hints, catalogue, language).filter(({ id }) => kin.includes(id))
  const own = ranked.find(({ id }) => mention.ids.includes(id))
  const [best] = ranked
  return best !== undefined && own !== undefined && best !== own && best.score > own.score
    ? [partly(best.id)]
    : undefined
}
