/** Something wrong in the catalogue's files: where it stands, what is wrong, and what to write instead. */
export interface Mistake {
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  readonly problem: string
  readonly mend: string
}

/** `directory-roles.yaml:12: "tier" is "hihg" → write one of low, medium, high, severe` */
export const mistakeLine = ({ file, line, problem, mend }: Mistake): string => `${file}:${line}: ${problem} → ${mend}`

export const byPlace = (a: Mistake, b: Mistake): number =>
  a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1
