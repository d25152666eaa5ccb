import { mistakeLine } from '../../entitlement/mistake.ts'
import type { Finding } from '../../workflow/ports/finding.ts'
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
  switch (finding.kind) {
    case 'plan':
      return { problem: `${entry}: ${planProblems[finding.problem]}`, mend: planMends[finding.problem] }
    case 'wider':
      return {
        problem: `${entry}: Entra also lets ${names(reader, finding.people)} decide, whom the catalogue does not name.`,
        mend: "Take them out of the role's approvers in Entra, or name them as owners or backup in the catalogue.",
      }
    case 'not-enforced':
      return {
        problem: `${entry}: Entra asks nobody, so whoever is eligible can go round the stages in the portal.`,
        mend: "Require approval in the role's settings in Entra, or accept it with `advisory: {until, reason}`.",
      }
    case 'advisory-over':
      return {
        problem: `${entry}: the advisory ran out on ${finding.until}, and Entra still asks nobody.`,
        mend: "Require approval in the role's settings in Entra, or review the advisory and give it a new date.",
      }
    case 'advisory-ends':
      return {
        problem: `${entry}: the advisory runs out on ${finding.until}, within 30 days.`,
        mend: "Require approval in the role's settings in Entra by then, or review the advisory and give it a new date.",
      }
    case 'advisory-unneeded':
      return {
        problem: `${entry}: the catalogue accepts that Entra asks nobody, but Entra asks.`,
        mend: 'Remove `advisory`: it would hide it if the approval were switched off.',
      }
    case 'longer':
      return {
        problem: `${entry}: Entra allows ${span(reader, finding.entra)}, the catalogue ${span(reader, finding.catalogue)}. ${drift}`,
        mend: "Shorten the role's maximum in Entra: in the portal the longer one holds.",
      }
    case 'shorter':
      return {
        problem: `${entry}: Entra allows ${span(reader, finding.entra)}, the catalogue ${span(reader, finding.catalogue)}. ${drift}`,
        mend: 'Write the shorter one in the catalogue, so that nobody expects more, or lengthen it in Entra.',
      }
    case 'unknown-rules':
      return {
        problem: `${entry}: Entra asks for something that Latchkey does not know: ${names(reader, finding.rules)}.`,
        mend: "Look at the role's settings in Entra. A request is filed all the same, and Entra refuses it where that is not met.",
      }
    case 'looser':
      return {
        problem: `${entry}: the catalogue demands ${demands[finding.demand]}, and Entra does not.`,
        mend: "Demand it in the role's settings in Entra too: in the portal nothing else does.",
      }
    case 'undecidable': {
      const whom = finding.all ? 'none of those who are eligible' : `${names(reader, finding.people)}, though eligible,`
      return {
        problem: `${entry}: ${whom} could get it decided: too few people may decide.`,
        mend: "Add to the entry's owners or backup, or to the set, people who are enabled, and approvers of the role in Entra.",
      }
    }
    default:
      return finding satisfies never
  }
}

const planProblems = {
  'entra-names-nobody': 'Entra asks for an approval and names no approver, so its administrators decide.',
  'entra-and-catalogue-disagree': 'none of those whom Entra asks is among those whom the catalogue asks.',
  'entra-asks-nobody': 'its tier wants an approval that Entra does not ask for, so nobody can ask for it.',
} as const satisfies Record<Extract<Finding, { kind: 'plan' }>['problem'], string>

const planMends = {
  'entra-names-nobody': "Name the approvers in the role's settings in Entra.",
  'entra-and-catalogue-disagree': "Bring the role's approvers in Entra and the entry's owners and backup together.",
  'entra-asks-nobody':
    "Require approval in the role's settings in Entra, or accept it with `advisory: {until, reason}`.",
} as const satisfies Record<Extract<Finding, { kind: 'plan' }>['problem'], string>

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
