/** What Entra's approval and audit log get to read where the decider wrote nothing; the request's id finds our journal. */
export const decidedInTeams = (request: string): string => `Decided in Teams with Latchkey, ${request}`
