import type * as Renderer from 'adaptivecards'
import type { Choice } from './api.ts'
import { make } from './element.ts'

// The official renderer, loaded as a classic script before this one.
declare const AdaptiveCards: typeof Renderer

export type Search = (dataset: string, text: string) => Promise<Choice[]>

const pauseMs = 250
let lists = 0

/**
 * Gives inputs with a `Data.Query` their choices as one types, as Teams does. The renderer's own list leaves out what
 * does not contain the typed text, though the bot may know better.
 */
export function wireTypeahead(card: Renderer.AdaptiveCard, search: Search): void {
  for (const input of card.getAllInputs()) {
    const dataset = input instanceof AdaptiveCards.ChoiceSetInput ? input.choicesData?.dataset : undefined
    if (dataset === undefined) continue
    const box = input.renderedElement?.querySelector('input')
    if (box) wire(input as Renderer.ChoiceSetInput, box, (text) => search(dataset, text)) // one, as just tested
  }
}

function wire(
  input: Renderer.ChoiceSetInput,
  box: HTMLInputElement,
  search: (text: string) => Promise<Choice[]>,
): void {
  const list = make('ul', { class: 'typeahead', role: 'listbox', id: `typeahead-${++lists}`, hidden: '' })
  // The renderer's own list goes, and what opens it.
  Object.assign(box, { oninput: null, onclick: null, onkeydown: null })
  input.getDropdownElement()?.remove()
  if (input.label !== undefined) box.setAttribute('aria-label', input.label)
  box.after(list)
  box.parentElement?.classList.add('typeahead-place')
  box.autocomplete = 'off'
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-controls', list.id],
    ['aria-expanded', 'false'],
  ] as const)
    box.setAttribute(name, value)
  let timer = 0
  let marked = -1

  const options = () => [...list.querySelectorAll<HTMLElement>('[role=option]')]
  const close = () => {
    list.hidden = true
    box.setAttribute('aria-expanded', 'false')
    mark(-1)
  }
  const mark = (index: number) => {
    marked = index
    options().forEach((option, each) => option.setAttribute('aria-selected', String(each === index)))
    const option = options()[index]
    option?.scrollIntoView({ block: 'nearest' })
    if (option) box.setAttribute('aria-activedescendant', option.id)
    else box.removeAttribute('aria-activedescendant')
  }
  const open = (...items: HTMLElement[]) => {
    list.replaceChildren(...items)
    list.hidden = false
    box.setAttribute('aria-expanded', 'true')
    mark(-1)
  }
  const choose = (title: string) => {
    box.value = title
    close()
  }
  const offer = (choices: Choice[]) => {
    // The renderer sends the value of the choice whose title stands in the box.
    input.choices = choices.map(({ title, value }) => new AdaptiveCards.Choice(title, value))
    open(...choices.map(({ title }, index) => option(title, `${list.id}-${index}`)))
    if (choices.length === 0) open(make('li', { class: 'typeahead-note', text: 'No results' }))
  }
  const option = (title: string, id: string) => {
    const item = make('li', { role: 'option', id, 'aria-selected': 'false', text: title })
    // Before the box loses the focus.
    item.addEventListener('mousedown', (event) => {
      event.preventDefault()
      choose(title)
    })
    return item
  }
  const ask = async () => {
    const text = box.value
    try {
      const choices = await search(text)
      if (text === box.value && document.activeElement === box) offer(choices)
    } catch (error) {
      open(make('li', { class: 'typeahead-note', text: error instanceof Error ? error.message : String(error) }))
    }
  }
  const askSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), pauseMs)
  }
  box.addEventListener('input', askSoon)
  box.addEventListener('click', askSoon)
  box.addEventListener('blur', close)
  box.addEventListener('keydown', (event) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const count = options().length
      if (list.hidden) askSoon()
      else if (count > 0) mark((marked + step + count) % count)
    } else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && !list.hidden && marked >= 0) {
      event.preventDefault()
      choose(options()[marked]?.textContent ?? '')
    }
  })
}
