import type { Message, Person } from './api.ts'
import { make } from './element.ts'
import { markdownToHtml } from './markdown.ts'

/** A message on the page: `body` holds what it says now, `below` what became of the last tap on it. */
export type Shown = { message: Message; node: HTMLElement; body: HTMLElement; below: HTMLElement; content: string }

/** What stays around a message when it is edited: who, when, and places for its body and for answers. */
export function frameMessage(message: Message, viewer: Person, name: string): Shown {
  const own = message.from === viewer.id
  const at = new Date(message.at)
  const time = make('time', {
    datetime: message.at,
    text: timeIn(viewer.timeZone, at, { hour: '2-digit', minute: '2-digit' }),
    title: timeIn(viewer.timeZone, at, { dateStyle: 'full', timeStyle: 'long' }),
  })
  const edited = make('span', { class: 'edited', hidden: '', text: 'Edited' })
  const body = make('div', { class: 'body' })
  const below = make('div', { class: 'below', role: 'status' })
  const head = make('div', { class: 'head' }, ...(own ? [] : [make('strong', { text: name })]), time, edited)
  const label = `${own ? 'You' : name} at ${time.textContent}`
  const node = make('article', { class: own ? 'message own' : 'message', tabindex: '-1', 'aria-label': label })
  node.dataset['message'] = message.id
  node.append(...(own ? [] : [avatar(message.from, name)]), make('div', { class: 'bubble' }, head, body, below))
  return { message, node, body, below, content: '' }
}

export function note(target: Shown, text: string, kind: 'failed' | 'working' | 'answer'): void {
  target.below.replaceChildren(make('p', { class: `note ${kind}`, text }))
}

/** What an error answer says, or what Teams says where it says nothing. */
export function errorText(value: unknown): string {
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : undefined
  return typeof message === 'string' && message !== '' ? message : 'Something went wrong. Please try again.'
}

/** The bot's text is Markdown; what people typed is shown as they typed it. */
export function textOf(message: Message): HTMLElement {
  const text = make('div', { class: 'text' })
  if (message.from === 'bot') text.innerHTML = markdownToHtml(message.text ?? '')
  else text.textContent = message.text ?? ''
  return text
}

function timeIn(timeZone: string, at: Date, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...style }).format(at)
}

function avatar(from: string, name: string): HTMLElement {
  if (from === 'bot') return make('img', { class: 'avatar', src: 'key.svg', alt: '', width: '32', height: '32' })
  const initials = name
    .split(' ')
    .map((part) => part[0])
    .join('')
    .slice(0, 2)
  return make('span', { class: 'avatar', 'aria-hidden': 'true', text: initials })
}
