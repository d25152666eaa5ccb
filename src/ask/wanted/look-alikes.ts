import type { EntitlementId } from '../../entitlement/entry.ts'
import type { Stretch } from '../ask.ts'
import { heard, once } from '../language/heard.ts'
import { type Asked, mostCandidates } from './asked.ts'
import { lookAlikes, type Mention, speltWords } from './names.ts'
import { goesBy, retrievalOf } from './retrieval-index.ts'
import { near } from './retrieve.ts'

/** Several that go by a name, or another one than its owner, where the words beside the name say so. */
interface OfLookAlikes {
  readonly ids: readonly EntitlementId[]
  readonly each: boolean
}

/** Who of its kin is meant by a name. */
export function amongLookAlikes(asked: Asked, mention: Mention, refused: boolean): OfLookAlikes | undefined {
  const { text, catalogue } = asked
  const only = (id: EntitlementId | undefined): OfLookAlikes | undefined =>
    id === undefined || mention.ids.includes(id) ? undefined : { ids: [id], each: false }
  const kin = lookAlikes(refused ? mention.stems.slice(-2) : mention.stems, catalogue)
  if (kin.length < 2) return pairIn(asked, siblingsOf(mention, asked)) ?? sharedHead(asked, mention)
  if (kin.length > mostCandidates) return sharedHead(asked, mention)
  if (refused) return only(toldApart(asked, mention, kin))
  const both = pairIn(asked, kin, mention.ids[0])
  if (both !== undefined) return both
  const said = toldApart(asked, mention, kin)
  if (said !== undefined) return mention.ids.includes(said) ? undefined : only(said)
  if (isDoubtful(text, mention)) return { ids: kin, each: false }
  return sharedHead(asked, mention) ?? only(qualified(asked, mention, kin))
}

/** Those that share the last words of a name: the elevated coding assistant, and the standard one. */
function siblingsOf({ stems }: Mention, { catalogue }: Asked): readonly EntitlementId[] {
  const kin = stems.length > 2 ? lookAlikes(stems.slice(-2), catalogue) : []
  return kin.length > mostCandidates ? [] : kin
}

/** The words of the sentence around a mention, up to the next comma or full stop. */
function around(text: string, { from, to }: Stretch): Stretch {
  const before = text.slice(0, from).search(/[^,.;?!\n]*$/)
  const after = text.slice(to).search(/[,.;?!\n]/)
  return { from: before, to: after < 0 ? text.length : to + after }
}

/** More than this share too common a head to be told apart by the words before it. */
const mostOfOneHead = 18

/** "The standard and the elevated coding assistant": two of one kin, told apart by words that stand before. */
function sharedHead({ text, catalogue, language }: Asked, mention: Mention): OfLookAlikes | undefined {
  const stretch = around(text, mention)
  const clause = text.slice(stretch.from, stretch.to)
  if (mention.stems.length < 2 || !compares().test(clause)) return undefined
  const said = new Set(speltWords(clause, catalogue, language).map(({ stem }) => stem))
  const kin = lookAlikes(mention.stems.slice(-2), catalogue)
  const { byId } = retrievalOf(catalogue)
  if (kin.length > mostOfOneHead) return undefined
  const entries = kin.flatMap((id) => byId.get(id) ?? [])
  const apart = entries.filter(({ stems, names }) => {
    const own = new Set(names.flat())
    return [...own].some(
      (stem) => said.has(stem) && (stems.get(stem) ?? 0) >= goesBy && entries.some((other) => !other.stems.has(stem)),
    )
  })
  return apart.length > 1 && apart.length < 4 && apart.some(({ id }) => mention.ids.includes(id))
    ? { ids: apart.map(({ id }) => id), each: !leavesOpen().test(text) }
    : undefined
}

const compares = once(() => new RegExp(String.raw`\b(?:${heard('and')}|${heard('or')}|vs|versus|than)\b|[&/]`, 'i'))
const leavesOpen = once(() => new RegExp(String.raw`\b(?:${heard('or')}|whichever|either)\b`, 'i'))
const doubtful = once(
  () => new RegExp(String.raw`\b(?:${heard('unsureWhich')}|(?:which|whether)[^.!?\n]{0,40}\bup to you)\b`, 'i'),
)
const notPlain = /\bnot (?:the )?(?:plain|standard|normal|basic|ordinary|regular|simple)\b/i
/** Whether the words leave open which one of its kin is meant. */
export const isDoubtful = (text: string, { to }: Mention): boolean =>
  doubtful().test(text) || notPlain.test(text.slice(to, to + 60)) || /^\s?[\u3040-\u9fff]/.test(text.slice(to, to + 2))

const qualifies = once(() => new RegExp(String.raw`^ ?(?:${heard('qualifies')})(?![\p{L}])`, 'iu'))
const kindOf = /\b(?:flavou?r|version|variant|edition|kind|sort|type) of (?:the |a )?$/i
const opensWithWhich = once(() => new RegExp(String.raw`^\W{0,3}(?:and |so )?(?:${heard('which')})(?![\p{L}])`, 'iu'))
/** Where what is added to a name ends and what it is for begins. */
const isFor = once(() => new RegExp(String.raw`\s(?:${heard('whatFor')})\s`, 'i'))
const without = once(() => new RegExp(String.raw`\b(?:${heard('without')})\s`, 'i'))

/** "That coding assistant which may also push": what is added to a name may make it another one of its kin. */
function qualified(asked: Asked, mention: Mention, kin: readonly EntitlementId[]): EntitlementId | undefined {
  if (mention.ids.length !== 1) return undefined
  const { text } = asked
  const stretch = around(text, mention)
  const added =
    qualifies().test(text.slice(mention.to, stretch.to)) ||
    opensWithWhich().test(text.slice(stretch.from)) ||
    kindOf.test(text.slice(stretch.from, mention.from))
  if (added) return foremostOf(asked, stretch, kin, 1, mention)
  // One word is the name of too many.
  if (mention.stems.length < 2) return undefined
  const { byId } = retrievalOf(asked.catalogue)
  const [own] = mention.ids
  const alike = kin.filter((id) => own !== undefined && byId.get(id)?.kind === byId.get(own)?.kind)
  const purpose = text.slice(mention.to, stretch.to).search(isFor())
  const before = text.slice(stretch.from, mention.from)
  const scope = {
    from: stretch.from + Math.max(0, before.search(/(?:(?!\s[-–—:]\s).)*$/s)),
    to: purpose < 0 ? stretch.to : mention.to + purpose,
  }
  if (without().test(before)) return undefined
  return foremostOf(asked, scope, alike, muchMore, mention)
}

/** Words beside a name that do not say "which one" must speak for another one so much more. */
const muchMore = 1.1

/** Words of another one, set apart from the name ("the legal one"), must speak for it so much more. */
const somewhatMore = 1.2

/** Which of the kin the words of a stretch speak for, so many times more than for any other. */
function foremostOf(
  { text, hints, catalogue, language }: Asked,
  { from, to }: Stretch,
  kin: readonly EntitlementId[],
  more: number,
  { stems }: Pick<Mention, 'stems'>,
): EntitlementId | undefined {
  const words = speltWords(text.slice(from, to), catalogue, language, true).filter(({ stem }) => !stems.includes(stem))
  const ranked = near(words, hints, catalogue, language)
  const [best, next] = ranked.filter(({ id }) => kin.includes(id))
  return best !== undefined && best.by.length > 0 && best.score > (next?.score ?? 0) * more ? best.id : undefined
}

const whichOne =
  /(?:^|[,;:.!?()\n]\s{0,2}|\s[-–—]\s)(?:(not|no|never)\s)?(?:the|that|a|an|just|only|but|so)?\s?(?:([\p{L}\d-]+(?:\s[\p{L}\d-]+)?)\s(?:one|version|variant|edition|flavou?r)\b|one\s(?:that|which|with|who|without)\s([^,;.!?\n]{3,40}))/giu

/** "The research assistant, legal one": which of the kin is said apart from the name. */
function toldApart(asked: Asked, { stems, to }: Mention, kin: readonly EntitlementId[]): EntitlementId | undefined {
  for (const match of asked.text.slice(to).matchAll(whichOne)) {
    const [whole, not, before] = match
    const end = match.index + to + whole.length
    if (not !== undefined) continue
    const which = foremostOf(asked, { from: end - whole.length, to: end }, kin, somewhatMore, {
      stems: stems.filter((stem) =>
        kin.every((id) => retrievalOf(asked.catalogue).byId.get(id)?.names.flat().includes(stem)),
      ),
    })
    if (which !== undefined && (before === undefined || !/^(?:this|that|which|each|first|second|last)$/i.test(before)))
      return which
  }
  return undefined
}

const pair = once(
  () =>
    new RegExp(
      String.raw`([\p{L}\d-]+)(\s(?:${heard('or')}|${heard('and')}|vs|versus)\s|\s?[&/+]\s?)(?:the\s|a\s)?([\p{L}\d-]+)`,
      'giu',
    ),
)
const oneOfPair = once(() => new RegExp(String.raw`\s(?:${heard('or')}|vs|versus)\s|\/`, 'i'))

/** "Pilot or legal", "both readers, security and global": two of several that two joined words tell apart. */
export function pairIn(
  { text, catalogue, language }: Asked,
  candidates: readonly EntitlementId[],
  own?: EntitlementId,
): OfLookAlikes | undefined {
  const { byId } = retrievalOf(catalogue)
  const entries = candidates.flatMap((id) => byId.get(id) ?? [])
  const fitting = (word: string): readonly EntitlementId[] => {
    const stems = speltWords(word, catalogue, language).map(({ stem }) => stem)
    const having = entries.filter(({ names }) => stems.some((stem) => names.flat().includes(stem)))
    if (having.length < entries.length) return having.map(({ id }) => id)
    return own === undefined ? [] : [own]
  }
  for (const [, left = '', joint = '', right = ''] of text.matchAll(pair())) {
    const [one, two] = [fitting(left), fitting(right)]
    if (one.length !== 1 || two.length !== 1 || one[0] === two[0]) continue
    return { ids: [...one, ...two], each: !oneOfPair().test(joint) }
  }
  return undefined
}
