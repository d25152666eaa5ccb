import { z } from 'zod'
import { milliseconds, minutes } from '../../time.ts'
import { exceptionKinds } from '../entitlement.ts'
import type { KindFacts } from './facts.ts'

/** What the executor applies and undoes; decided in chat alone. */
export const sandboxExceptionFacts: KindFacts = {
  nativeStages: 0,
  nativeStageLapses: null,
  shortest: minutes(5),
  endableAfter: milliseconds(0),
  moreTime: 'later-end',
  appliedBy: 'executor',
  onBehalf: 'never',
}

/** `resource` is the id of the Azure resource or group that it changes. What it is changed to are the request's inputs. */
export const SandboxExceptionTarget = z.object({ kind: z.enum(exceptionKinds), resource: z.string() })
