import type { GraphReply, ListeningTenant } from './listening-tenant.ts'

export const requests = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests'

const roleIds: Readonly<Record<string, string>> = {
  'AI Administrator': 'd2562ede-74db-457e-a7b6-544e236ebb61',
  'Application Administrator': '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'Security Reader': '5d6b6bb7-de71-4623-b4af-96380a352509',
}

export function role(name: string): string {
  const id = roleIds[name]
  if (id === undefined) throw new Error(`no id is known here for ${name}`)
  return id
}

/** The body by which Maya asks for AI Administrator for two hours; `more` changes what a test is about. */
export function activate({ tenant }: ListeningTenant, more: Record<string, unknown> & { person?: string } = {}) {
  const { person = 'maya.okafor', ...fields } = more
  return {
    action: 'selfActivate',
    principalId: tenant.people.get(person)?.objectId,
    roleDefinitionId: role('AI Administrator'),
    directoryScopeId: '/',
    justification: 'rotate connector keys',
    ticketInfo: { ticketNumber: 'CHG0012345', ticketSystem: 'ServiceNow' },
    scheduleInfo: lasting('PT2H'),
    ...fields,
  }
}

export const lasting = (duration: string, startDateTime: string | null = null) => ({
  startDateTime,
  expiration: { type: 'afterDuration', duration },
})

/** Files a request with a person's own token. */
export async function file(
  contoso: ListeningTenant,
  more: Record<string, unknown> & { person?: string } = {},
): Promise<GraphReply> {
  const token = await contoso.personToken(more.person ?? 'maya.okafor')
  return contoso.graph(token, 'POST', requests, activate(contoso, more))
}

/** A person's decision on the one step of an approval. */
export async function review(
  contoso: ListeningTenant,
  person: string,
  request: unknown,
  reviewResult: 'Approve' | 'Deny' = 'Approve',
): Promise<GraphReply> {
  const token = await contoso.personToken(person)
  const approval = `/beta/roleManagement/directory/roleAssignmentApprovals/${String(request)}`
  const step = contoso.tenant.requests.find(({ id }) => id === request)?.step?.id ?? 'none'
  return contoso.graph(token, 'PATCH', `${approval}/steps/${step}`, { reviewResult, justification: 'as agreed' })
}
