import type { Person } from './people-and-groups.ts'

/** Whom a validated bearer token speaks for. */
export type Caller =
  | { kind: 'app'; who: string; appId: string; permissions: readonly string[] }
  | {
      kind: 'delegated'
      who: string
      appId: string
      permissions: readonly string[]
      person: Person
      methods: readonly string[]
      contexts: readonly string[]
    }

export type DelegatedCaller = Extract<Caller, { kind: 'delegated' }>
