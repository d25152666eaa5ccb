import type { Entitlement } from '../../entitlement/entitlement.ts'

/** What a built-in role may do, as its definition says: operations of Azure or Entra, `*` for all below. */
export interface RoleActions {
  readonly actions: readonly string[]
  readonly except: readonly string[]
}

/**
 * The built-in roles of AI platforms, by the id of their definition; shortened to what tells them apart.
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/ai-machine-learning
 * @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
const builtIn: Readonly<Record<string, RoleActions>> = {
  // Cognitive Services OpenAI Contributor
  'a001fd3d-188f-4b5d-821b-7da978bf7442': {
    actions: [
      'Microsoft.CognitiveServices/*/read',
      'Microsoft.CognitiveServices/accounts/deployments/write',
      'Microsoft.CognitiveServices/accounts/deployments/delete',
      'Microsoft.CognitiveServices/accounts/raiPolicies/read',
      'Microsoft.CognitiveServices/accounts/raiPolicies/write',
      'Microsoft.CognitiveServices/accounts/raiPolicies/delete',
      'Microsoft.CognitiveServices/accounts/commitmentplans/read',
      'Microsoft.CognitiveServices/accounts/OpenAI/*',
      'Microsoft.CognitiveServices/accounts/OpenAI/files/write',
      'Microsoft.CognitiveServices/accounts/OpenAI/files/import/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/fine-tunes/write',
      'Microsoft.CognitiveServices/accounts/OpenAI/batch-jobs/write',
    ],
    except: [],
  },
  // Cognitive Services OpenAI User
  '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd': {
    actions: [
      'Microsoft.CognitiveServices/*/read',
      'Microsoft.CognitiveServices/accounts/OpenAI/*/read',
      'Microsoft.CognitiveServices/accounts/OpenAI/engines/completions/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/engines/search/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/engines/generate/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/deployments/search/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/deployments/completions/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/deployments/embeddings/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/deployments/audio/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/images/generations/action',
      'Microsoft.CognitiveServices/accounts/OpenAI/assistants/write',
    ],
    except: [],
  },
  // Azure AI Developer
  '64702f94-c441-49e6-a78b-ef80e0188fee': {
    actions: [
      'Microsoft.MachineLearningServices/workspaces/*/read',
      'Microsoft.MachineLearningServices/workspaces/*/action',
      'Microsoft.MachineLearningServices/workspaces/*/delete',
      'Microsoft.MachineLearningServices/workspaces/*/write',
      'Microsoft.CognitiveServices/accounts/OpenAI/*',
      'Microsoft.CognitiveServices/accounts/SpeechServices/*',
      'Microsoft.CognitiveServices/accounts/ContentSafety/*',
      'Microsoft.CognitiveServices/accounts/AIServices/*',
    ],
    except: [
      'Microsoft.MachineLearningServices/workspaces/delete',
      'Microsoft.MachineLearningServices/workspaces/write',
      'Microsoft.MachineLearningServices/workspaces/listKeys/action',
    ],
  },
  // Search Index Data Contributor
  '8ebe5a00-799e-43f5-93ac-243d3dce84a7': {
    actions: [
      'Microsoft.Search/searchServices/indexes/documents/read',
      'Microsoft.Search/searchServices/indexes/documents/write',
      'Microsoft.Search/searchServices/indexes/documents/delete',
      'Microsoft.Search/searchServices/indexes/documents/*',
    ],
    except: [],
  },
  // Key Vault Secrets Officer
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': {
    actions: [
      'Microsoft.KeyVault/checkNameAvailability/read',
      'Microsoft.KeyVault/vaults/*/read',
      'Microsoft.KeyVault/vaults/secrets/*',
      'Microsoft.KeyVault/vaults/secrets/getSecret/action',
      'Microsoft.KeyVault/vaults/secrets/setSecret/action',
    ],
    except: [],
  },
  // Storage Blob Data Reader
  '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1': {
    actions: [
      'Microsoft.Storage/storageAccounts/blobServices/containers/read',
      'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
      'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    ],
    except: [],
  },
  // Contributor
  'b24988ac-6180-42a0-ab88-20f7382dd24c': {
    actions: ['*'],
    except: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
      'Microsoft.Blueprint/blueprintAssignments/write',
      'Microsoft.Blueprint/blueprintAssignments/delete',
      'Microsoft.Compute/galleries/share/action',
    ],
  },
  // Log Analytics Contributor
  '92aaf0da-9dab-42b6-94a3-d43ce8d16293': {
    actions: [
      '*/read',
      'Microsoft.Insights/alertRules/*',
      'Microsoft.Insights/diagnosticSettings/*',
      'Microsoft.OperationalInsights/*',
      'Microsoft.OperationalInsights/workspaces/savedSearches/write',
      'Microsoft.OperationsManagement/*',
      'Microsoft.Storage/storageAccounts/listKeys/action',
    ],
    except: [],
  },
  // AI Administrator
  'd2562ede-74db-457e-a7b6-544e236ebb61': {
    actions: [
      'microsoft.office365.copilot/allEntities/allProperties/allTasks',
      'microsoft.office365.search/content/manage',
    ],
    except: [],
  },
  // Application Administrator
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3': {
    actions: [
      'microsoft.directory/applications/*',
      'microsoft.directory/applications/credentials/update',
      'microsoft.directory/applications/owners/update',
      'microsoft.directory/applicationPolicies/*',
      'microsoft.directory/connectorGroups/*',
      'microsoft.directory/connectors/*',
      'microsoft.directory/servicePrincipals/*',
      'microsoft.directory/servicePrincipals/synchronization/standard/read',
      'microsoft.directory/oAuth2PermissionGrants/allProperties/allTasks',
    ],
    except: [],
  },
  // Cloud Application Administrator
  '158c047a-c907-4556-b7ef-446551a6b5f7': {
    actions: [
      'microsoft.directory/applications/*',
      'microsoft.directory/applications/credentials/update',
      'microsoft.directory/applications/owners/update',
      'microsoft.directory/applicationPolicies/*',
      'microsoft.directory/servicePrincipals/*',
      'microsoft.directory/oAuth2PermissionGrants/allProperties/allTasks',
    ],
    except: ['microsoft.directory/applications/applicationProxy/*'],
  },
  // Conditional Access Administrator
  'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9': {
    actions: [
      'microsoft.directory/namedLocations/create',
      'microsoft.directory/namedLocations/delete',
      'microsoft.directory/namedLocations/basic/update',
      'microsoft.directory/conditionalAccessPolicies/create',
      'microsoft.directory/conditionalAccessPolicies/delete',
      'microsoft.directory/conditionalAccessPolicies/standard/read',
      'microsoft.directory/conditionalAccessPolicies/basic/update',
    ],
    except: [],
  },
}

/** What the definition of this entry's role allows; nothing where it has none, or it is not built in. */
export function roleActionsOf(entry: Entitlement): RoleActions {
  const id =
    entry.kind === 'azureRole'
      ? entry.target.roleId
      : entry.kind === 'directoryRole'
        ? entry.target.templateId
        : undefined
  return (id === undefined ? undefined : builtIn[id]) ?? { actions: [], except: [] }
}

/** Words that say nothing of what an operation is about. */
const plumbing =
  /^(?:microsoft|action|all|entities|properties|tasks|standard|basic|allentities|allproperties|alltasks)$/i

/** The definition's operations in words, and how many of them there are: one for all counts as many. */
export function actionsOf(entry: Entitlement): { readonly words: string; readonly count: number } {
  const { actions } = roleActionsOf(entry)
  const words = actions
    .flatMap((action) => action.split(/[/.]|(?<=[a-z])(?=[A-Z])/))
    .filter((word) => word !== '*' && !plumbing.test(word))
  const count = actions.reduce((sum, action) => sum + (action === '*' ? 30 : action.includes('*') ? 3 : 1), 0)
  return { words: [...new Set(words.map((word) => word.toLowerCase()))].join(' '), count }
}
