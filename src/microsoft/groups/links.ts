import type { Links } from '../../workflow/ports/engine.ts'

const pim = 'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon'

/** Pages of the Entra admin center. */
export const links: Links = {
  ask: `${pim}/ActivationMenuBlade/~/aadgroup`,
  decide: `${pim}/ApproveRequestMenuBlade/~/aadgroup`,
  assignments: `${pim}/ResourceMenuBlade/~/aadgroup`,
  audit: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ActiveDirectoryMenuBlade/~/Audit',
}
