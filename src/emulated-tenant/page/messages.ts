import * as api from './api.ts'
import { renderCard } from './card-view.ts'
import { make } from './element.ts'
import { markdownToHtml } from './markdown.ts'

const somethingWentWrong = 'Something went wrong. Please try again.'

type Options = { people: api.Person[]; onChanged: () => void }
type Shown = { message: api.Message; node: HTMLElement; body: HTMLElement; below: HTMLElement; content: string }

export type Messages = {
  /** Shows one of the person's chats; messages of the others are kept for when they are opened. */
  show: (person: api.Person, conversation: string) => void
  put: (message: api.Message) => void
  clear: () => void
  complain: (text: string) => void
}

/** The list of messages in a column: new ones below, edits in place. */
export function createMessages(log: HTMLElement, options: Options): Messages {
  const all = new Map<string, api.Message>()
  const shown = new Map<string, Shown>()
  let person: api.Person | undefined
  let conversation = ''

  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      const id = (target as HTMLElement).dataset['message'] // only messages are observed
      if (!isIntersecting || !person || id === undefined) continue
      void api.comeIntoView(person.id, id).catch(() => undefined)
    }
  })

  const draw = (message: api.Message) => {
    if (!person) return
    const before = shown.get(message.id)
    if (message.deleted)
      return void before?.node.replaceWith(make('p', { class: 'gone', text: 'This message was deleted.' }))
    const next = before ?? frame(message, person)
    const content = JSON.stringify([message.text, message.card, message.signIn])
    if (!before) {
      shown.set(message.id, next)
      log.append(...dayMark(message, person), next.node)
    }
    if (next.content !== content) fill(next, message, content)
    if (message.editedAt) next.node.querySelector('.edited')?.removeAttribute('hidden')
    if (message.failed) note(next, message.failed, 'failed')
    if (message.card?.['refresh']) seen.observe(next.node)
  }

  const fill = (next: Shown, message: api.Message, content: string) => {
    const hadFocus = next.body.contains(document.activeElement)
    next.content = content
    next.message = message
    next.below.replaceChildren()
    next.body.replaceChildren()
    if (message.text !== undefined) next.body.append(textOf(message))
    if (message.card) next.body.append(renderCard(message.card, (press, title) => void act(next, press, title)))
    if (message.signIn !== undefined) next.body.append(signInButton(next, message.signIn))
    // A card that its own button replaced must not throw the keyboard back to the top of the page.
    if (hadFocus) next.node.focus({ preventScroll: true })
  }

  const act = async (target: Shown, press: api.Press, title: string) => {
    if (!person || target.node.getAttribute('aria-busy') === 'true') return
    target.node.setAttribute('aria-busy', 'true')
    note(target, `${title}…`, 'working')
    try {
      const answer = await api.press(person.id, target.message.id, press)
      tellAnswer(target, answer)
    } catch (error) {
      note(target, error instanceof Error ? error.message : String(error), 'failed')
    }
    target.node.removeAttribute('aria-busy')
    options.onChanged()
  }

  const tellAnswer = (target: Shown, answer: api.Answer) => {
    target.below.replaceChildren()
    if (answer.signIn !== undefined) return target.below.append(signInButton(target, answer.signIn))
    if (answer.error !== undefined) return note(target, answer.error, 'failed')
    if (answer.type === 'application/vnd.microsoft.activity.message')
      return note(target, String(answer.value), 'answer')
    if (answer.type === 'application/vnd.microsoft.error') return note(target, errorText(answer.value), 'failed')
  }

  const signInButton = (target: Shown, url: string) => {
    const button = make('button', { type: 'button', class: 'sign-in', text: 'Sign in to continue' })
    button.addEventListener('click', async () => {
      if (!person) return
      button.disabled = true
      await api.signIn(person.id, url).then(
        (answer) => tellAnswer(target, answer),
        (error: Error) => note(target, error.message, 'failed'),
      )
      button.disabled = false
    })
    return button
  }

  let lastDay = ''
  const dayMark = (message: api.Message, { timeZone }: api.Person): HTMLElement[] => {
    const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
    const text = day.format(new Date(message.at))
    if (text === lastDay) return []
    lastDay = text
    return [make('p', { class: 'day', text })]
  }

  const frame = (message: api.Message, viewer: api.Person): Shown => {
    const own = message.from === viewer.id
    const name =
      message.from === 'bot' ? 'Latchkey' : (options.people.find(({ id }) => id === message.from)?.name ?? message.from)
    const at = new Date(message.at)
    const time = make('time', {
      datetime: message.at,
      text: timeIn(viewer.timeZone, at, false),
      title: timeIn(viewer.timeZone, at, true),
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

  return {
    show(nextPerson, nextConversation) {
      person = nextPerson
      conversation = nextConversation
      lastDay = ''
      shown.clear()
      log.replaceChildren()
      for (const message of all.values()) if (message.conversation === conversation) draw(message)
      log.scrollTop = log.scrollHeight
    },
    put(message) {
      const isNew = !all.has(message.id)
      all.set(message.id, message)
      if (message.conversation !== conversation) return
      const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120
      draw(message)
      if (isNew || atEnd) log.scrollTop = log.scrollHeight
    },
    clear() {
      all.clear()
      shown.clear()
      lastDay = ''
      log.replaceChildren()
    },
    complain(text) {
      log.append(make('p', { class: 'complaint', role: 'alert', text }))
      log.scrollTop = log.scrollHeight
    },
  }
}

function note(target: Shown, text: string, kind: 'failed' | 'working' | 'answer'): void {
  target.below.replaceChildren(make('p', { class: `note ${kind}`, text }))
}

function errorText(value: unknown): string {
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : undefined
  return typeof message === 'string' && message !== '' ? message : somethingWentWrong
}

function textOf(message: api.Message): HTMLElement {
  const text = make('div', { class: 'text' })
  if (message.from === 'bot') text.innerHTML = markdownToHtml(message.text ?? '')
  else text.textContent = message.text ?? ''
  return text
}

function timeIn(timeZone: string, at: Date, full: boolean): string {
  const zone = full
    ? ({ dateStyle: 'full', timeStyle: 'long' } as const)
    : ({ hour: '2-digit', minute: '2-digit' } as const)
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...zone }).format(at)
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
