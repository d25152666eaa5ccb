import type { Refusal } from '../request/refusal.ts'
import { confirmTitle } from '../words/card-lines.ts'
import { deviationNotice } from '../words/request-status/deviations.ts'
import { answered } from '../words/request-status/discussion.ts'
import { type Names, refusalSentence } from '../words/refusals.ts'
import { nothingPending, pendingTitle } from '../words/card/pending.ts'
import { closedDraft, notice, nudge } from '../words/said/notices.ts'
import { recordRefusedNotice } from '../words/memory.ts'
import { said } from '../words/said/said.ts'
import { inPlain, type Reader, readerOf } from '../words/reader.ts'
import { shortLine } from '../words/safe-text.ts'
import type { ClosedDraftView, View, Viewer } from '../workflow/ports/views.ts'
import { approvalData, approvalSummary } from './card-approval.ts'
import { confirmData } from './card-confirm.ts'
import { endingData, endingSummary } from './card-ending.ts'
import { listData, listSummary } from './card-list.ts'
import { findData } from './card-find.ts'
import { pendingData } from './card-pending.ts'
import { questionData, questionSummary } from './card-question.ts'
import { recapData, recapSummary } from './card-recap.ts'
import { statusData, statusSummary } from './card-status.ts'
import {
  type AdaptiveCardJson,
  approvalCard,
  confirmCard,
  endingCard,
  findCard,
  listCard,
  noteCard,
  pendingCard,
  questionCard,
  recapCard,
  statusCard,
} from './card-templates.ts'

export type { AdaptiveCardJson } from './card-templates.ts'

/** One message: either a card or text in Teams' markdown. */
export interface Rendered {
  readonly text?: string
  readonly card?: AdaptiveCardJson
  /** For the lock screen: plain, at most 80 characters, never with the justification. */
  readonly summary: string
  /** Whether a new message of this kind should make the phone buzz. */
  readonly alert: boolean
}

const longestSummary = 80

export interface RenderContext {
  /** Decides which moments need their date beside them, and whether a call may still be under way. */
  readonly now: Date
  /** Why the tap that this card answers was not carried out: said on top of a card of the holder's, the others carry it themselves. */
  readonly refused?: Refusal
}

/** Draws a view for the person who reads it. */
export function render(view: View, viewer: Viewer, context: RenderContext): Rendered {
  const reader = readerOf(viewer, context.now)
  const plain = inPlain(reader)
  switch (view.view) {
    case 'confirm':
      return {
        card: confirmCard(confirmData(reader, view)),
        summary: short(confirmTitle(plain, view.entitlement.name)),
        alert: false,
      }
    case 'status':
      return {
        card: statusCard(statusData(reader, view, context.refused)),
        summary: short(statusSummary(reader, view)),
        alert: false,
      }
    case 'approval':
      return {
        card: approvalCard(approvalData(reader, view)),
        summary: short(approvalSummary(reader, view)),
        alert: view.open,
      }
    case 'ending':
      return {
        card: endingCard(endingData(reader, view, context.refused)),
        summary: short(endingSummary(reader, view)),
        alert: view.open,
      }
    case 'pending': {
      const nothing = view.rows.length + view.elsewhere.length === 0
      return nothing
        ? { text: nothingPending(reader, view), summary: short(nothingPending(plain, view)), alert: false }
        : {
            card: pendingCard(pendingData(reader, view)),
            summary: short(pendingTitle(plain, view)),
            alert: false,
          }
    }
    case 'question':
      return {
        card: questionCard(questionData(reader, view)),
        summary: short(questionSummary(reader, view)),
        alert: view.open,
      }
    case 'answered':
      return {
        text: answered(reader, view.requester, view.entitlement),
        summary: short(answered(plain, view.requester, view.entitlement)),
        alert: true,
      }
    case 'nudge':
      return { text: nudge(reader, view), summary: short(nudge(plain, view)), alert: true }
    case 'deviation-notice':
      return { text: deviationNotice(reader, view), summary: short(deviationNotice(plain, view)), alert: true }
    case 'record-refused-notice':
      return { text: recordRefusedNotice(reader, view), summary: short(recordRefusedNotice(plain, view)), alert: true }
    case 'refusal':
      return {
        text: refusalSentence(reader, view.refusal, view.names),
        summary: short(refusalSentence(plain, view.refusal, view.names)),
        alert: true,
      }
    case 'notice':
      return { text: notice(reader, view), summary: short(notice(plain, view)), alert: true }
    case 'closed-draft':
      return { card: closedDraftCard(reader, view), summary: short(closedDraft(plain, view).text), alert: false }
    case 'mine':
    case 'expiring':
    case 'requests':
    case 'entries':
    case 'holders':
      return { card: listCard(listData(reader, view)), summary: short(listSummary(reader, view)), alert: false }
    case 'recap':
      return { card: recapCard(recapData(reader, view)), summary: short(recapSummary(reader, view)), alert: false }
    case 'find':
      return { card: findCard(findData(reader)), summary: findData(plain).speak, alert: false }
    case 'say':
      return { text: said(reader, view.what), summary: short(said(plain, view.what)), alert: false }
    default:
      return view satisfies never
  }
}

/** A refusal where there is no card to show it on: plain text for the line under a card. */
export function renderRefusal(
  refusal: Refusal,
  viewer: Viewer,
  context: { readonly now: Date; readonly names?: Names },
): string {
  return refusalSentence(inPlain(readerOf(viewer, context.now)), refusal, context.names ?? new Map())
}

function closedDraftCard(reader: Reader, view: ClosedDraftView): AdaptiveCardJson {
  const { title, text } = closedDraft(reader, view)
  const plain = closedDraft(inPlain(reader), view).text
  return noteCard({ lang: reader.language, speak: plain, fallbackText: plain, title, text })
}

// Bold marks are for the chat; a lock screen would show the stars.
const short = (text: string): string => shortLine(text.replaceAll('**', ''), longestSummary)
