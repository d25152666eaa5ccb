import type { Links } from '../../workflow/ports/engine.ts'

const pim = 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon'

/** Pages of the Entra admin center. */
export const links: Links = {
  ask: `${pim}/ActivationMenuBlade/~/azurerbac`,
  decide: `${pim}/ApproveRequestMenuBlade/~/azurerbac`,
  assignments: `${pim}/ResourceMenuBlade/~/azurerbac`,
  audit: 'https://portal.azure.com/#view/Microsoft_Azure_ActivityLog/ActivityLogBlade',
}
