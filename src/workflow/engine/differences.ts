import type { Difference } from '../../request/refusal.ts'
import type { AccessRequest } from '../../request/request.ts'
import type { Edges, EntraRequest } from '../ports/ports.ts'

/** Every value of Entra's request that is not what the journal says it should be. */
export function differences(
  { submission, phase }: AccessRequest,
  entra: EntraRequest,
  catalogue: Pick<Edges['catalogue'], 'entitlements'>,
): readonly Difference[] {
  const { target, name } = submission
  const compared: readonly (Difference & { readonly same?: boolean })[] = [
    { field: 'request', journal: 'filed' in phase ? phase.filed.entraRequest : '', entra: entra.id },
    { field: 'requester', journal: submission.beneficiary, entra: entra.person },
    {
      field: 'role',
      journal: name,
      entra: roleNamed(catalogue, entra.target.roleDefinitionId),
      same: entra.target.roleDefinitionId === target.roleDefinitionId,
    },
    { field: 'scope', journal: target.scope, entra: entra.target.scope },
    { field: 'duration', journal: submission.duration, entra: entra.duration },
    { field: 'justification', journal: submission.justification.freeText ?? '', entra: entra.justification },
    { field: 'ticket', journal: submission.ticket ?? '', entra: entra.ticket ?? '' },
  ]
  return compared.flatMap(({ same, ...each }) => ((same ?? each.journal === each.entra) ? [] : [each]))
}

function roleNamed({ entitlements }: Pick<Edges['catalogue'], 'entitlements'>, role: string): string {
  const known = [...entitlements.values()].find(
    (entry) => entry.kind === 'directoryRole' && entry.target.templateId === role,
  )
  return known?.name ?? role
}
