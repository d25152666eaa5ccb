import type { Verification } from './verify-journal.ts'

/** One line for the operator; English only, as every log and command. */
export function sayVerification(verification: Verification): string {
  if (!verification.ok) {
    const { finding } = verification
    return finding.in === 'journal'
      ? `bad event at position ${finding.position}, ${finding.stream} version ${finding.version}: ${finding.wrong}`
      : `bad checkpoint ${finding.checkpoint}: ${finding.wrong}`
  }
  const { events, streams, checkpoints, inFile } = verification
  const file = inFile === null ? 'no checkpoint file to compare with' : `${inFile} of them in the files`
  return `ok: ${events} events in ${streams} streams, ${checkpoints} checkpoints, ${file}`
}
