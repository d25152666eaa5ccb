/** The element of the page with this id; it must be there. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no #${id}`)
  return found
}

type Members = { class?: string; text?: string; [attribute: string]: string | undefined }

/** A new element with attributes, text and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: className, text, ...attributes }: Members = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (className !== undefined) made.className = className
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value)
  if (text !== undefined) made.textContent = text
  made.append(...children)
  return made
}
