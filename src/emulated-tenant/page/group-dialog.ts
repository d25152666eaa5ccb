import type { Person } from './api.ts'
import { make } from './element.ts'

type NewGroup = { type: 'group' | 'channel'; name: string; members: string[] }

/** Asks for a name and for who is in it beside this person; undefined when it is put away. */
export function askForGroup(people: Person[], self: Person): Promise<NewGroup | undefined> {
  const { promise, resolve } = Promise.withResolvers<NewGroup | undefined>()
  const name = make('input', { type: 'text', required: '', maxlength: '60', value: 'Group chat' })
  const kind = make(
    'select',
    {},
    make('option', { value: 'group', text: 'Group chat' }),
    make('option', { value: 'channel', text: 'Channel' }),
  )
  const others = people.filter(({ id }) => id !== self.id)
  const boxes = others.map((person) => make('input', { type: 'checkbox', value: person.id }))
  const rows = others.map((person, index) =>
    make('label', {}, boxes[index] ?? '', ` ${person.name}${person.reachable ? '' : ' (without the app)'}`),
  )
  const form = make(
    'form',
    { method: 'dialog' },
    make('label', {}, 'Name ', name),
    make('label', {}, 'Kind ', kind),
    make('fieldset', {}, make('legend', { text: `With ${self.name}` }), ...rows),
    make('button', { value: 'open', text: 'Open' }),
    make('button', { value: '', formnovalidate: '', text: 'Cancel' }),
  )
  const dialog = make('dialog', { class: 'group', 'aria-label': 'New group chat' }, form)
  dialog.addEventListener('close', () => {
    const members = boxes.filter(({ checked }) => checked).map(({ value }) => value)
    const type = kind.value === 'channel' ? 'channel' : 'group'
    resolve(dialog.returnValue === 'open' ? { type, name: name.value, members } : undefined)
    dialog.remove()
  })
  document.body.append(dialog)
  dialog.showModal()
  return promise
}
