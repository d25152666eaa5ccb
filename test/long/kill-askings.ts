/** Who asks for which role, and who decides about it, stage by stage. */
export interface Asking {
  readonly requester: string
  readonly role: string
  readonly deciders: readonly [string, ...string[]]
  /** Entra itself asks nobody: the chat decides, and the requester switches it on. */
  readonly inChat: boolean
}

const everyOf = (role: string, deciders: Asking['deciders'], inChat: boolean, requesters: readonly string[]) =>
  requesters.map((requester): Asking => ({ requester, role, deciders, inChat }))

/** Decided in Entra alone. */
export const nativeAskings = [
  ...everyOf('AI Administrator', ['priya.raman'], false, ['maya.okafor', 'lena.brandt', 'diego.fuentes']),
  ...everyOf('Global Reader', ['jonas.weber'], false, ['sam.rivera', 'fatima.zahra', 'aiko.tanaka']),
]
/** Decided in chat alone. */
export const chatAskings = everyOf('Security Reader', ['jonas.weber'], true, [
  'maya.okafor',
  'noah.kim',
  'sam.rivera',
  'diego.fuentes',
  'lena.brandt',
])
/** First in chat, then in Entra. */
export const severeAskings = everyOf('Application Administrator', ['priya.raman', 'mei.lin'], false, [
  'noah.kim',
  'diego.fuentes',
])
