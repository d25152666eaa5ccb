import type { Seed } from './seed.ts'

type Named = { user: string } | { group: string } | { manager: number }

/** Every name in the seed that nothing in it bears, as sentences; names repeated where they must be unique count too. */
export function danglingNames(seed: Seed): string[] {
  const problems: string[] = []
  const people = unique(
    'person',
    seed.people.map(({ id }) => id),
  )
  const groups = unique(
    'group',
    seed.groups.map(({ name }) => name),
  )
  unique('object id', [...seed.people.map(({ objectId }) => objectId), ...seed.groups.map(({ id }) => id)])
  const contexts = new Set(seed.authenticationContexts.map(({ id }) => id))
  const catalogs = new Set(seed.accessPackageCatalogs.map(({ name }) => name))
  const resourceGroups = seed.azure.subscriptions.flatMap((subscription) => subscription.resourceGroups)
  const scopes = new Set(
    [...seed.azure.subscriptions, ...resourceGroups, ...seed.azure.resources].map(({ name }) => name),
  )

  for (const { id, manager } of seed.people) if (manager !== null) expect(people, manager, `the manager of ${id}`)
  for (const group of seed.groups) {
    for (const member of group.members) expect(people, member, `a member of ${group.name}`)
    for (const owner of group.owners) expect(people, owner, `an owner of ${group.name}`)
    for (const nested of group.memberGroups) expect(groups, nested, `a group in ${group.name}`)
  }
  for (const role of seed.directoryRoles) guarded(role.role, role.activation, [...role.eligible, ...role.active])
  for (const role of seed.pimGroups) {
    expect(groups, role.group, 'a group guarded by PIM')
    guarded(role.group, role.activation, role.eligible)
  }
  for (const role of seed.azure.roles) {
    expect(scopes, role.scope, `the scope of ${role.role}`)
    guarded(`${role.role} on ${role.scope}`, role.activation, role.eligible)
  }
  for (const { name, resourceGroup } of seed.azure.resources)
    expect(new Set(resourceGroups.map((group) => group.name)), resourceGroup, `the resource group of ${name}`)
  for (const { name, scope } of [...seed.azure.policyAssignments, ...seed.azure.budgets])
    expect(scopes, scope, `the scope of ${name}`)
  for (const { subscription, usageName } of seed.azure.quotas)
    expect(scopes, subscription, `the subscription of ${usageName}`)
  for (const offered of seed.accessPackages) {
    expect(catalogs, offered.catalog, `the catalog of ${offered.name}`)
    for (const { group } of offered.contains) expect(groups, group, `a group in ${offered.name}`)
    const policies = new Set(offered.policies.map(({ name }) => name))
    for (const { user, policy } of offered.assignments) {
      expect(people, user, `a holder of ${offered.name}`)
      expect(policies, policy, `the policy under which ${user} holds ${offered.name}`)
    }
    for (const { specificAllowedTargets = [], stages } of offered.policies) {
      subjects(specificAllowedTargets, offered.name)
      for (const stage of stages) subjects([...stage.approvers, ...stage.fallback, ...stage.alternates], offered.name)
    }
  }
  return problems

  function unique(what: string, names: readonly string[]): Set<string> {
    const seen = new Set<string>()
    for (const name of names) {
      if (seen.has(name)) problems.push(`${what} ${name} appears twice`)
      seen.add(name)
    }
    return seen
  }

  function expect(known: ReadonlySet<string>, name: string, as: string) {
    if (!known.has(name)) problems.push(`${name}, named as ${as}`)
  }

  function subjects(named: readonly Named[], where: string) {
    for (const subject of named) {
      if ('user' in subject) expect(people, subject.user, `somebody in ${where}`)
      if ('group' in subject) expect(groups, subject.group, `a group in ${where}`)
    }
  }

  function guarded(name: string, activation: Seed['directoryRoles'][number]['activation'], holders: readonly Named[]) {
    subjects(holders, name)
    if (activation.approval !== 'none') subjects(activation.approval.approvers, name)
    if (activation.authenticationContext !== undefined)
      expect(contexts, activation.authenticationContext, `the authentication context of ${name}`)
  }
}
