import * as api from './api.ts'
import { renderCard } from './card-view.ts'
import { make } from './element.ts'
import { errorText, frameMessage, note, textOf } from './message-frame.ts'
import type { Shown } from './message-frame.ts'
import { openSignInWindow } from './sign-in-window.ts'

type Options = { people: api.Person[]; onChanged: () => void }

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
    const next = before ?? frameMessage(message, person, nameOf(message.from))
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
    // An edit of the card does not take back that the person was asked to sign in.
    if (!next.below.querySelector('.sign-in')) next.below.replaceChildren()
    next.body.replaceChildren()
    if (message.text !== undefined) next.body.append(textOf(message))
    if (message.card) {
      const reader = person
      const search = (dataset: string, text: string) =>
        reader ? api.search(reader.id, message.id, dataset, text) : Promise.resolve([])
      next.body.append(renderCard(message.card, (press, title) => void act(next, press, title), search))
    }
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
    if (answer.signIn !== undefined) {
      const button = signInButton(target, answer.signIn)
      target.below.append(button)
      // Below a long card it would be out of sight, and nothing else says what is wanted.
      return button.scrollIntoView({ block: 'nearest' })
    }
    if (answer.error !== undefined) return note(target, answer.error, 'failed')
    if (answer.type === 'application/vnd.microsoft.activity.message')
      return note(target, String(answer.value), 'answer')
    if (answer.type === 'application/vnd.microsoft.error') return note(target, errorText(answer.value), 'failed')
  }

  const signInButton = (target: Shown, url: string) => {
    const button = make('button', { type: 'button', class: 'sign-in', text: 'Sign in to continue' })
    button.addEventListener('click', async () => {
      if (!person) return
      const { id } = person
      button.disabled = true
      const came = await openSignInWindow(url)
      button.disabled = false
      if (came === 'blocked') return note(target, 'The browser did not open the sign-in window.', 'failed')
      if (came === 'closed') return
      if ('failed' in came) return note(target, 'You are not signed in, and nothing was done.', 'failed')
      await api.signedIn(id, came.state).then(
        (answer) => tellAnswer(target, answer),
        (error: Error) => note(target, error.message, 'failed'),
      )
      options.onChanged()
    })
    return button
  }

  const nameOf = (from: string) =>
    from === 'bot' ? 'Latchkey' : (options.people.find(({ id }) => id === from)?.name ?? from)

  let lastDay = ''
  const dayMark = (message: api.Message, { timeZone }: api.Person): HTMLElement[] => {
    const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
    const text = day.format(new Date(message.at))
    if (text === lastDay) return []
    lastDay = text
    return [make('p', { class: 'day', text })]
  }

  return {
    show(nextPerson, nextConversation) {
      person = nextPerson
      conversation = nextConversation
      lastDay = ''
      shown.clear()
      log.replaceChildren()
      // News comes in the order of changes, and an edit leaves a message where it stands.
      const inOrder = [...all.values()].sort((one, other) => Number(one.id) - Number(other.id))
      for (const message of inOrder) if (message.conversation === conversation) draw(message)
      log.scrollTop = log.scrollHeight
    },
    put(message) {
      const isNew = !all.has(message.id)
      const earlier = isNew && [...all.keys()].some((id) => Number(id) > Number(message.id))
      all.set(message.id, message)
      if (message.conversation !== conversation) return
      if (earlier && person) return this.show(person, conversation)
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
