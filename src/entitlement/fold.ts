/** A name as it is compared: whatever its case, and however its words are joined. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_]+/g, '')
