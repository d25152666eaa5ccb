import type { Links } from '../../workflow/ports/engine.ts'

const pim = 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon'

/** Pages of the Entra admin center. */
export const links: Links = {
  ask: `${pim}/ActivationMenuBlade/~/aadmigratedroles`,
  decide: `${pim}/ApproveRequestMenuBlade/~/aadmigratedroles`,
  assignments: `${pim}/ResourceMenuBlade/~/members/resourceId//resourceType/tenant/provider/aadroles`,
  audit: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade/~/Audit',
}
