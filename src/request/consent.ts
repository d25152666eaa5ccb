/** Entra's words for an application that may not act for somebody yet: nobody consented, or only an administrator can. */
const consentErrors = /AADSTS(?:65001|65004|90093|90094|90095|900941|900981)(?!\d)/

/** The code by which an administrator finds what to consent to; undefined where consent is not what is missing. */
export function missingConsent(error: string, description = ''): string | undefined {
  const code = consentErrors.exec(`${error} ${description}`)?.[0]
  return code ?? (error === 'consent_required' ? error : undefined)
}
