/**
 * The little Markdown that Teams shows in cards and messages (bold, italic, links, lists), as HTML. Everything else,
 * tags included, stays text: what a requester typed must never become markup in an approver's card.
 */
export function markdownToHtml(source: string): string {
  const kept: string[] = []
  const keep = (html: string) => `\u{e000}${kept.push(html) - 1}\u{e001}`
  const escaped = source.replace(/\\([\\[\]()*_~`#+\-.!|{}<>&])/g, (_, character: string) =>
    keep(escapeHtml(character)),
  )
  const lines = escapeHtml(escaped).split(/\r?\n/)
  const html = blocks(lines).join('')
  return html.replace(/\u{e000}(\d+)\u{e001}/gu, (_, index: string) => kept[Number(index)] ?? '')
}

function blocks(lines: string[]): string[] {
  const out: string[] = []
  let list: { tag: 'ul' | 'ol'; items: string[] } | undefined
  let text: string[] = []
  const flush = () => {
    if (list) out.push(`<${list.tag}>${list.items.map((item) => `<li>${inline(item)}</li>`).join('')}</${list.tag}>`)
    if (text.length > 0) out.push(`<p>${text.map(inline).join('<br>')}</p>`)
    list = undefined
    text = []
  }
  for (const line of lines) {
    const bullet = /^\s*[-*] +(.+)$/.exec(line)
    const numbered = /^\s*\d+\. +(.+)$/.exec(line)
    const item = (bullet ?? numbered)?.[1]
    const tag = bullet ? 'ul' : 'ol'
    if (item !== undefined) {
      if (list?.tag !== tag) flush()
      list ??= { tag, items: [] }
      list.items.push(item)
    } else if (line.trim() === '') flush()
    else {
      if (list) flush()
      text.push(line)
    }
  }
  flush()
  return out
}

function inline(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\((https?:\/\/[^\s)"]+)\)/g, '<a href="$2" target="_blank" rel="noopener noreferrer">$1</a>')
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])/g, '$1<em>$2</em>')
    .replace(/(^|[^\w_])_([^_\s](?:[^_]*[^_\s])?)_(?![\w_])/g, '$1<em>$2</em>')
}

/** Entities that a bot wrote stay entities, as in Teams. */
function escapeHtml(text: string): string {
  return text
    .replace(/&(?!(?:#\d+|#x[\da-f]+|[a-z][\da-z]*);)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
