import type { AccessRequest, Deviation } from '../../request/request.ts'
import type { DeviationNoticeView } from '../../workflow/ports/views.ts'
import { say, type Sentence } from '../language.ts'
import { allOf, named, type Reader, span } from '../reader.ts'
import { fieldWords } from '../kinds.ts'

// What Entra holds in a request's name that nobody approved.

/** For the requester's card and the approvers', a sentence for each. */
export const deviationNotes = (reader: Reader, { deviations, submission }: AccessRequest): string[] =>
  deviations.map((deviation) =>
    say(
      reader,
      deviation.what === 'granted'
        ? {
            en: `Entra has this active ${lasting(reader, deviation)}, but only ${span(reader, submission.duration)} were approved. Security has been told.`,
            de: `In Entra ist das ${lasting(reader, deviation)} aktiv, genehmigt waren nur ${span(reader, submission.duration)}. Die Sicherheit weiß davon.`,
          }
        : {
            en: `Entra has another request with this request's number. It differs in ${fieldsOf(reader, deviation)}, and it wasn't approved here. Security has been told.`,
            de: `In Entra gibt es noch eine Anforderung mit der Nummer von dieser. Sie unterscheidet sich in ${fieldsOf(reader, deviation)} und wurde hier nicht genehmigt. Die Sicherheit weiß davon.`,
          },
    ),
  )

/** To security: short, and without what anybody wrote. */
export function deviationNotice(reader: Reader, view: DeviationNoticeView): string {
  const { deviation } = view
  const [who, what] = [named(reader, view.requester, 60), named(reader, view.entitlement, 60)]
  return deviation.what === 'granted'
    ? say(reader, {
        en: `${who} has ${what} in Entra ${lasting(reader, deviation)}, but only ${span(reader, view.approved)} were approved (${view.request}).`,
        de: `${who} hat ${what} in Entra ${lasting(reader, deviation)}, genehmigt waren nur ${span(reader, view.approved)} (${view.request}).`,
      })
    : say(reader, {
        en: `${who} filed a request for ${what} in Entra under the number of another one. It differs in ${fieldsOf(reader, deviation)}, and it wasn't approved here (${view.request}).`,
        de: `${who} hat in Entra eine Anforderung für ${what} unter der Nummer einer anderen gestellt. Sie unterscheidet sich in ${fieldsOf(reader, deviation)} und wurde hier nicht genehmigt (${view.request}).`,
      })
}

const lasting = (reader: Reader, { duration }: Deviation): string =>
  duration === null
    ? say(reader, { en: 'with no end', de: 'unbefristet' })
    : say(reader, { en: `for ${span(reader, duration)}`, de: `für ${span(reader, duration)}` })

const fieldsOf = (reader: Reader, deviation: Deviation): string =>
  allOf(
    reader,
    deviation.fields.map((field) =>
      field === 'duration'
        ? say(reader, {
            en: `its duration (${lasting(reader, deviation)})`,
            de: `der Dauer (${lasting(reader, deviation)})`,
          })
        : say(reader, fields[field] ?? fieldWords(field).within),
    ),
  )

const fields: Readonly<Partial<Record<Deviation['fields'][number], Sentence>>> = {
  requester: { en: 'who asks', de: 'der anfordernden Person' },
  justification: { en: 'the reason', de: 'der Begründung' },
  ticket: { en: 'the ticket', de: 'dem Ticket' },
  created: { en: 'when it was filed', de: 'dem Zeitpunkt' },
}
