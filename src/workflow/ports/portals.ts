import type { Catalogue, Entitlement } from '../../entitlement/entitlement.ts'

// Where people see and do in Microsoft's own portals what the bot shows or cannot do.

const pim = 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon'
/** Where a person activates and ends their own directory roles. */
export const rolesPortal = `${pim}/ActivationMenuBlade/~/aadmigratedroles`
export const approvalPortal = `${pim}/ApproveRequestMenuBlade/~/aadmigratedroles`
/** Where an administrator sees and removes assignments. */
export const assignmentsPortal = `${pim}/ResourceMenuBlade/~/members/resourceId//resourceType/tenant/provider/aadroles`
export const auditPortal = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade/~/Audit'

/** Where an entry of this kind is asked for without the bot; none for exceptions, which only their owners apply. */
export function portalOf(
  { tenant }: Pick<Catalogue, 'tenant'>,
  { kind }: Pick<Entitlement, 'kind'>,
): string | undefined {
  switch (kind) {
    case 'directoryRole':
      return rolesPortal
    case 'group':
      return `${pim}/ActivationMenuBlade/~/aadgroup`
    case 'azureRole':
      return `${pim}/ActivationMenuBlade/~/azurerbac`
    case 'accessPackage':
      return `https://myaccess.microsoft.com/@${tenant.domain}#/access-packages`
    default:
      return undefined
  }
}
