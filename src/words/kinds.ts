import type { Kind } from '../entitlement/kinds/kinds.ts'
import type { Sentence } from './language.ts'

/** What people call a kind of access, and the values that its targets have. */
export interface KindWords {
  /** Above its entries in a list. */
  readonly several: Sentence
  /** `name` before a value; `within`: after "it differs in". */
  /** While the service has granted it and does not show it in force yet; {@link switchingOn} where absent. */
  readonly activating?: Sentence
  readonly fields: Readonly<Record<string, { readonly name: Sentence; readonly within: Sentence }>>
  /** Who grants it, and where its rules are set, as commands name them to an administrator. */
  readonly kept: { readonly by: string; readonly settings: string }
}

const role = { name: { en: 'Role', de: 'Rolle' }, within: { en: 'the role', de: 'der Rolle' } }
const scope = { name: { en: 'Scope', de: 'Bereich' }, within: { en: 'the scope', de: 'dem Bereich' } }
const resource = { name: { en: 'Resource', de: 'Ressource' }, within: { en: 'the resource', de: 'der Ressource' } }
const exception: KindWords = {
  several: { en: 'Sandbox exceptions, from their owners', de: 'Sandbox-Ausnahmen, bei den zuständigen Personen' },
  fields: { resource },
  kept: { by: 'Azure', settings: "the resource's settings in Azure" },
}

/** Each kind by its name in the catalogue; one that is added here is known everywhere. */
export const kindWords = new Map<string, KindWords>(
  Object.entries({
    directoryRole: {
      several: { en: 'Entra roles', de: 'Entra-Rollen' },
      fields: { role, scope },
      kept: { by: 'Entra', settings: "the role's settings in Entra" },
    },
    group: {
      several: { en: 'Groups', de: 'Gruppen' },
      activating: {
        en: 'Entra is adding you to the group. It may take some minutes until everything honours it.',
        de: 'Entra nimmt dich in die Gruppe auf. Bis das überall gilt, kann es einige Minuten dauern.',
      },
      fields: {
        group: { name: { en: 'Group', de: 'Gruppe' }, within: { en: 'the group', de: 'der Gruppe' } },
        access: {
          name: { en: 'Access', de: 'Zugriff' },
          within: { en: 'membership or ownership', de: 'Mitgliedschaft oder Besitz' },
        },
      },
      kept: { by: 'Entra', settings: "the group's PIM settings in Entra" },
    },
    azureRole: {
      several: { en: 'Azure roles', de: 'Azure-Rollen' },
      activating: {
        en: 'Azure is switching it on. It may take up to ten minutes until everything honours it.',
        de: 'Azure aktiviert gerade. Bis das überall gilt, kann es bis zu zehn Minuten dauern.',
      },
      fields: { role, scope },
      kept: { by: 'Azure', settings: "the role's PIM settings on its resource" },
    },
    accessPackage: {
      several: { en: 'Access packages, in My Access', de: 'Zugriffspakete, in Mein Zugriff' },
      fields: {
        package: {
          name: { en: 'Access package', de: 'Zugriffspaket' },
          within: { en: 'the access package', de: 'dem Zugriffspaket' },
        },
        policy: { name: { en: 'Policy', de: 'Richtlinie' }, within: { en: 'the policy', de: 'der Richtlinie' } },
      },
      kept: { by: 'Entra', settings: "the package's policy in Entra" },
    },
    policyExemption: exception,
    outboundFqdn: exception,
    publicNetworkAccess: exception,
    ipAllow: exception,
    localAuth: exception,
    modelCapacity: exception,
    budgetRaise: exception,
    expiryExtension: exception,
  } satisfies Record<Kind, KindWords>),
)

const switchingOn: Sentence = { en: 'Entra is switching it on.', de: 'Entra aktiviert gerade.' }

/** What happens between the service's yes and what it grants being in force. */
export const activatingWords = (kind: string): Sentence => kindWords.get(kind)?.activating ?? switchingOn

const unnamed = {
  name: { en: 'What it is', de: 'Was es ist' },
  within: { en: 'what it asks for', de: 'dem, was angefordert wird' },
}

/** What a value of a target is called, of whichever kind. */
export const fieldWords = (field: string): KindWords['fields'][string] =>
  [...kindWords.values()].flatMap(({ fields }) => fields[field] ?? [])[0] ?? unnamed

/** Who grants a kind of access, and where its rules are set. */
export const keptOf = (kind: string): KindWords['kept'] =>
  kindWords.get(kind)?.kept ?? { by: 'the service', settings: 'its settings' }
