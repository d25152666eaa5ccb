/** What Entra's approval and audit log get to read where the decider wrote nothing, in English as all that is stored; the request's id finds our journal. */
export const decidedInTeams = (request: string): string => `Decided in Teams with Latchkey, ${request}`
