import { wellFormed } from '../text.ts'

/** A person's text as PostgreSQL can keep it. A message must not be able to make its own recording fail. */
export const storable = wellFormed
