import type { EmulatedTenant } from '../state/tenant-state.ts'
import type { ArmCaller } from './auth.ts'

/** A request to Resource Manager that was understood. */
export type ArmCall = {
  tenant: EmulatedTenant
  caller: ArmCaller
  method: string
  /** Where in Azure, empty for the tenant as a whole. */
  scope: string
  /** After the type: a name, what is done with it, a name in it. */
  names: readonly string[]
  filter: string | null
  body: unknown
}

export type ArmAnswer = { status: number; body?: unknown }
export type ArmHandler = (call: ArmCall) => ArmAnswer

const guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
export const assignedTo = new RegExp(`^assignedTo\\('(${guid})'\\)$`)
export const ofPrincipal = new RegExp(`^principalId eq '?(${guid})'?$`)
export const isGuid = (text: string): boolean => new RegExp(`^${guid}$`).test(text)
