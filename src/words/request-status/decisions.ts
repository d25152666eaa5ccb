import type { PersonId } from '../../people.ts'
import { patience } from '../../request/owed.ts'
import type { AccessRequest, Decision, Doubt } from '../../request/request.ts'
import { addTime } from '../../time.ts'
import { doubted, type Names, nameOf } from '../refusals.ts'
import { say } from '../language.ts'
import { count, momentAt, quoted, type Reader } from '../reader.ts'

// What requesters and approvers are told alike about decisions, made and under way.

/** How a status looks; the words say the same, so that colour is never the only cue. */
export type Tone = 'accent' | 'good' | 'warning' | 'attention' | 'default'

export interface StatusWords {
  readonly tone: Tone
  readonly headline: string
  /** What that means and what to do: each a paragraph. */
  readonly details: readonly string[]
}

/** The tap may well be running still: to speak of doubt now would only alarm. */
export const underWay = (reader: Reader, doubt: Doubt): boolean =>
  !doubt.answerLost && reader.now < addTime(doubt.since, patience)

/** Entra calls a request it could not carry out `Failed`; other ends, such as `Revoked`, were somebody's doing. */
export const failedHow = (reader: Reader, status: string): string =>
  /fail/i.test(status)
    ? say(reader, { en: 'Failed in Entra', de: 'In Entra fehlgeschlagen' })
    : say(reader, { en: 'Closed in Entra', de: 'In Entra geschlossen' })

/** What we do not know, and why. */
export function doubtSentence(reader: Reader, request: AccessRequest, names: Names): string {
  const { doubt } = request
  if (!doubt) return ''
  const what = doubt.about === 'decision' ? doubtedAnswer(reader, request, doubt, names) : doubted(reader, doubt.about)
  const since = momentAt(reader, doubt.since)
  return doubt.answerLost
    ? say(reader, {
        en: `We do not know whether ${what}, because the call to Entra ${since} came back without an answer.`,
        de: `Wir wissen nicht, ob ${what}: Der Aufruf von Entra ${since} kam ohne Antwort zurück.`,
      })
    : say(reader, {
        en: `We do not know whether ${what}, because the call to Entra ${since} was cut off before we saw its answer.`,
        de: `Wir wissen nicht, ob ${what}: Der Aufruf von Entra ${since} brach ab, bevor wir die Antwort sahen.`,
      })
}

function doubtedAnswer(reader: Reader, { reservation }: AccessRequest, doubt: Doubt, names: Names): string {
  const by = nameOf(reader, names, doubt.by)
  if (reservation === undefined)
    return say(reader, { en: `the answer by ${by} reached Entra`, de: `die Antwort durch ${by} Entra erreicht hat` })
  return reservation.verdict === 'deny'
    ? say(reader, { en: `the denial by ${by} reached Entra`, de: `die Ablehnung durch ${by} Entra erreicht hat` })
    : say(reader, { en: `the approval by ${by} reached Entra`, de: `die Genehmigung durch ${by} Entra erreicht hat` })
}

export function beganToDecide(
  reader: Reader,
  reservation: { readonly by: PersonId; readonly verdict: 'approve' | 'deny'; readonly attemptedAt: Date },
  names: Names,
): string {
  const who = nameOf(reader, names, reservation.by, 'leading')
  const at = momentAt(reader, reservation.attemptedAt)
  return reservation.verdict === 'approve'
    ? say(reader, { en: `${who} began to approve this ${at}.`, de: `${who} hat ${at} zu genehmigen begonnen.` })
    : say(reader, { en: `${who} began to deny this ${at}.`, de: `${who} hat ${at} abzulehnen begonnen.` })
}

/** One yes: by whom, when, where, and in which stage where there are several. */
export function approvalNotes(reader: Reader, request: AccessRequest, approval: Decision, names: Names): string[] {
  const number = count(reader, approval.stage + 1)
  const stage = request.stages.length > 1 ? say(reader, { en: `Step ${number}: `, de: `Stufe ${number}: ` }) : ''
  if (!approval.confirmed && approval.by !== null)
    return [`${stage}${unseenApproval(reader, request, approval, names)}`]
  const at = momentAt(reader, approval.at)
  const approved =
    stage === ''
      ? say(reader, { en: 'Approved', de: 'Genehmigt' })
      : `${stage}${say(reader, { en: 'approved', de: 'genehmigt' })}`
  if (approval.by === null)
    return [
      say(reader, {
        en: `${approved} in Entra ${at}; by whom, Entra has not shown us.`,
        de: `${approved} in Entra ${at}; durch wen, hat Entra uns nicht gezeigt.`,
      }),
    ]
  const [who, place] = [nameOf(reader, names, approval.by), where(reader, approval)]
  return [
    say(reader, { en: `${approved} by ${who} ${at}, ${place}.`, de: `${approved} durch ${who} ${at}, ${place}.` }),
    ...(approval.inStage
      ? []
      : [
          say(reader, {
            en: 'Entra counts this answer, although our catalogue does not name this approver.',
            de: 'Entra zählt diese Antwort, obwohl unser Katalog diese Person nicht nennt.',
          }),
        ]),
    ...(approval.comment ? [commentOf(reader, approval.comment.freeText)] : []),
  ]
}

function unseenApproval(
  reader: Reader,
  { phase, stages }: AccessRequest,
  { by, began }: Decision,
  names: Names,
): string {
  const who = by === null ? '' : nameOf(reader, names, by, stages.length > 1 ? 'within' : 'leading')
  const at = began === undefined ? '' : ` ${momentAt(reader, began)}`
  const active = phase.status === 'active'
  return say(reader, {
    en: `${who} began to approve this${at}; Entra shows it ${active ? 'active' : 'approved'}, the answer itself we have not seen.`,
    de: `${who} hat${at} zu genehmigen begonnen; in Entra ist es ${active ? 'aktiv' : 'genehmigt'}, die Antwort selbst haben wir nicht gesehen.`,
  })
}

/** Where a decision was made: what a person said to us stands in the chat alone, the rest in Entra. */
export const where = (reader: Reader, { source }: Decision): string =>
  source === 'person' ? say(reader, { en: 'in chat', de: 'im Chat' }) : 'in Entra'

/** To follow "by", in German "durch". */
export const decider = (reader: Reader, decision: Decision | undefined, names: Names): string =>
  decision === undefined || decision.by === null
    ? say(reader, { en: 'an approver in Entra', de: 'eine genehmigende Person in Entra' })
    : nameOf(reader, names, decision.by)

export function commentOf(reader: Reader, comment: string | null): string {
  if (comment === null) return say(reader, { en: 'The comment has been erased.', de: 'Der Kommentar wurde gelöscht.' })
  const text = quoted(reader, comment)
  return say(reader, { en: `Comment: "${text}"`, de: `Kommentar: „${text}“` })
}
