/**
 * A person's text as PostgreSQL can keep it: U+0000, which it refuses, and halves of surrogate pairs, which UTF-8
 * cannot carry, become U+FFFD. A message must not be able to make its own recording fail.
 */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD')
