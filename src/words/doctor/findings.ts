import { mistakeLine } from '../../entitlement/mistake.ts'
import type { Finding } from '../../workflow/ports/finding.ts'
import { keptOf } from '../kinds.ts'
import { allOf, inPlain, moment, named, quoted, type Reader, span } from '../reader.ts'

// What `npm run doctor` prints. Commands speak English alone: whoever runs them reads logs and settings in English too.

/** What is wrong, and how to mend it. */
export interface SaidFinding {
  readonly problem: string
  readonly mend: string
}

const drift = 'The stricter of the two holds, so nobody gets more than both allow.'

/** A finding for whoever runs the installation, on a terminal. */
export function saidFinding(markdownReader: Reader, finding: Finding): SaidFinding {
  const reader = inPlain(markdownReader)
  const text = (words: string) => quoted(reader, words, 400)
  switch (finding.kind) {
    case 'setting':
      return { problem: `Configuration: ${text(finding.problem)}.`, mend: "Set it as README's table of settings says." }
    case 'catalogue-mistake':
      return { problem: `Catalogue: ${text(mistakeLine(finding.mistake))}`, mend: 'Correct the file at this line.' }
    case 'other-tenant':
      return {
        problem: `The catalogue is of the tenant ${finding.catalogue}, and TENANT_ID is ${finding.configured}.`,
        mend: "Set LATCHKEY_CATALOGUE to this tenant's catalogue, or correct tenant.id in it.",
      }
    case 'no-token':
      return {
        problem: `Entra gives the bot's own identity no token: ${text(finding.detail)}`,
        mend: 'Check TENANT_ID, BOT_APP_ID, BOT_IDENTITY with its proof, and that this machine reaches AUTHORITY.',
      }
    case 'permission-missing':
      return {
        problem: `The permission ${finding.permission} is missing, which tells ${finding.tells}: ${text(finding.detail)}`,
        mend: `Add the application permission ${finding.permission} to the bot's app in Entra, and grant admin consent.`,
      }
    case 'scope-unread':
      return {
        problem: `Resource Manager does not let the bot read ${text(finding.scope)}: ${text(finding.detail)}`,
        mend: "Give the bot's identity the Azure role Reader on this scope or above it. Until then the bot cannot say who may ask for roles on it.",
      }
    case 'unreadable':
      return {
        problem: `${text(finding.what)} could not be examined: ${text(finding.detail)}`,
        mend: 'Run this again; if it lasts, mend what the answer names. Until then nobody can ask for what it concerns.',
      }
    case 'language-model':
      return {
        problem: `The language model gives no reading (${finding.why}); messages are read by the rules alone.`,
        mend: "Check LANGUAGE_MODEL and LANGUAGE_MODEL_NAME, that the endpoint takes strict JSON schemas, and that the key is valid or the bot's identity has the role Cognitive Services OpenAI User there.",
      }
    default:
      return elsewhere(reader, finding)
  }
}

type Other = Exclude<
  Finding,
  {
    kind:
      | 'setting'
      | 'catalogue-mistake'
      | 'other-tenant'
      | 'no-token'
      | 'permission-missing'
      | 'scope-unread'
      | 'unreadable'
      | 'language-model'
  }
>

function elsewhere(reader: Reader, finding: Other): SaidFinding {
  if ('entry' in finding) return ofEntry(reader, finding)
  if ('request' in finding) return ofRequest(reader, finding)
  switch (finding.kind) {
    case 'person-unknown':
      return {
        problem: `${who(reader, finding)} is unknown to the directory.`,
        mend: 'Correct the name in the catalogue, or name somebody else.',
      }
    case 'person-disabled':
      return {
        problem: `${who(reader, finding)} has a disabled account, so cannot decide.`,
        mend: 'Name somebody else, take them out of the group, or enable the account.',
      }
    case 'person-without-app':
      return {
        problem: `${who(reader, finding)} has not the app in Teams, so gets no card.`,
        mend: 'Push the app to them with a Teams setup policy, or name somebody else.',
      }
    case 'set-unknown':
      return {
        problem: `The set ${finding.set} draws on the group ${quoted(reader, finding.group)}, which the directory does not have.`,
        mend: "Write the group's exact display name in catalogue.yaml, or make the group.",
      }
    case 'set-empty':
      return {
        problem: `The set ${finding.set} is empty: the group ${quoted(reader, finding.group)} has no members.`,
        mend: 'Add people to the group; until then nobody decides the stages that draw on it.',
      }
    case 'message-given-up':
      return {
        problem: `${messages(finding.count)} of the kind ${quoted(reader, finding.effect, 40)} ${finding.count === 1 ? 'was' : 'were'} given up: ${quoted(reader, finding.detail, 400)}`,
        mend: `Mend what this names, then run \`npm run owe-again\` (one alone: \`npm run owe-again -- '${finding.example}'\`). What is over by then is not sent.`,
      }
    case 'message-unknown':
      return {
        problem: `${messages(finding.count)} of the kind ${quoted(reader, finding.effect, 40)} ${finding.count === 1 ? 'waits' : 'wait'}, which this version does not know.`,
        mend: 'Start the version that wrote them; until then nobody gets them.',
      }
    case 'database':
      return {
        problem: `Database: ${quoted(reader, finding.detail, 400)}`,
        mend: 'Check DATABASE_URL and LATCHKEY_JOURNAL_KEY; for another schema run `npm run migrate` with DATABASE_ADMIN_URL.',
      }
    default:
      return finding satisfies never
  }
}

const who = (reader: Reader, { handle, parts }: { readonly handle: string; readonly parts: readonly string[] }) =>
  `${named(reader, handle)} (${allOf(reader, parts)})`

function ofEntry(reader: Reader, finding: Extract<Finding, { readonly entry: string }>): SaidFinding {
  const { entry } = finding
  const { by, settings } = keptOf(finding.of)
  const at = ` (${finding.page})`
  switch (finding.kind) {
    case 'plan':
      return {
        problem: `${entry}: ${planProblems[finding.problem](by)}`,
        mend: `${planMends[finding.problem](settings)}${at}`,
      }
    case 'wider':
      return {
        problem: `${entry}: ${by} also lets ${names(reader, finding.people)} decide, whom the catalogue does not name.`,
        mend: `Take them out of the approvers in ${settings}, or name them as owners or backup in the catalogue.${at}`,
      }
    case 'not-enforced':
      return {
        problem: `${entry}: ${by} asks nobody, so whoever is eligible can go round the stages in the portal.`,
        mend: `Require approval in ${settings}, or accept it with \`advisory: {until, reason}\`.${at}`,
      }
    case 'advisory-over':
      return {
        problem: `${entry}: the advisory ran out on ${finding.until}, and ${by} still asks nobody.`,
        mend: `Require approval in ${settings}, or review the advisory and give it a new date.${at}`,
      }
    case 'advisory-ends':
      return {
        problem: `${entry}: the advisory runs out on ${finding.until}, within 30 days.`,
        mend: `Require approval in ${settings} by then, or review the advisory and give it a new date.${at}`,
      }
    case 'advisory-unneeded':
      return {
        problem: `${entry}: the catalogue accepts that ${by} asks nobody, but ${by} asks.`,
        mend: 'Remove `advisory`: it would hide it if the approval were switched off.',
      }
    case 'longer':
      return {
        problem: `${entry}: ${by} allows ${span(reader, finding.entra)}, the catalogue ${span(reader, finding.catalogue)}. ${drift}`,
        mend: `Shorten the maximum in ${settings}: in the portal the longer one holds.${at}`,
      }
    case 'shorter':
      return {
        problem: `${entry}: ${by} allows ${span(reader, finding.entra)}, the catalogue ${span(reader, finding.catalogue)}. ${drift}`,
        mend: `Write the shorter one in the catalogue, so that nobody expects more, or lengthen it in ${settings}.${at}`,
      }
    case 'unknown-rules':
      return {
        problem: `${entry}: ${by} asks for something that Latchkey does not know: ${names(reader, finding.rules)}.`,
        mend: `Look at ${settings}. A request is filed all the same, and ${by} refuses it where that is not met.${at}`,
      }
    case 'looser':
      return {
        problem: `${entry}: the catalogue demands ${demands[finding.demand]}, and ${by} does not.`,
        mend: `Demand it in ${settings} too: in the portal nothing else does.${at}`,
      }
    case 'undecidable': {
      const whom = finding.all ? 'none of those who are eligible' : `${names(reader, finding.people)}, though eligible,`
      return {
        problem: `${entry}: ${whom} could get it decided: too few people may decide.`,
        mend: `Add to the entry's owners or backup, or to the set, people who are enabled and approvers in ${settings}.${at}`,
      }
    }
    default:
      return finding satisfies never
  }
}

const planProblems = {
  'entra-names-nobody': (by) => `${by} asks for an approval and names no approver, so its administrators decide.`,
  'entra-and-catalogue-disagree': (by) => `none of those whom ${by} asks is among those whom the catalogue asks.`,
  'entra-asks-nobody': (by) => `its tier wants an approval that ${by} does not ask for, so nobody can ask for it.`,
} satisfies Record<Extract<Finding, { kind: 'plan' }>['problem'], (by: string) => string>

const planMends = {
  'entra-names-nobody': (settings) => `Name the approvers in ${settings}.`,
  'entra-and-catalogue-disagree': (settings) =>
    `Bring the approvers in ${settings} and the entry's owners and backup together.`,
  'entra-asks-nobody': (settings) =>
    `Require approval in ${settings}, or accept it with \`advisory: {until, reason}\`.`,
} satisfies Record<Extract<Finding, { kind: 'plan' }>['problem'], (settings: string) => string>

const demands = {
  justification: 'a justification',
  ticket: 'a ticket',
  'step-up': 'a fresh sign-in',
} as const satisfies Record<Extract<Finding, { kind: 'looser' }>['demand'], string>

const names = (reader: Reader, people: readonly string[]): string =>
  allOf(
    reader,
    people.map((name) => named(reader, name)),
  )

function ofRequest(reader: Reader, finding: Extract<Finding, { readonly request: string }>): SaidFinding {
  const { request } = finding
  const mend = 'The journal is right: stop the bots, correct the row of request_summary from it, and report this.'
  switch (finding.kind) {
    case 'stream-unreadable':
      return {
        problem: `${request}: its events cannot be read: ${quoted(reader, finding.detail, 400)}`,
        mend: 'Run `npm run verify-journal`; if the journal is whole, a newer version wrote it: start that one.',
      }
    case 'summary-missing':
      return { problem: `${request} stands in the journal and not among the requests, so nobody looks at it.`, mend }
    case 'summary-stray':
      return { problem: `${request} stands among the requests and not in the journal.`, mend }
    case 'summary-differs':
      return {
        problem: `${request}: ${finding.field} is ${quoted(reader, finding.summary, 60)}, and the journal says ${quoted(reader, finding.journal, 60)}.`,
        mend,
      }
    case 'overdue':
      return {
        problem: `${request}: something was due at ${moment(reader, finding.due)}, and nothing has come of it.`,
        mend: 'See whether a bot is running, and what its log says of this request.',
      }
    default:
      return finding satisfies never
  }
}

const messages = (count: number): string => (count === 1 ? 'One message' : `${count} messages`)
