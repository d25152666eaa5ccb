import * as api from './api.ts'
import { startClock } from './clock.ts'
import { openColumn } from './column.ts'
import type { Column } from './column.ts'
import { element } from './element.ts'
import { startTenantPanel } from './tenant-panel.ts'
import { startTheme } from './theme.ts'

const columns: Column[] = []
const place = element('columns')
const people = await api.listPeople()
const panel = startTenantPanel(element('tenant'), people)

function showBanner(text: string): void {
  const banner = element('banner')
  banner.textContent = text
  banner.hidden = text === ''
}

function writeHash(): void {
  history.replaceState(null, '', `#${columns.map((column) => column.person().id).join(',')}`)
}

function addColumn(id: string): void {
  const column = openColumn({
    people,
    first: people.find((person) => person.id === id) ?? people[0]!, // a tenant without people does not load
    // Browsers open six connections to a host at most, and each waiting column holds one.
    mayWait: () => columns.indexOf(column) < 3,
    onChanged: () => void panel.refresh(),
    onPerson: writeHash,
    onClose() {
      columns.splice(columns.indexOf(column), 1)
      writeHash()
    },
    onError: showBanner,
  })
  columns.push(column)
  place.append(column.element)
  writeHash()
}

const named = decodeURIComponent(location.hash.slice(1))
  .split(',')
  .filter((id) => people.some((person) => person.id === id))
for (const id of named.length > 0 ? named : ['maya.okafor', 'priya.raman']) addColumn(id)

element('add-column').addEventListener('click', () => {
  const shown = new Set(columns.map((column) => column.person().id))
  addColumn(people.find((person) => person.reachable && !shown.has(person.id))?.id ?? '')
  columns.at(-1)?.element.scrollIntoView({ inline: 'end' })
  columns.at(-1)?.focus()
})

element('toggle-tenant').addEventListener('click', () => {
  const hidden = element('tenant').toggleAttribute('hidden')
  element('toggle-tenant').setAttribute('aria-expanded', String(!hidden))
})
// On a phone the panel would hide the chats behind it.
if (matchMedia('(max-width: 900px)').matches) element('toggle-tenant').click()

element('reset').addEventListener('click', async () => {
  if (!confirm('Start over with a fresh tenant, empty chats and an empty journal?')) return
  showBanner('Starting over…')
  await api.reset().then(
    () => showBanner(''),
    (error: Error) => showBanner(error.message),
  )
  panel.refresh()
})

startTheme(element('theme'))
startClock({ onMoved: () => void panel.refresh(), onError: showBanner })
