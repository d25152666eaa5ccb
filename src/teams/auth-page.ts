import { signInPage } from '../words/sign-in.ts'
import { say, type Spoken } from '../words/language.ts'

/** What Teams is told: the transaction for the tap that it repeats, or why there is nothing to repeat. */
export type Notify =
  | { readonly success: string }
  /** One of the words that TeamsJS knows. */
  | { readonly failure: 'CancelledByUser' | 'Failed' | 'InvalidRequest' }

/** Where Teams shows pages of apps within its own. */
const teamsHosts = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://teams.cloud.microsoft',
  'https://*.cloud.microsoft',
  'https://*.office.com',
  'https://*.microsoft365.com',
  'https://outlook.office.com',
  'https://gov.teams.microsoft.us',
  'https://dod.teams.microsoft.us',
].join(' ')

export const policyFor = (nonce: string): string =>
  [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${teamsHosts}`,
  ].join('; ')

// Outside Teams `initialize` never settles, and the page simply says what happened.
const tell = `
const { notifySuccess, notifyFailure } = document.body.dataset
microsoftTeams.app.initialize().then(() => {
  if (notifySuccess !== undefined) microsoftTeams.authentication.notifySuccess(notifySuccess)
  else microsoftTeams.authentication.notifyFailure(notifyFailure)
}).catch(() => {})
`

const style = `
body { font: 1rem/1.5 'Segoe UI', system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem;
  color-scheme: light dark; }
h1 { font-size: 1.25rem; }
`

/** The last page of a sign-in: tells Teams, and says what happened to whoever still sees it. */
export function authPage(nonce: string, spoken: Spoken, text: string, notify: Notify): string {
  const title = escaped(say(spoken, signInPage.title))
  const told =
    'success' in notify
      ? `data-notify-success="${escaped(notify.success)}"`
      : `data-notify-failure="${escaped(notify.failure)}"`
  return `<!doctype html>
<html lang="${spoken.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body ${told}>
<main>
<h1>${title}</h1>
<p role="status">${escaped(text)}</p>
</main>
<script nonce="${nonce}" src="/auth/teams.js"></script>
<script nonce="${nonce}">${tell}</script>
</body>
</html>
`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
