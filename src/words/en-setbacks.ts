import type { AccessRequest } from '../request/request.ts'
import { sentence } from './en-refusals.ts'
import { moment, quoted, type Reader } from './reader.ts'

/** What kept a call from Entra, where it was not Entra that said no; by the code that the journal has. */
export const notEntra: Readonly<Record<string, string>> = {
  'portal-only': 'you hold a role with which Latchkey does not act for anybody',
  'sign-in-needed': 'Entra wants you to sign in first',
  'not-received': 'the call never reached Entra',
}

/** What the holder wanted undone and was not: once, with the words of whoever refused. */
export function setbackNotes(reader: Reader, { setback, phase }: AccessRequest): string[] {
  if (!setback) return []
  const said = sentence(quoted(reader, setback.message === '' ? setback.code : setback.message, 300))
  const until = phase.status === 'filed' ? ` Entra keeps it open until ${moment(reader, phase.filed.lapsesAt)}.` : ''
  if (setback.code === 'not-received') {
    return setback.about === 'end'
      ? ['Your request to end it did not reach Entra. Try again.']
      : setback.about === 'withdrawal'
        ? [`Your withdrawal did not reach Entra. Try again.${until}`]
        : ['The last answer did not reach Entra. An approver has to answer again.']
  }
  if (Object.hasOwn(notEntra, setback.code)) {
    const why = notEntra[setback.code] ?? ''
    return setback.about === 'withdrawal'
      ? [`It was not taken back: ${why}.${until} Press Withdraw again, or take it back in the portal.`]
      : [`It was not ended: ${why}. Press End now again, or end it in the portal.`]
  }
  switch (setback.about) {
    case 'withdrawal': {
      return [`Entra would not take the request back: ${said}${until} Ask an approver to deny it.`]
    }
    case 'end':
      return [`Entra would not end it: ${said} Press End now again, or end it in the portal.`]
    case 'decision':
      return [`Entra did not accept the last answer: ${said} An approver has to answer again.`]
    default:
      return setback.about satisfies never
  }
}
