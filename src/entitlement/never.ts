/** A role that nobody can ask for: whoever holds it can grant themselves everything else. */
export interface NeverRole {
  readonly id: string
  readonly name: string
  /** What people also call it. */
  readonly alsoCalled: readonly string[]
}

/**
 * Never to be asked for, whatever the catalogue says; its own list only adds to this one. Matched by id, because
 * Microsoft renames roles.
 * @see https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference
 */
export const neverDirectoryRoles: readonly NeverRole[] = [
  {
    id: '62e90394-69f5-4237-9190-012177145e10',
    name: 'Global Administrator',
    alsoCalled: ['global admin', 'company administrator', 'tenant admin', 'tenant administrator', 'globaladmin'],
  },
  {
    id: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
    name: 'Privileged Role Administrator',
    alsoCalled: ['privileged role admin', 'priv role admin'],
  },
  {
    id: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    name: 'Privileged Authentication Administrator',
    alsoCalled: ['privileged authentication admin', 'privileged auth admin', 'priv auth admin'],
  },
]

/** @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged */
export const neverAzureRoles: readonly NeverRole[] = [
  { id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', name: 'Owner', alsoCalled: ['owner role', 'subscription owner'] },
  {
    id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    name: 'User Access Administrator',
    alsoCalled: ['user access admin'],
  },
  {
    id: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    name: 'Role Based Access Control Administrator',
    alsoCalled: ['role based access control admin', 'rbac admin', 'rbac administrator'],
  },
]
