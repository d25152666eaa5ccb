import { Template } from 'adaptivecards-templating'
import { z } from 'zod'
import approval from '../../cards/approval.json' with { type: 'json' }
import confirm from '../../cards/confirm.json' with { type: 'json' }
import find from '../../cards/find.json' with { type: 'json' }
import found from '../../cards/found.json' with { type: 'json' }
import ending from '../../cards/ending.json' with { type: 'json' }
import question from '../../cards/question.json' with { type: 'json' }
import list from '../../cards/list.json' with { type: 'json' }
import note from '../../cards/note.json' with { type: 'json' }
import pending from '../../cards/pending.json' with { type: 'json' }
import recap from '../../cards/recap.json' with { type: 'json' }
import status from '../../cards/status.json' with { type: 'json' }

// What each template in cards/ is filled with. Every field is always there and never null: a missing one would stay
// on the card as its expression, and a null inside a longer text makes the engine throw.

const Paragraphs = z.array(z.strictObject({ text: z.string() }))
const Facts = z.array(z.strictObject({ title: z.string(), value: z.string() }))
const Tone = z.enum(['accent', 'good', 'warning', 'attention', 'default'])

const everyCard = {
  lang: z.string(),
  /** What a screen reader says first, and what a client too old for the card shows instead: plain text. */
  speak: z.string(),
  fallbackText: z.string(),
}
const record = { id: z.string(), revision: z.int() }

const textInput = z.strictObject({
  label: z.string(),
  required: z.boolean(),
  errorMessage: z.string(),
  maxLength: z.int(),
  placeholder: z.string(),
  value: z.string(),
  /** Why the last tap was sent back, where this input is the reason; else empty. */
  problem: z.string(),
})

export const ConfirmCard = z.strictObject({
  ...everyCard,
  ...record,
  sentBack: z.string(),
  title: z.string(),
  grants: z.string(),
  cutNotice: z.string(),
  duration: z.strictObject({
    label: z.string(),
    errorMessage: z.string(),
    value: z.string(),
    choices: Facts,
    problem: z.string(),
  }),
  justification: textInput,
  ticket: textInput,
  /** What the kind asks for beside these: an element for each, one of three. */
  more: z.array(
    z.strictObject({
      ...textInput.shape,
      id: z.string(),
      as: z.enum(['text', 'choice', 'date']),
      several: z.boolean(),
      multiline: z.boolean(),
      choices: Facts,
    }),
  ),
  deciders: z.array(z.strictObject({ text: z.string(), color: z.enum(['default', 'warning']) })),
  terms: z.string(),
  submit: z.string(),
  discard: z.string(),
})
export type ConfirmCard = z.infer<typeof ConfirmCard>

export const StatusCard = z.strictObject({
  ...everyCard,
  ...record,
  refused: z.string(),
  title: z.string(),
  tone: Tone,
  headline: z.string(),
  details: Paragraphs,
  why: z.string(),
  facts: Facts,
  observed: z.string(),
  buttons: z.array(
    z.strictObject({
      title: z.string(),
      verb: z.enum(['withdraw', 'end', 'check', 'activate']),
      style: z.enum(['default', 'positive', 'destructive']),
    }),
  ),
  portal: z.array(z.strictObject({ title: z.string(), url: z.url(), mode: z.enum(['primary', 'secondary']) })),
})
export type StatusCard = z.infer<typeof StatusCard>

export const ApprovalCard = z.strictObject({
  ...everyCard,
  ...record,
  open: z.boolean(),
  refused: z.string(),
  outcome: z.strictObject({ tone: Tone, headline: z.string(), details: Paragraphs }),
  context: z.string(),
  title: z.string(),
  requesterLine: z.string(),
  /** Which stage, how many have said yes, who else is asked; empty where there is nothing to say. */
  stage: z.string(),
  /** Answers of other stages, and of others in this one. */
  earlier: Paragraphs,
  notes: Paragraphs,
  /** As much as leaves the actions in sight; all of it stands under `more`. */
  why: z.string(),
  /** Questions and answers. */
  exchanges: Paragraphs,
  /** Who is looking at it; empty where nobody says so. */
  claimed: z.string(),
  grants: z.string(),
  facts: Facts,
  signals: Paragraphs,
  enforcement: z.strictObject({ text: z.string(), color: z.enum(['default', 'warning']) }),
  /** Deny stands before Approve, and Approve is not the button that stands out. */
  denyFirst: z.boolean(),
  mayApprove: z.boolean(),
  approve: z.string(),
  deny: z.string(),
  comment: z.strictObject({ label: z.string(), errorMessage: z.string(), maxLength: z.int() }),
  more: z.strictObject({
    title: z.string(),
    /** Empty where all of it stands on the card itself. */
    why: z.string(),
    terms: z.string(),
    facts: Facts,
    /** None while the requester has enough to answer. */
    ask: z.array(z.strictObject({ label: z.string(), maxLength: z.int(), title: z.string() })),
    noAsk: z.string(),
    /** None where there is nothing shorter to choose. */
    shorter: z.array(
      z.strictObject({
        label: z.string(),
        errorMessage: z.string(),
        value: z.string(),
        choices: Facts,
        title: z.string(),
      }),
    ),
    claim: z.array(z.strictObject({ title: z.string() })),
    portal: z.strictObject({ title: z.string(), url: z.url() }),
  }),
})
export type ApprovalCard = z.infer<typeof ApprovalCard>

export const EndingCard = z.strictObject({
  ...everyCard,
  ...record,
  open: z.boolean(),
  mayEnd: z.boolean(),
  refused: z.string(),
  tone: Tone,
  title: z.string(),
  details: Paragraphs,
  end: z.string(),
  letEnd: z.string(),
})
export type EndingCard = z.infer<typeof EndingCard>

export const PendingCard = z.strictObject({
  ...everyCard,
  title: z.string(),
  rows: z.array(
    z.strictObject({
      ...record,
      who: z.string(),
      facts: z.string(),
      open: z.string(),
      /** What the button does, for those who hear it without its row. */
      tip: z.string(),
    }),
  ),
  notes: Paragraphs,
  elsewhere: Paragraphs,
  portal: z.array(z.strictObject({ title: z.string(), url: z.url() })),
})
export type PendingCard = z.infer<typeof PendingCard>

/** Searches the catalogue as one types: the choices come from the bot. */
export const FindCard = z.strictObject({
  ...everyCard,
  ...record,
  title: z.string(),
  input: z.strictObject({
    label: z.string(),
    placeholder: z.string(),
    errorMessage: z.string(),
    dataset: z.string(),
  }),
  open: z.string(),
})
export type FindCard = z.infer<typeof FindCard>

/** What the message extension puts into a chat: a form to open, or a link to the reader's own chat. */
export const FoundCard = z.strictObject({
  ...everyCard,
  title: z.string(),
  text: z.string(),
  forms: z.array(z.strictObject({ ...record, title: z.string() })),
  links: z.array(z.strictObject({ title: z.string(), url: z.url() })),
})

export const QuestionCard = z.strictObject({
  ...everyCard,
  ...record,
  open: z.boolean(),
  refused: z.string(),
  tone: Tone,
  title: z.string(),
  details: Paragraphs,
  answer: z.strictObject({ label: z.string(), errorMessage: z.string(), maxLength: z.int(), title: z.string() }),
})
export type QuestionCard = z.infer<typeof QuestionCard>

const Portal = z.array(z.strictObject({ title: z.string(), url: z.url() }))

export const ListCard = z.strictObject({
  ...everyCard,
  title: z.string(),
  intro: z.string(),
  sections: z.array(
    z.strictObject({
      heading: z.string(),
      rows: z.array(
        z.strictObject({
          ...record,
          name: z.string(),
          facts: z.string(),
          /** Title of the button that opens a card or form; empty where there is none. */
          open: z.string(),
          /** Title of the button that leads to `url`; empty where there is none. */
          link: z.string(),
          url: z.string(),
          /** What the button does, for those who hear it without its row. */
          tip: z.string(),
        }),
      ),
    }),
  ),
  notes: Paragraphs,
  /** The button that brings the card which searches all of it. */
  search: z.array(z.strictObject({ ...record, title: z.string() })),
  portal: Portal,
})
export type ListCard = z.infer<typeof ListCard>

export const RecapCard = z.strictObject({
  ...everyCard,
  title: z.string(),
  facts: Facts,
  note: z.string(),
  portal: Portal,
})
export type RecapCard = z.infer<typeof RecapCard>

export const NoteCard = z.strictObject({ ...everyCard, title: z.string(), text: z.string() })
export type NoteCard = z.infer<typeof NoteCard>

const AdaptiveCardJson = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.literal('1.5') })
/** An expanded card, ready to be attached as `application/vnd.microsoft.card.adaptive`. */
export type AdaptiveCardJson = z.infer<typeof AdaptiveCardJson>

/** A template fills itself with data that its schema has passed. */
function card<Data extends z.ZodType>(template: object, schema: Data): (data: z.infer<Data>) => AdaptiveCardJson {
  const compiled = new Template(template)
  return (data) => AdaptiveCardJson.parse(compiled.expand({ $root: schema.parse(data) }))
}

export const confirmCard = card(confirm, ConfirmCard)
export const statusCard = card(status, StatusCard)
export const approvalCard = card(approval, ApprovalCard)
export const endingCard = card(ending, EndingCard)
export const pendingCard = card(pending, PendingCard)
export const findCard = card(find, FindCard)
export const foundCard = card(found, FoundCard)
export const questionCard = card(question, QuestionCard)
export const listCard = card(list, ListCard)
export const recapCard = card(recap, RecapCard)
export const noteCard = card(note, NoteCard)
