import type { ChatReference, SentCard } from './memory.ts'
import type { View, Viewer } from './views.ts'

export interface Conversation {
  /** A new message. */
  post(
    to: ChatReference,
    view: View,
    viewer: Viewer,
  ): Promise<
    | { readonly came: 'posted'; readonly activity: string }
    | { readonly came: 'unreachable' }
    | { readonly came: 'no-chat' }
  >
  /** Changes a message in place; `gone` when it can no longer be edited. Throws on anything worth retrying. */
  edit(card: SentCard, view: View, viewer: Viewer): Promise<'edited' | 'gone' | 'unreachable'>
  /** Asks for a token in a message: unseen where a client can give one, else a button that opens our page. */
  askForToken(
    to: Pick<ChatReference, 'conversation' | 'serviceUrl'>,
    signIn: { readonly id: string; readonly exchange: string },
    viewer: Viewer,
  ): Promise<void>
  /** A link to our page, for a client that does not open it by itself. */
  offerSignIn(to: Pick<ChatReference, 'conversation' | 'serviceUrl'>, signIn: string, viewer: Viewer): Promise<void>
}
