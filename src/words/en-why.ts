import type { Drift } from '../approval/plan.ts'
import type { StageSource } from '../entitlement/entitlement.ts'
import type { Decision } from '../request/request.ts'
import type { Standing } from '../request/who-decides.ts'
import type { ExplainedStage, Explanation } from '../workflow/explanation.ts'
import { decider, commentOf, where } from './en-decisions.ts'
import { nameOf, notADecider, refusalSentence, statusWord, unrequestable } from './en-refusals.ts'
import { allOf, count, inPlain, momentAt, named, quoted, type Reader, span } from './reader.ts'

// Why somebody may or may not have something, and who decides it: in chat in a few lines, on a terminal in full.

/** An answer in the chat's markdown: what came of it, the terms, who decides, and what was looked at. */
export function whySaid(reader: Reader, why: Explanation): string {
  const stages = why.stages.map((stage, index) => {
    const who = stage.people.filter(({ standing }) => standing.as === 'asked')
    const names = who.map(({ person }) => nameOf(reader, why.names, person))
    return `${stageHead(reader, stage, index, why.stages.length)}: ${names.length === 0 ? 'nobody at present' : allOf(reader, names)}`
  })
  return [
    headline(reader, why),
    ...outcome(reader, why),
    ...termsLines(reader, why).slice(0, 2),
    ...(stages.length === 0 ? [] : [`**Who decides**\n\n${list(stages)}`]),
    ...(why.trace.length === 0 ? [] : [`**What was looked at**\n\n${list(traceLines(reader, why))}`]),
  ].join('\n\n')
}

/** The whole of it, a line each, for whoever asks on a terminal. */
export function explanationLines(markdownReader: Reader, why: Explanation): readonly string[] {
  const reader = inPlain(markdownReader)
  return [
    headline(reader, why),
    ...outcome(reader, why),
    '',
    'What was looked at',
    ...indented(traceLines(reader, why)),
    '',
    'Terms',
    ...indented(termsLines(reader, why)),
    ...why.stages.flatMap((stage, index) => [
      '',
      stageHead(reader, stage, index, why.stages.length),
      ...indented(stage.people.map((each) => standingLine(reader, why, stage, each))),
    ]),
    ...(why.drift.length === 0 ? [] : ['', 'Where Entra and the catalogue differ']),
    ...indented(why.drift.map((drift) => driftLine(reader, why, drift))),
  ]
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n')

function headline(reader: Reader, { requester, entitlement, at, request }: Explanation): string {
  const what = named(reader, entitlement.name, 100)
  return request === undefined
    ? `${named(reader, requester)} and ${what}, as things stand ${momentAt(reader, at)}.`
    : `${named(reader, requester)} asked for ${what} ${momentAt(reader, at)}. It is ${statusWord(reader, request.status)}.`
}

function outcome(reader: Reader, why: Explanation): readonly string[] {
  const { refusal, request, names } = why
  if (request !== undefined) return request.decisions.flatMap((each) => decisionLines(reader, why, each))
  if (refusal === undefined) return ['It can be asked for now.']
  if (refusal.kind === 'not-requestable') {
    return [`It cannot be asked for now. ${unrequestable(reader, refusal.why, names, why.mend)}`]
  }
  if (refusal.kind === 'not-eligible') return [`It cannot be asked for now: Entra does not list them as eligible.`]
  if (refusal.kind === 'account-disabled') return ['It cannot be asked for now: the account is disabled in Entra.']
  if (refusal.kind === 'guests-may-not-ask') return ['It cannot be asked for now: guests may not ask for this.']
  if (refusal.kind === 'already-open') return ['It cannot be asked for now: another request of theirs for it is open.']
  return [refusalSentence(reader, refusal, names)]
}

function decisionLines(reader: Reader, { names }: Explanation, decision: Decision): readonly string[] {
  const verb = decision.verdict === 'deny' ? 'Denied' : 'Approved'
  const length = decision.duration === undefined ? '' : ` for ${span(reader, decision.duration)}, less than was asked,`
  const said = `${verb}${length} by ${decider(reader, decision, names)} ${momentAt(reader, decision.at)}, ${where(decision)}.`
  return [said, ...(decision.comment === undefined ? [] : [commentOf(reader, decision.comment.freeText)])]
}

const traceLines = (reader: Reader, { trace }: Explanation): readonly string[] =>
  trace.map(({ rule, outcome, detail }) => {
    const more = detail === undefined ? '' : ` (${quoted(reader, detail, 200)})`
    return `${quoted(reader, rule, 60)}: ${quoted(reader, outcome, 200)}${more}`
  })

function termsLines(reader: Reader, { terms, asked }: Explanation): readonly string[] {
  if (terms === undefined) return ['None: this version does not grant this kind.']
  const demands = [
    ...(terms.justification === 'required' ? ['a justification'] : []),
    ...(terms.ticket === 'required' ? ['a ticket'] : []),
    ...(terms.multiFactor ? ['a sign-in with a second factor'] : []),
    ...(terms.stepUp.request === undefined ? [] : [`a fresh sign-in (${terms.stepUp.request}) of whoever asks`]),
    ...(terms.stepUp.approve === undefined ? [] : [`a fresh sign-in (${terms.stepUp.approve}) of whoever decides`]),
  ]
  return [
    asked === undefined
      ? `For ${span(reader, terms.usual)}, unless they say otherwise; ${span(reader, terms.longest)} at most.`
      : givenLine(reader, asked, span(reader, terms.longest), span(reader, terms.shortest)),
    demands.length === 0 ? 'Nothing else is required.' : `Required: ${allOf(reader, demands)}.`,
  ]
}

function givenLine(reader: Reader, asked: NonNullable<Explanation['asked']>, longest: string, shortest: string) {
  const [wanted, given] = [span(reader, asked.duration), span(reader, asked.given)]
  if (asked.given < asked.duration) return `For ${given}: ${wanted} would be cut, the longest allowed is ${longest}.`
  if (asked.given > asked.duration)
    return `For ${given}: ${wanted} is too short, the shortest Entra takes is ${shortest}.`
  return `For ${given}, as asked; ${longest} at most.`
}

function stageHead(reader: Reader, { by, from, need }: ExplainedStage, index: number, of: number): string {
  const which = of > 1 ? `Stage ${count(reader, index + 1)} of ${count(reader, of)}` : 'The one stage'
  const places = {
    entra: 'decided in Entra',
    chat: 'decided in chat',
    advisory: 'decided in chat, not enforced by Entra',
  } as const satisfies Record<ExplainedStage['by'], string>
  return `${which}, ${source(reader, from)}, ${places[by]}, ${count(reader, need)} ${need === 1 ? 'has' : 'have'} to say yes`
}

const source = (reader: Reader, from: StageSource): string => {
  if (from === 'owner') return "the entry's owners"
  if (from === 'manager') return "the requester's manager"
  return `the set ${quoted(reader, from.set, 60)}`
}

function standingLine(
  reader: Reader,
  { names }: Explanation,
  { by }: ExplainedStage,
  { person, standing, reachable }: ExplainedStage['people'][number],
): string {
  const who = nameOf(reader, names, person, 'leading')
  const instead = by === 'entra' ? 'only in the portal' : 'no card reaches them'
  const away = reachable || standing.as === 'out' ? '' : ` (without Latchkey in Teams: ${instead})`
  return `${who} ${standingWords(standing)}${away}.`
}

function standingWords(standing: Standing): string {
  switch (standing.as) {
    case 'asked':
      return 'may decide'
    case 'stand-in':
      return 'may decide once the others are silent or cannot'
    case 'only-in-entra':
      return 'may decide in Entra only: the catalogue does not name them'
    case 'out':
      return standing.why.kind === 'not-named-by-entra'
        ? 'cannot: Entra does not name them as an approver'
        : `cannot: ${notADecider(standing.why, 'they')}`
    default:
      return standing satisfies never
  }
}

function driftLine(reader: Reader, { names }: Explanation, drift: Drift): string {
  switch (drift.kind) {
    case 'wider':
      return `Entra also lets ${allOf(
        reader,
        drift.people.map((person) => nameOf(reader, names, person)),
      )} decide, whom the catalogue does not name.`
    case 'not-enforced':
      return `Entra asks nobody, so the portal can go round the stages; the catalogue ${drift.accepted ? 'accepts that' : 'does not accept that'}.`
    default:
      return drift satisfies never
  }
}
