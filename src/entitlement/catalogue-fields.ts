import { z } from 'zod'
import { type Duration, parseDuration } from '../time.ts'

// Fields that several parts of the catalogue have. A description says what to write, and is shown as the mend.

export const text = z.string().trim().min(1).describe('some words')
const handle = z.string().regex(/^[\p{L}\p{N}]+([._'-][\p{L}\p{N}]+)*$/u)
export const people = z.array(handle)
export const names = z.array(text)
export const uuid = z.uuid().toLowerCase()
/** Parts that are read field by field later. */
export const part = z.unknown()

const longerThanNothing = (value: string, context: z.RefinementCtx): Duration => {
  const duration = parseDuration(value)
  if (duration !== undefined && duration > 0) return duration
  context.addIssue({ code: 'custom' })
  return z.NEVER
}
export const duration = z
  .string()
  .transform(longerThanNothing)
  .describe('an ISO 8601 duration longer than nothing, such as PT4H or P1D, without years or months')

export const dateOnly = z.iso.date().describe('a date such as 2027-03-31')

export const account = text.describe('a name under resources in catalogue.yaml')
export const property = text.describe('the property that is changed, such as properties.publicNetworkAccess')
