import type { WhyNotApprove } from '../../request/approval-offers.ts'
import { type AccessRequest, approversOf, type Decision, type Phase } from '../../request/request.ts'
import { goneHeadline, lapsedBySilence, type LapsedPhase, lapsedHow } from './closed.ts'
import { approvalNotes, beganToDecide, commentOf, decider, doubtSentence, failedHow, where } from './decisions.ts'
import { type StatusWords, type Tone, underWay } from './decisions.ts'
import { shortenedNote } from './discussion.ts'
import { type Names, nameOf } from '../refusals.ts'
import { say, type Sentence } from '../language.ts'
import { count, moment, momentAt, type Reader } from '../reader.ts'

// What an approver reads of a request beside its facts.

const only = (tone: Tone, headline: string, ...details: string[]): StatusWords => ({ tone, headline, details })

/** What another's answer to an open request looks like to an approver: under way, or lost from sight. */
export function approverNotes(reader: Reader, request: AccessRequest, names: Names): string[] {
  const { doubt, reservation } = request
  if (doubt && !underWay(reader, doubt)) {
    const then = doubt.about === 'decision' ? [say(reader, nextAnswerLooks)] : []
    return [doubtSentence(reader, request, names), ...then]
  }
  return reservation ? [beganToDecide(reader, reservation, names)] : []
}

/** Why a card that may be denied has no Approve. */
export const denyOnly: Readonly<Record<WhyNotApprove, Sentence>> = {
  'needed-later': {
    en: 'A later step of this request needs you, and one person decides only one step: you may deny it here, not approve it.',
    de: 'Eine spätere Stufe dieser Anforderung braucht dich, und eine Person entscheidet nur über eine Stufe: Du kannst sie hier ablehnen, nicht genehmigen.',
  },
  'stages-changed': {
    en: 'Its approvers have changed since it was sent to Entra, so it cannot be approved here. Deny it, so that the requester can ask again.',
    de: 'Die Genehmigenden haben gewechselt, seit sie an Entra ging, deshalb kann sie hier nicht genehmigt werden. Lehn sie ab, damit sie neu gestellt werden kann.',
  },
  'terms-stricter': {
    en: 'It does not meet the rules for it as they are today, so it cannot be approved here. Deny it, so that the requester can ask again.',
    de: 'Sie erfüllt die heutigen Regeln nicht und kann hier nicht genehmigt werden. Lehn sie ab, damit sie neu gestellt werden kann.',
  },
}

const nextAnswerLooks: Sentence = {
  en: 'If you answer now, we look in Entra first.',
  de: 'Antwortest du jetzt, sehen wir zuerst in Entra nach.',
}

/** Who has said yes so far, in this stage and in others. */
export const approvalsSoFar = (reader: Reader, request: AccessRequest, names: Names): string[] => [
  ...request.decisions
    .filter(({ verdict }) => verdict === 'approve')
    .flatMap((approval) => approvalNotes(reader, request, approval, names)),
  ...shortenedNote(reader, request, names),
]

/** What became of a request, for an approver who has nothing (more) to do: one headline, who and when and where. */
export function approverOutcome(reader: Reader, request: AccessRequest, names: Names): StatusWords {
  const { phase } = request
  const denial = request.decisions.findLast(({ verdict }) => verdict === 'deny')
  switch (phase.status) {
    case 'in-chat':
    case 'ready-to-file':
    case 'filed':
      return stillOpen(reader, { ...request, phase }, names)
    case 'scheduled':
    case 'activating':
    case 'active':
    case 'ended':
      return outcomeOfApproved(reader, { ...request, phase }, names)
    case 'denied':
      return denial === undefined
        ? only('attention', deniedBy(reader, decider(reader, denial, names), phase.at))
        : answered(reader, denial, names)
    case 'withdrawn': {
      const [who, at] = [nameOf(reader, names, request.submission.requester), momentAt(reader, phase.at)]
      const withdrawn = { en: `Withdrawn by ${who} ${at}`, de: `Zurückgezogen durch ${who} ${at}` }
      return only('default', say(reader, withdrawn))
    }
    case 'lapsed':
      return only('default', lapsedHeadline(reader, request, phase), lapsedHow(reader, phase))
    case 'refused': {
      const at = momentAt(reader, phase.at)
      return only(
        'default',
        say(reader, { en: `Refused by Entra ${at}`, de: `Von Entra ${at} abgewiesen` }),
        say(reader, { en: 'Nothing was granted.', de: 'Es wurde nichts vergeben.' }),
      )
    }
    case 'failed': {
      const how = phase.because ? goneHeadline(reader, phase.because) : failedHow(reader, phase.detail)
      return only('default', `${how} ${momentAt(reader, phase.at)}`)
    }
    default:
      return phase satisfies never
  }
}

function lapsedHeadline(reader: Reader, request: AccessRequest, { waitedFor }: LapsedPhase): string {
  if (waitedFor === 'entra') return say(reader, { en: 'Not active', de: 'Nicht aktiv' })
  return waitedFor === 'stage'
    ? lapsedBySilence(reader, request)
    : say(reader, {
        en: 'Lapsed: the requester did not take the last step',
        de: 'Verfallen: der letzte Schritt der anfordernden Person blieb aus',
      })
}

function answered(reader: Reader, decision: Decision, names: Names): StatusWords {
  const [who, place] = [decider(reader, decision, names), where(reader, decision)]
  const approved = decision.verdict === 'approve'
  return only(
    approved ? 'good' : 'attention',
    approved ? approvedBy(reader, who, decision.at) : deniedBy(reader, who, decision.at),
    say(reader, { en: `Decided ${place}.`, de: `Entschieden ${place}.` }),
    ...(decision.comment ? [commentOf(reader, decision.comment.freeText)] : []),
  )
}

function approvedBy(reader: Reader, who: string, when: Date): string {
  const at = momentAt(reader, when)
  return say(reader, { en: `Approved by ${who} ${at}`, de: `Genehmigt durch ${who} ${at}` })
}

function deniedBy(reader: Reader, who: string, when: Date): string {
  const at = momentAt(reader, when)
  return say(reader, { en: `Denied by ${who} ${at}`, de: `Abgelehnt durch ${who} ${at}` })
}

type StillOpen = Extract<Phase, { status: 'in-chat' | 'ready-to-file' | 'filed' }>

/** The last answer there is, and what the request waits for now. */
function stillOpen(reader: Reader, request: AccessRequest & { readonly phase: StillOpen }, names: Names): StatusWords {
  const last = request.decisions.at(-1)
  if (last !== undefined) {
    const words = answered(reader, last, names)
    return {
      ...words,
      headline: last.verdict === 'approve' ? soFar(reader, request, last, names) : words.headline,
      details: [...words.details, waitsFor(reader, request)],
    }
  }
  return request.phase.status === 'ready-to-file'
    ? only(
        'default',
        say(reader, { en: 'Not sent to Entra yet', de: 'Noch nicht an Entra gesendet' }),
        say(reader, {
          en: 'There is nothing to decide until the requester sends it.',
          de: 'Bis die anfordernde Person sie sendet, gibt es nichts zu entscheiden.',
        }),
      )
    : only(
        'default',
        say(reader, { en: 'Not yours to decide', de: 'Nicht deine Entscheidung' }),
        say(reader, {
          en: 'It waits for somebody else, or for you on a newer card.',
          de: 'Die Anforderung wartet auf jemand anders, oder auf dich auf einer neueren Karte.',
        }),
      )
}

/** One yes of several is not called an approval of the whole. */
function soFar(reader: Reader, request: AccessRequest, last: Decision, names: Names): string {
  const [who, at] = [decider(reader, last, names), momentAt(reader, last.at)]
  const need = request.stages[last.stage]?.need ?? 1
  const yes = approversOf(request, last.stage).length
  if (yes < need) {
    const [some, all] = [count(reader, yes), count(reader, need)]
    return say(reader, {
      en: `Yes ${some} of ${all} by ${who} ${at}`,
      de: `Zustimmung ${some} von ${all} durch ${who} ${at}`,
    })
  }
  if (request.stages.length === 1) return approvedBy(reader, who, last.at)
  const [number, all] = [count(reader, last.stage + 1), count(reader, request.stages.length)]
  return say(reader, {
    en: `Step ${number} of ${all} approved by ${who} ${at}`,
    de: `Stufe ${number} von ${all} genehmigt durch ${who} ${at}`,
  })
}

function waitsFor(reader: Reader, { phase, stages }: AccessRequest & { readonly phase: StillOpen }): string {
  if (phase.status === 'ready-to-file') {
    const until = moment(reader, phase.until)
    return say(reader, {
      en: `It waits for its requester's last tap, until ${until}.`,
      de: `Bis ${until} wartet die Anforderung auf den letzten Schritt der anfordernden Person.`,
    })
  }
  if (stages.length === 1)
    return say(reader, { en: 'It waits for another answer.', de: 'Die Anforderung wartet auf eine weitere Antwort.' })
  const [number, all] = [count(reader, phase.waiting.stage + 1), count(reader, stages.length)]
  return say(reader, {
    en: `It waits for step ${number} of ${all}.`,
    de: `Die Anforderung wartet auf Stufe ${number} von ${all}.`,
  })
}

function outcomeOfApproved(
  reader: Reader,
  request: AccessRequest & {
    readonly phase: Extract<Phase, { status: 'scheduled' | 'activating' | 'active' | 'ended' }>
  },
  names: Names,
): StatusWords {
  const { phase } = request
  const approval = request.decisions.findLast(({ verdict }) => verdict === 'approve')
  const unseen = approval && !approval.confirmed && approval.by !== null
  const words =
    approval === undefined
      ? only('good', say(reader, phase.status === 'activating' ? approvedInEntra : activeUnanswered))
      : unseen
        ? only('good', say(reader, approvedInEntra), ...approvalNotes(reader, request, approval, names))
        : answered(reader, approval, names)
  return { ...words, details: [...words.details, ...nowStands(reader, phase)] }
}

const approvedInEntra: Sentence = { en: 'Approved in Entra', de: 'In Entra genehmigt' }
const activeUnanswered: Sentence = {
  en: 'Active without an answer that we saw',
  de: 'Aktiv, ohne dass wir eine Antwort sahen',
}

function nowStands(reader: Reader, phase: Phase): string[] {
  if (phase.status === 'active') {
    if (phase.until === null) return []
    const until = moment(reader, phase.until)
    return [say(reader, { en: `Active until ${until}.`, de: `Aktiv bis ${until}.` })]
  }
  if (phase.status !== 'ended') return []
  if (phase.how === 'unseen')
    return [say(reader, { en: 'We never saw it active in Entra.', de: 'In Entra haben wir es nie aktiv gesehen.' })]
  const at = momentAt(reader, phase.at)
  return [say(reader, { en: `Ended ${at}.`, de: `Beendet ${at}.` })]
}
