import type { Difference } from '../../request/refusal.ts'
import type { AccessRequest } from '../../request/request.ts'
import { differingFields, idIn, type Target, valueIn } from '../../entitlement/kinds/kinds.ts'
import type { NativeRequest } from '../../request/native.ts'
import type { WithTarget } from '../record/kinds.ts'

/** Every value of Entra's request that is not what the journal says it should be. */
export function differences(
  { submission, phase }: AccessRequest,
  entra: NativeRequest,
  known: readonly WithTarget[],
): readonly Difference[] {
  const { target, name } = submission
  const compared: readonly (Difference & { readonly same?: boolean })[] = [
    { field: 'request', journal: 'filed' in phase ? phase.filed.nativeRequest : '', entra: entra.id },
    { field: 'requester', journal: submission.beneficiary, entra: entra.person },
    ...differingFields(target, entra.target).map((field) => {
      const here = valueIn(target, field)
      // What it is goes by the name that people know it by.
      const isName = here === idIn(target)
      const [journal, there] = isName ? [name, named(known, entra.target)] : [here, valueIn(entra.target, field)]
      return { field, journal, entra: there, same: false }
    }),
    { field: 'duration', journal: submission.duration, entra: entra.duration },
    { field: 'justification', journal: submission.justification.freeText ?? '', entra: entra.justification },
    { field: 'ticket', journal: submission.ticket ?? '', entra: entra.ticket ?? '' },
  ]
  return compared.flatMap(({ same, ...each }) => ((same ?? each.journal === each.entra) ? [] : [each]))
}

const named = (known: readonly WithTarget[], target: Target): string =>
  known.find((each) => idIn(each.target) === idIn(target))?.entry.name ?? idIn(target)
