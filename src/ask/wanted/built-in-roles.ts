/**
 * Built-in roles of Microsoft Entra by which people ask for what a catalogue may not have: who says "Teams admin" does
 * not mean another entry that has to do with meetings.
 * @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
export const builtInRoles: readonly string[] = `
Application Developer|Attack Simulation Administrator|Attribute Assignment Administrator|Authentication Administrator|
Authentication Policy Administrator|Azure DevOps Administrator|Azure Information Protection Administrator|B2C IEF Policy Administrator|
Billing Administrator|Cloud Device Administrator|Compliance Administrator|Compliance Data Administrator|Purview Compliance Administrator|
Customer LockBox Access Approver|Desktop Analytics Administrator|Directory Readers|Directory Writers|Domain Name Administrator|
Dynamics 365 Administrator|Edge Administrator|Exchange Administrator|Exchange Recipient Administrator|External ID User Flow Administrator|
External Identity Provider Administrator|Fabric Administrator|Groups Administrator|Guest Inviter|Helpdesk Administrator|
Hybrid Identity Administrator|Identity Governance Administrator|Insights Administrator|Intune Administrator|Kaizala Administrator|
Knowledge Administrator|Knowledge Manager|License Administrator|Lifecycle Workflows Administrator|Message Center Reader|
Network Administrator|Office Apps Administrator|Password Administrator|Permissions Management Administrator|Power BI Administrator|
Power Platform Administrator|Printer Administrator|Purview Administrator|Reports Reader|Search Administrator|Search Editor|
Security Administrator|Security Operator|Service Support Administrator|SharePoint Administrator|Skype for Business Administrator|
Teams Administrator|Teams Communications Administrator|Teams Devices Administrator|Usage Summary Reports Reader|User Administrator|
Virtual Visits Administrator|Viva Goals Administrator|Windows 365 Administrator|Windows Update Deployment Administrator|Yammer Administrator
`
  .split('|')
  .map((name) => name.trim())
