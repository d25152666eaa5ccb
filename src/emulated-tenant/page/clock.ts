import * as api from './api.ts'
import { element } from './element.ts'

let offsetMs = 0

/** The product clock's time: the demo's, not the machine's. */
export function productNow(): Date {
  return new Date(Date.now() + offsetMs)
}

/** Shows the product clock in the viewer's own zone and lets it be moved. */
export function startClock(on: { onMoved: () => void; onError: (text: string) => void }): void {
  const face = element('now')
  const format = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  })
  const draw = () => {
    face.textContent = format.format(productNow())
  }
  const sync = async () => {
    const { now } = await api.readClock()
    offsetMs = new Date(now).getTime() - Date.now()
    draw()
  }
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-advance]')]
  const move = async (pressed: HTMLButtonElement) => {
    const hadFocus = pressed === document.activeElement
    for (const button of buttons) button.disabled = true
    face.setAttribute('aria-busy', 'true')
    try {
      await api.advanceClock(pressed.dataset['advance'] ?? '')
      on.onError('')
    } catch (error) {
      on.onError(`The clock: ${error instanceof Error ? error.message : String(error)}`)
    }
    await sync().catch(() => undefined)
    face.removeAttribute('aria-busy')
    for (const button of buttons) button.disabled = false
    // Disabling took the focus away from whoever works with the keyboard.
    if (hadFocus) pressed.focus()
    on.onMoved()
  }
  for (const button of buttons) button.addEventListener('click', () => void move(button))
  const syncQuietly = () => void sync().catch(() => undefined)
  syncQuietly()
  setInterval(draw, 1000)
  setInterval(syncQuietly, 5000)
}
