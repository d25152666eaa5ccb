import type { StageSource } from '../../entitlement/entry.ts'
import type { Decision } from '../../request/request.ts'
import type { ExplainedStage, Explanation } from '../../workflow/ports/explanation.ts'
import { decider, commentOf, where } from '../request-status/decisions.ts'
import { nameOf, refusalSentence, statusWord, unrequestable } from '../refusals.ts'
import { say, type Sentence } from '../language.ts'
import { allOf, count, momentAt, named, quoted, type Reader, span } from '../reader.ts'
import { traceLine } from './trace.ts'

// Why somebody may or may not have something, and who decides it, in a few lines.

/** An answer in the chat's markdown: what came of it, the terms, who decides, and what was looked at. */
export function whySaid(reader: Reader, why: Explanation): string {
  const stages = why.stages.map((stage, index) => {
    const who = stage.people.filter(({ standing }) => standing.as === 'asked')
    const names = who.map(({ person }) => nameOf(reader, why.names, person))
    const head = stageHead(reader, stage, index, why.stages.length)
    return `${head}: ${names.length === 0 ? say(reader, nobodyNow) : allOf(reader, names)}`
  })
  return [
    headline(reader, why),
    ...outcome(reader, why),
    ...termsLines(reader, why),
    ...section(say(reader, { en: 'Who decides', de: 'Wer entscheidet' }), stages),
    ...section(say(reader, { en: 'What was looked at', de: 'Was geprüft wurde' }), traceLines(reader, why)),
  ].join('\n\n')
}

const nobodyNow: Sentence = { en: 'nobody at present', de: 'zurzeit niemand' }

const section = (heading: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`**${heading}**\n\n${items.map((item) => `- ${item}`).join('\n')}`]

export function headline(reader: Reader, { requester, entitlement, at: when, request }: Explanation): string {
  const [who, what] = [named(reader, requester), named(reader, entitlement.name, 100)]
  const at = momentAt(reader, when)
  if (request === undefined)
    return say(reader, {
      en: `${who} and ${what}, as things stand ${at}.`,
      de: `${who} und ${what}, wie es ${at} steht.`,
    })
  const status = statusWord(reader, request.status)
  return say(reader, {
    en: `${who} asked for ${what} ${at}. It is ${status}.`,
    de: `${who} hat ${what} ${at} angefordert. Die Anforderung ist ${status}.`,
  })
}

export function outcome(reader: Reader, why: Explanation): readonly string[] {
  const { refusal, request, names } = why
  if (request !== undefined) return request.decisions.flatMap((each) => decisionLines(reader, why, each))
  if (refusal === undefined)
    return [say(reader, { en: 'It can be asked for now.', de: 'Es lässt sich jetzt anfordern.' })]
  const because = notNow(reader, why, refusal)
  if (because === undefined) return [refusalSentence(reader, refusal, names)]
  return [
    say(reader, {
      en: `It cannot be asked for now${because}`,
      de: `Es lässt sich zurzeit nicht anfordern${because}`,
    }),
  ]
}

/** What follows "cannot be asked for now", where the refusal speaks to whoever pressed a button. */
function notNow(
  reader: Reader,
  { names, mend }: Explanation,
  refusal: NonNullable<Explanation['refusal']>,
): string | undefined {
  switch (refusal.kind) {
    case 'not-requestable':
      return `. ${unrequestable(reader, refusal.why, names, mend)}`
    case 'not-eligible':
      return say(reader, {
        en: ': Entra does not list them as eligible.',
        de: ': Entra führt die Person nicht als berechtigt.',
      })
    case 'account-disabled':
      return say(reader, {
        en: ': the account is disabled in Entra.',
        de: ': Das Konto ist in Entra deaktiviert.',
      })
    case 'guests-may-not-ask':
      return say(reader, { en: ': guests may not ask for this.', de: ': Gäste dürfen das nicht anfordern.' })
    case 'only-guests-may-ask':
      return say(reader, { en: ': this is for guests alone.', de: ': Das ist nur für Gäste.' })
    case 'already-open':
      return say(reader, {
        en: ': another request of theirs for it is open.',
        de: ': Eine andere Anforderung dafür ist offen.',
      })
    default:
      return undefined
  }
}

function decisionLines(reader: Reader, { names }: Explanation, decision: Decision): readonly string[] {
  const [who, place] = [decider(reader, decision, names), where(reader, decision)]
  const at = momentAt(reader, decision.at)
  const cut = decision.duration === undefined ? undefined : span(reader, decision.duration)
  const denied = decision.verdict === 'deny'
  return [
    say(reader, {
      en: `${denied ? 'Denied' : 'Approved'}${cut === undefined ? '' : ` for ${cut}, less than was asked,`} by ${who} ${at}, ${place}.`,
      de: `${denied ? 'Abgelehnt' : 'Genehmigt'}${cut === undefined ? '' : ` für ${cut}, weniger als angefordert,`} durch ${who} ${at}, ${place}.`,
    }),
    ...(decision.comment === undefined ? [] : [commentOf(reader, decision.comment.freeText)]),
  ]
}

export const traceLines = (reader: Reader, { trace }: Explanation): readonly string[] =>
  trace.map((step) => traceLine(reader, step))

export function termsLines(reader: Reader, { terms, asked }: Explanation): readonly string[] {
  if (terms === undefined)
    return [
      say(reader, {
        en: 'None: this version does not grant this kind.',
        de: 'Keine: Diese Art vergibt diese Version nicht.',
      }),
    ]
  const [usual, longest, shortest] = [terms.usual, terms.longest, terms.shortest].map((each) => span(reader, each))
  return [
    asked === undefined
      ? say(reader, {
          en: `For ${usual}, unless they say otherwise; ${longest} at most.`,
          de: `Für ${usual}, wenn nichts anderes gesagt wird; höchstens ${longest}.`,
        })
      : givenLine(reader, asked, longest ?? '', shortest ?? ''),
    demandsLine(reader, terms),
  ]
}

function demandsLine(reader: Reader, terms: NonNullable<Explanation['terms']>): string {
  const { request, approve } = terms.stepUp
  const demands: readonly Sentence[] = [
    ...(terms.justification === 'required' ? [{ en: 'a justification', de: 'eine Begründung' }] : []),
    ...(terms.ticket === 'required' ? [{ en: 'a ticket', de: 'ein Ticket' }] : []),
    ...(terms.multiFactor ? [{ en: 'a sign-in with a second factor', de: 'eine Anmeldung mit zweitem Faktor' }] : []),
    ...(request === undefined
      ? []
      : [
          { en: `a fresh sign-in (${request}) of whoever asks`, de: `eine neue Anmeldung (${request}) beim Anfordern` },
        ]),
    ...(approve === undefined
      ? []
      : [
          {
            en: `a fresh sign-in (${approve}) of whoever decides`,
            de: `eine neue Anmeldung (${approve}) beim Entscheiden`,
          },
        ]),
  ]
  if (demands.length === 0) return say(reader, { en: 'Nothing else is required.', de: 'Sonst ist nichts nötig.' })
  const all = allOf(
    reader,
    demands.map((demand) => say(reader, demand)),
  )
  return say(reader, { en: `Required: ${all}.`, de: `Nötig: ${all}.` })
}

function givenLine(reader: Reader, asked: NonNullable<Explanation['asked']>, longest: string, shortest: string) {
  const [wanted, given] = [span(reader, asked.duration), span(reader, asked.given)]
  if (asked.given < asked.duration)
    return say(reader, {
      en: `For ${given}: ${wanted} would be cut, the longest allowed is ${longest}.`,
      de: `Für ${given}: ${wanted} wären zu lang, erlaubt sind höchstens ${longest}.`,
    })
  if (asked.given > asked.duration)
    return say(reader, {
      en: `For ${given}: ${wanted} is too short, the shortest Entra takes is ${shortest}.`,
      de: `Für ${given}: ${wanted} sind zu kurz, Entra nimmt mindestens ${shortest}.`,
    })
  return say(reader, {
    en: `For ${given}, as asked; ${longest} at most.`,
    de: `Für ${given}, wie gewünscht; höchstens ${longest}.`,
  })
}

const places: Readonly<Record<ExplainedStage['by'], Sentence>> = {
  entra: { en: 'decided in Entra', de: 'in Entra entschieden' },
  chat: { en: 'decided in chat', de: 'im Chat entschieden' },
  advisory: { en: 'decided in chat, not enforced by Entra', de: 'im Chat entschieden, nicht von Entra erzwungen' },
}

export function stageHead(reader: Reader, stage: ExplainedStage, index: number, of: number): string {
  const [number, all, need] = [index + 1, of, stage.need].map((each) => count(reader, each))
  const which =
    of > 1
      ? say(reader, { en: `Step ${number} of ${all}`, de: `Stufe ${number} von ${all}` })
      : say(reader, { en: 'The one step', de: 'Die einzige Stufe' })
  const yes = say(reader, {
    en: `${need} ${stage.need === 1 ? 'has' : 'have'} to say yes`,
    de: stage.need === 1 ? 'eine Zustimmung nötig' : `${need} Zustimmungen nötig`,
  })
  return [which, source(reader, stage.from), say(reader, places[stage.by]), yes].join(', ')
}

function source(reader: Reader, from: StageSource): string {
  if (from === 'owner') return say(reader, { en: "the entry's owners", de: 'die Zuständigen des Eintrags' })
  if (from === 'manager')
    return say(reader, { en: "the requester's manager", de: 'die Führungskraft der anfordernden Person' })
  const set = quoted(reader, from.set, 60)
  return say(reader, { en: `the set ${set}`, de: `die Gruppe ${set}` })
}
