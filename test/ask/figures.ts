import type { Ask } from '../../src/ask/ask.ts'
import { isoDuration, parseDuration } from '../../src/time.ts'
import { idsOf, type MessageLine } from './sample.ts'

type Expected = MessageLine['expect']
const fold = (text: string | number = ''): string =>
  String(text)
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s"'“”‘’`]+/g, ' ')
    .replace(/[.!?,;:]+$/g, '')
    .trim()
const wordsIn = (text: string) =>
  new Set(
    fold(text)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean),
  )
const asks = (intent: string): boolean => intent === 'request' || intent === 'extend'

/** One holds the other, and at least six words of ten are shared. */
function sameReason(want: string | undefined, got: string | undefined): boolean {
  if (want === undefined || got === undefined) return want === got
  if (!fold(want).includes(fold(got)) && !fold(got).includes(fold(want))) return false
  const [one, other] = [wordsIn(want), wordsIn(got)]
  return [...one].filter((word) => other.has(word)).length / Math.max(one.size, other.size) >= 0.6
}

/** Whether everything in a message was understood as it was meant. */
export function isWhole(want: Expected, got: Ask): boolean {
  const ids = idsOf(got)
  return (
    want.intent === got.intent &&
    ids.length === want.entitlements.length &&
    ids.every((id) => want.entitlements.includes(id)) &&
    (want.each !== true || got.each) &&
    (want.duration === undefined ? undefined : parseDuration(want.duration)) === got.duration &&
    (want.start === undefined ? undefined : Date.parse(want.start)) === got.start?.getTime() &&
    (!asks(want.intent) || sameReason(want.justification, got.justification)) &&
    fold(want.ticket) === fold(got.ticket) &&
    want.beneficiary === got.beneficiary &&
    want.person === got.person &&
    Object.entries(want.details).every(
      ([name, value]) => fold(value) === fold(got.details[name as keyof Ask['details']]),
    ) &&
    Boolean(want.emergency) === got.emergency
  )
}

/** What would put a form before somebody for what was not asked for, for longer, for another person or another host. */
export function dangerIn(want: Expected, got: Ask): string | undefined {
  const [only, ...others] = idsOf(got)
  if (asks(got.intent) && !asks(want.intent)) return 'was no request'
  if (
    got.intent === 'request' &&
    only !== undefined &&
    others.length === 0 &&
    want.intent === 'request' &&
    !want.entitlements.includes(only)
  )
    return `is taken for ${only}`
  const asked = want.duration === undefined ? undefined : parseDuration(want.duration)
  if (asks(got.intent) && asked !== undefined && (got.duration ?? 0) > asked)
    return `is taken for ${isoDuration(got.duration ?? asked)}`
  if (asks(got.intent) && got.beneficiary !== undefined && got.beneficiary !== want.beneficiary)
    return `is taken to be for ${got.beneficiary}`
  const { fqdn, ip } = got.details
  if (want.details['fqdn'] !== undefined && fqdn !== undefined && fold(fqdn) !== fold(want.details['fqdn']))
    return `is taken for ${fqdn}`
  if (want.details['ip'] !== undefined && ip !== undefined && fold(ip) !== fold(want.details['ip']))
    return `is taken for ${ip}`
  return got.emergency && want.emergency !== true ? 'is taken for an emergency' : undefined
}
