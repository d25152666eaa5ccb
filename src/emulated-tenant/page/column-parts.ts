import type { Person } from './api.ts'
import { make } from './element.ts'

let columnsMade = 0

/** The elements of a column, still without life. */
export function columnParts(people: Person[], first: Person) {
  const id = `column-${++columnsMade}`
  const picker = personPicker(people, first, id)
  const chats = make('select', { class: 'chats', 'aria-label': 'Chat' })
  const group = iconButton('New group chat', '+')
  const unread = make('span', { class: 'unread', hidden: '' })
  const zone = make('span', { class: 'zone' })
  const phone = iconButton('Phone width', make('span', { class: 'phone-icon' }))
  phone.setAttribute('aria-pressed', 'false')
  const close = iconButton('Close this chat', '✕')
  const toast = make('div', { class: 'toast', role: 'status' })
  const live = { role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions' }
  const log = make('div', { class: 'log', tabindex: '0', ...live })
  const box = make('textarea', { rows: '1', id: `${id}-box`, maxlength: '4000' })
  const form = make('form', { class: 'composer' }, box, make('button', { type: 'submit', class: 'send', text: 'Send' }))
  const who = make('div', { class: 'who' }, picker, unread, phone, close)
  const header = make('header', {}, who, make('div', { class: 'where' }, chats, group, zone))
  const element = make('section', { class: 'column', id }, header, toast, log, form)
  return { element, picker, chats, group, unread, zone, phone, close, toast, log, box, form }
}

function iconButton(label: string, icon: Node | string): HTMLButtonElement {
  return make('button', { type: 'button', class: 'plain', title: label, 'aria-label': label }, icon)
}

function option({ id, name, title, reachable }: Person): HTMLOptionElement {
  return make('option', { value: id, text: `${name} · ${title}${reachable ? '' : ' (not reachable)'}` })
}

function personPicker(people: Person[], first: Person, id: string): HTMLSelectElement {
  const board = people.filter((person) => person.id.startsWith('board-'))
  const others = people.filter((person) => !board.includes(person))
  const picker = make('select', { class: 'person', id: `${id}-person`, 'aria-label': 'Person' }, ...others.map(option))
  if (board.length > 0) picker.append(make('optgroup', { label: 'Review board' }, ...board.map(option)))
  picker.value = first.id
  return picker
}
