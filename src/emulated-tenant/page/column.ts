import * as api from './api.ts'
import { make } from './element.ts'
import { createMessages } from './messages.ts'

export type Column = { element: HTMLElement; person: () => api.Person; focus: () => void }

type Options = {
  people: api.Person[]
  first: api.Person
  mayWait: () => boolean
  onChanged: () => void
  onPerson: () => void
  onClose: () => void
  onError: (text: string) => void
}

const toastMs = 7000
let columnsMade = 0

/** One person's Teams: who they are, which chat is open, what stands in it, and a box to write in. */
export function openColumn(options: Options): Column {
  const id = `column-${++columnsMade}`
  const picker = personPicker(options.people, options.first, id)
  const chats = make('select', { class: 'chats', 'aria-label': 'Chat' })
  const unread = make('span', { class: 'unread', hidden: '' })
  const zone = make('span', { class: 'zone' })
  const phone = iconButton('Phone width', make('span', { class: 'phone-icon' }))
  phone.setAttribute('aria-pressed', 'false')
  const close = iconButton('Close this chat', '✕')
  const toast = make('div', { class: 'toast', role: 'status' })
  const log = make('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-relevant': 'additions',
    tabindex: '0',
  })
  const box = make('textarea', { rows: '1', id: `${id}-box`, maxlength: '4000' })
  const form = make('form', { class: 'composer' }, box, make('button', { type: 'submit', class: 'send', text: 'Send' }))
  const element = make(
    'section',
    { class: 'column', id },
    make(
      'header',
      {},
      make('div', { class: 'who' }, picker, unread, phone, close),
      make('div', { class: 'where' }, chats, zone),
    ),
    toast,
    log,
    form,
  )

  let person = options.first
  let conversations: api.Conversation[] = []
  let unseen = 0
  let listening = new AbortController()
  let toastTimer = 0
  const messages = createMessages(log, options)

  const markRead = () => {
    unseen = 0
    unread.hidden = true
    toast.classList.remove('shown')
    element.classList.remove('has-unread')
    for (const option of chats.options) option.text = option.text.replace(/^• /, '')
  }
  const isWatched = () => element.contains(document.activeElement) && document.hasFocus()

  const announce = (message: api.Message) => {
    if (isWatched() && message.conversation === chats.value) return
    unseen += 1
    unread.textContent = `${unseen} new`
    unread.hidden = false
    element.classList.add('has-unread')
    const chat = [...chats.options].find(({ value }) => value === message.conversation)
    if (chat && chat.value !== chats.value && !chat.text.startsWith('• ')) chat.text = `• ${chat.text}`
    toast.replaceChildren(
      make('strong', { text: 'Latchkey' }),
      make('span', { text: message.summary ?? message.text ?? 'Sent a card' }),
    )
    toast.classList.add('shown')
    clearTimeout(toastTimer)
    toastTimer = setTimeout(() => toast.classList.remove('shown'), toastMs)
  }

  const openChat = () => {
    messages.show(person, chats.value)
    const name = chats.selectedOptions[0]?.text.replace(/^• /, '') ?? 'Latchkey'
    const label = `Message ${name} as ${person.name}`
    box.placeholder = chats.selectedIndex > 0 ? `Message @Latchkey in ${name}` : 'Ask Latchkey for access'
    box.setAttribute('aria-label', label)
  }

  const listen = async (signal: AbortSignal) => {
    let after = 0
    let epoch: string | null = null
    let loaded = false
    while (!signal.aborted) {
      try {
        const news = await api.listMessages(person.id, after, loaded && options.mayWait() ? 'PT25S' : undefined, signal)
        if (signal.aborted) return
        if (epoch !== null && news.epoch !== epoch) {
          messages.clear()
          markRead()
        }
        epoch = news.epoch
        for (const message of news.messages) {
          after = Math.max(after, message.sequence)
          messages.put(message)
          if (loaded && message.alert) announce(message)
        }
        if (loaded && news.messages.length > 0) options.onChanged()
        if (loaded && !options.mayWait()) await pause(2000)
        loaded = true
      } catch {
        if (!signal.aborted) await pause(2000)
      }
    }
  }

  const become = async (next: api.Person) => {
    listening.abort()
    listening = new AbortController()
    person = next
    const { signal } = listening
    element.setAttribute('aria-label', `${person.name}'s chats`)
    zone.textContent = person.timeZone
    zone.title = `Times stand in ${person.name}'s zone`
    messages.clear()
    markRead()
    conversations = await api.listConversations(person.id)
    if (signal.aborted) return
    chats.replaceChildren(...conversations.map(({ id, name }) => make('option', { value: id, text: name })))
    openChat()
    const refuse = person.reachable ? '' : `${person.name} cannot use the bot: no app, or a disabled account.`
    log.dataset['note'] = refuse
    void listen(signal)
  }

  picker.addEventListener('change', () => {
    const next = options.people.find(({ id }) => id === picker.value)
    if (next) void become(next).then(options.onPerson)
  })
  chats.addEventListener('change', openChat)
  phone.addEventListener('click', () => {
    phone.setAttribute('aria-pressed', String(element.classList.toggle('phone')))
  })
  close.addEventListener('click', () => {
    listening.abort()
    element.remove()
    options.onClose()
  })
  for (const sign of ['pointerdown', 'focusin', 'keydown']) element.addEventListener(sign, markRead)
  toast.addEventListener('click', () => toast.classList.remove('shown'))
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
  box.addEventListener('input', () => {
    box.style.height = 'auto'
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`
  })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const text = box.value.trim()
    if (text === '') return
    const inChannel = conversations.find(({ id }) => id === chats.value)?.type !== 'personal'
    box.value = ''
    box.style.height = 'auto'
    await api.say(person.id, text, chats.value, inChannel).catch((error: Error) => {
      box.value ||= text
      messages.complain(error.message)
    })
  })
  void become(person)
  return { element, person: () => person, focus: () => picker.focus() }
}

function iconButton(label: string, icon: Node | string): HTMLButtonElement {
  return make('button', { type: 'button', class: 'plain', title: label, 'aria-label': label }, icon)
}

function option({ id, name, title, reachable }: api.Person): HTMLOptionElement {
  return make('option', { value: id, text: `${name} · ${title}${reachable ? '' : ' (not reachable)'}` })
}

function personPicker(people: api.Person[], first: api.Person, id: string): HTMLSelectElement {
  const board = people.filter((person) => person.id.startsWith('board-'))
  const others = people.filter((person) => !board.includes(person))
  const picker = make('select', { class: 'person', id: `${id}-person`, 'aria-label': 'Person' }, ...others.map(option))
  if (board.length > 0) picker.append(make('optgroup', { label: 'Review board' }, ...board.map(option)))
  picker.value = first.id
  return picker
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  setTimeout(resolve, ms)
  return promise
}
