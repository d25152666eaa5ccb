import { longestQuestion } from '../request/discuss.ts'
import { isoDuration } from '../time.ts'
import { termsLine, whyLine } from '../words/card-lines.ts'
import { labels } from '../words/labels.ts'
import { say } from '../words/language.ts'
import { askLabel, claimTitle, noQuestion } from '../words/request-status/discussion.ts'
import { approveShorter } from '../words/refusals.ts'
import { inPlain, moment, type Reader, span } from '../words/reader.ts'
import { plainText } from '../words/safe-text.ts'
import type { ApprovalView } from '../workflow/ports/views.ts'
import type { ApprovalCard } from './card-templates.ts'
import { stepsBelow } from './duration-steps.ts'

/**
 * What an approver finds under More: the rest of the facts, a question to the requester, less time than asked, a claim.
 * @param whyAtFirst characters of the justification that stand on the card itself.
 */
export function moreData(reader: Reader, view: ApprovalView, whyAtFirst: number): ApprovalCard['more'] {
  const { request, requester, entitlement, portal, ask, mayClaim } = view
  const { submission } = request
  const why = submission.justification.freeText ?? ''
  const cut = plainText(why, whyAtFirst, () => '') !== plainText(why, Infinity, () => '')
  return {
    title: say(reader, labels.more),
    why: cut ? whyLine(reader, why) : '',
    terms: termsLine(reader, submission.terms, entitlement.tier),
    facts: [{ title: say(reader, labels.submittedFact), value: moment(reader, submission.submittedAt) }],
    ask:
      ask === 'open'
        ? [
            {
              label: askLabel(inPlain(reader), requester.name),
              maxLength: longestQuestion,
              title: say(reader, labels.ask),
            },
          ]
        : [],
    noAsk: ask === 'open' ? '' : noQuestion(reader, requester.name, ask),
    shorter: shorter(reader, view),
    claim: mayClaim ? [{ title: claimTitle(reader, view) }] : [],
    portal: { title: say(reader, labels.portal), url: portal },
  }
}

function shorter(reader: Reader, { request, shorter }: ApprovalView): ApprovalCard['more']['shorter'] {
  const steps = shorter === undefined ? [] : stepsBelow(request.submission.duration, shorter)
  const [longest] = steps.slice(-1)
  if (longest === undefined) return []
  const choices = steps.map((step) => ({ title: span(inPlain(reader), step), value: isoDuration(step) }))
  return [
    {
      label: say(reader, labels.shorter),
      errorMessage: say(reader, labels.shorterMissing),
      value: isoDuration(longest),
      choices,
      title: say(reader, approveShorter),
    },
  ]
}
