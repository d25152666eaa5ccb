import * as api from './api.ts'
import { columnParts } from './column-parts.ts'
import { askForGroup } from './group-dialog.ts'
import { make } from './element.ts'
import { followMessages } from './follow-messages.ts'
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

/** One person's Teams: who they are, which chat is open, what stands in it, and a box to write in. */
export function openColumn(options: Options): Column {
  const parts = columnParts(options.people, options.first)
  const { element, picker, chats, group, unread, zone, phone, close, toast, log, box, form } = parts

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

  const listChats = async () => {
    const chosen = chats.value
    conversations = await api.listConversations(person.id)
    const named = new Map([...chats.options].map(({ value, text }) => [value, text]))
    chats.replaceChildren(
      ...conversations.map(({ id, name }) => make('option', { value: id, text: named.get(id) ?? name })),
    )
    if (conversations.some(({ id }) => id === chosen)) chats.value = chosen
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
    chats.replaceChildren()
    await listChats()
    if (signal.aborted) return
    openChat()
    const refuse = person.reachable ? '' : `${person.name} cannot use the bot: no app, or a disabled account.`
    log.dataset['note'] = refuse
    void followMessages(person.id, signal, {
      mayWait: options.mayWait,
      onReset() {
        messages.clear()
        markRead()
      },
      async onMessage(message, isNews) {
        messages.put(message)
        // Somebody else opened a chat with this person in it.
        if (!conversations.some(({ id }) => id === message.conversation)) await listChats()
        if (isNews && message.alert) announce(message)
        if (isNews) options.onChanged()
      },
    })
  }

  picker.addEventListener('change', () => {
    const next = options.people.find(({ id }) => id === picker.value)
    if (next) void become(next).then(options.onPerson)
  })
  chats.addEventListener('change', openChat)
  group.addEventListener('click', async () => {
    const made = await askForGroup(options.people, person)
    if (made === undefined) return
    try {
      const { id } = await api.openConversation(person.id, made)
      await listChats()
      chats.value = id
      openChat()
    } catch (error) {
      messages.complain(error instanceof Error ? error.message : String(error))
    }
  })
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
