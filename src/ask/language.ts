const markers: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['ja', /[\u3040-\u30ff]/],
  ['ko', /[\uac00-\ud7af]/],
  ['zh', /[\u4e00-\u9fff]/],
  [
    'de',
    /(?<!\p{L})(?:ich|brauche?|bitte|für|kannst?|welche|wer|warum|wurde|stunden?|und|das|bin|guten|wartet|mein|meine|von|der|die)(?!\p{L})/giu,
  ],
  [
    'es',
    /(?<!\p{L})(?:necesito|para|por|qu[ié]én|cómo|hola|hasta|quítale|mi|el|los|las|una?|ya|días?|desde|permite|gracias|quiero)(?!\p{L})/giu,
  ],
  [
    'fr',
    /(?<!\p{L})(?:je|j'ai|pour|besoin|il|faut|le|la|les|une?|qui|mon|ma|annule|est-ce|bonjour|merci|pendant|jusqu|voudrais|du|des)(?!\p{L})/giu,
  ],
  ['pt', /(?<!\p{L})(?:preciso|posso|quem|está|aqui|eu|pedir|agora|obrigad[oa]|com|produção|não|você)(?!\p{L})/giu],
]
const english =
  /(?<!\p{L})(?:the|and|for|please|pls|need|to|is|my|i|can|of|with|on|in|want|who|what|this|until|me)(?!\p{L})/giu

/** The message's language by its small words, as a BCP 47 tag; English unless another one clearly is more at home. */
export function languageOf(text: string): string {
  const start = text.slice(0, 2000)
  const count = (pattern: RegExp): number => (start.match(pattern) ?? []).length
  const home = count(english)
  const [best] = markers
    .map(([language, pattern]) => ({ language, hits: pattern.global ? count(pattern) : pattern.test(start) ? 100 : 0 }))
    .toSorted((a, b) => b.hits - a.hits)
  return best !== undefined && best.hits >= 2 && best.hits > home ? best.language : 'en'
}
