import type { Drift } from '../../approval/plan.ts'
import type { Standing } from '../../request/who-decides.ts'
import type { ExplainedStage, Explanation } from '../../workflow/ports/explanation.ts'
import { nameOf, notADecider } from '../refusals.ts'
import { headline, outcome, stageHead, termsLines, traceLines } from './why.ts'
import { allOf, inPlain, type Reader } from '../reader.ts'

// What `npm run explain` prints. Commands speak English alone: whoever runs them reads logs and settings in English too.

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

function standingLine(
  reader: Reader,
  { names }: Explanation,
  { by }: ExplainedStage,
  { person, standing, reachable }: ExplainedStage['people'][number],
): string {
  const who = nameOf(reader, names, person, 'leading')
  const instead = by === 'entra' ? 'only in the portal' : 'no card reaches them'
  const away = reachable || standing.as === 'out' ? '' : ` (without Latchkey in Teams: ${instead})`
  return `${who} ${standingWords(reader, standing)}${away}.`
}

function standingWords(reader: Reader, standing: Standing): string {
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
        : `cannot: ${notADecider(reader, standing.why, 'they')}`
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
