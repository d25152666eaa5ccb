import * as api from './api.ts'
import { productNow } from './clock.ts'
import { make } from './element.ts'

/** The tenant's real state beside the chats: what a card says can be held against it. */
export function startTenantPanel(panel: HTMLElement, people: api.Person[]): { refresh: () => void } {
  const names = new Map(people.map((person) => [person.id, person.name]))
  let drawn = ''
  const refresh = async () => {
    if (panel.hidden || document.hidden) return
    const tenant = await api.readTenant()
    const state = JSON.stringify([tenant, Math.floor(productNow().getTime() / 30_000)])
    if (state === drawn) return
    drawn = state
    draw(panel, tenant, (id) => names.get(id) ?? id)
  }
  const quietly = () => void refresh().catch(() => undefined)
  quietly()
  setInterval(quietly, 2500)
  return { refresh: quietly }
}

function draw(panel: HTMLElement, tenant: api.Tenant, name: (id: string) => string): void {
  const open = new Set([...panel.querySelectorAll('details[open]')].map((each) => each.id))
  const closed = new Set([...panel.querySelectorAll('details:not([open])')].map((each) => each.id))
  const section = (id: string, title: string, items: HTMLElement[], none: string, opened: boolean) => {
    const list = items.length > 0 ? make('ul', {}, ...items) : make('p', { class: 'none', text: none })
    const count = make('span', { class: 'count', text: String(items.length) })
    const details = make('details', { id }, make('summary', {}, make('h3', { text: title }), count), list)
    details.open = open.has(id) || (opened && !closed.has(id))
    return details
  }
  const held = (each: api.Held) => item(name(each.person), each.entitlement, until(each.end))
  const requests = tenant.requests.toReversed().map((each) => request(each, name(each.person)))
  panel.replaceChildren(
    make('h2', { text: 'Tenant' }),
    make('p', { class: 'hint', text: 'What Entra holds right now, whatever any card says.' }),
    section('active-roles', 'Active', tenant.activations.map(held), 'Nothing is active.', true),
    section('requests', 'Requests', requests, 'Nobody has asked Entra yet.', true),
    section('eligible', 'Eligible', tenant.eligibilities.map(held), 'Nobody is eligible.', false),
  )
}

function until(end: string | null): string {
  return end === null ? 'no end' : `until ${when(end)}, ${left(end)}`
}

function item(person: string, entitlement: string, note: string): HTMLElement {
  return make(
    'li',
    {},
    make('strong', { text: entitlement }),
    make('span', { text: person }),
    make('small', { text: note }),
  )
}

function request(filed: api.Filed, person: string): HTMLElement {
  const kind = /pending/i.test(filed.status)
    ? 'waiting'
    : /provisioned|granted|approved/i.test(filed.status)
      ? 'good'
      : 'over'
  const status = make('span', { class: `status ${kind}`, text: spaced(filed.status) })
  const note = [spelled(filed.duration), filed.justification].filter(Boolean).join(' · ')
  const line = item(person, filed.entitlement, note)
  line.prepend(status)
  return line
}

/** `PT1H30M` as `1 h 30 min`. */
function spelled(duration: string | null): string {
  const units: Record<string, string> = { D: 'd', H: 'h', M: 'min', S: 's' }
  return (duration ?? '')
    .replace(/[PT]/g, '')
    .replace(/(\d+)([DHMS])/g, (_, n, unit) => `${n} ${units[unit]} `)
    .trim()
}

const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' })

function when(instant: string): string {
  return format.format(new Date(instant))
}

function left(end: string): string {
  const minutes = Math.round((new Date(end).getTime() - productNow().getTime()) / 60_000)
  if (minutes < 0) return 'over'
  if (minutes < 120) return `${minutes} min left`
  return minutes < 2880 ? `${Math.round(minutes / 60)} h left` : `${Math.round(minutes / 1440)} days left`
}

function spaced(status: string): string {
  return status.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/ [A-Z]/g, (capital) => capital.toLowerCase())
}
