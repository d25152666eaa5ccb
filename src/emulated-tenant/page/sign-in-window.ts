/** What came of a sign-in page: what it handed to Teams, why it did not, or that somebody closed it. */
export type SignInOutcome = { state: string } | { failed: string } | 'closed' | 'blocked'

const lookEveryMs = 300

/**
 * Opens an app's sign-in page in a window of its own, as Teams does, and speaks with the TeamsJS on it: `initialize`
 * is answered with the context `authentication`, and `notifySuccess` or `notifyFailure` ends it.
 */
export function openSignInWindow(url: string): Promise<SignInOutcome> {
  const popup = window.open(url, '_blank', 'popup,width=520,height=640')
  if (!popup) return Promise.resolve('blocked')
  const { promise, resolve } = Promise.withResolvers<SignInOutcome>()
  const hear = (event: MessageEvent) => {
    if (event.source !== popup || event.origin !== location.origin) return
    const { id, uuidAsString, func, args = [] } = event.data ?? {}
    if (func === 'initialize') {
      const told = { id, uuidAsString, args: ['authentication', 'web', '', '2.0.1'] }
      popup.postMessage(told, event.origin)
    }
    if (func === 'authentication.authenticate.success') resolve({ state: String(args[0] ?? '') })
    if (func === 'authentication.authenticate.failure') resolve({ failed: String(args[0] ?? '') })
  }
  window.addEventListener('message', hear)
  const watch = setInterval(() => popup.closed && resolve('closed'), lookEveryMs)
  return promise.finally(() => {
    window.removeEventListener('message', hear)
    clearInterval(watch)
  })
}
