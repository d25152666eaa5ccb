/** Hosts at which Microsoft runs the connector for Teams: worldwide, GCC, GCC High. */
export const teamsServiceHosts: readonly string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
]

/**
 * Whether the bot may send its own bearer token there: https, and exactly one of the hosts (`host` or `host:port`).
 * Asked of what arrives and again of every stored address, since a row can be older than the list.
 */
export function isOurConnector(serviceUrl: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(serviceUrl)) return false
  const { protocol, username, password, host } = new URL(serviceUrl)
  return protocol === 'https:' && username === '' && password === '' && hosts.includes(host)
}
