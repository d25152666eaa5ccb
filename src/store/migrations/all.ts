import type { Migration } from 'kysely/migration'
import { memory } from './0001-memory.ts'
import { signIns } from './0002-sign-ins.ts'
import { replicas } from './0003-replicas.ts'
import { looks } from './0004-looks.ts'
import { questionCards } from './0005-question-cards.ts'
import { dialogue } from './0006-dialogue.ts'
import { outboxLanes } from './0008-outbox-lanes.ts'
import { retentionOfRows } from './0009-retention.ts'
import { whoIsAsked } from './0010-who-is-asked.ts'
import { draftInputs } from './0011-draft-inputs.ts'

/** In order, forward only; a name never changes once a release carried it. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-memory': memory,
  '0002-sign-ins': signIns,
  '0003-replicas': replicas,
  '0004-looks': looks,
  '0005-question-cards': questionCards,
  '0006-dialogue': dialogue,
  '0008-outbox-lanes': outboxLanes,
  '0009-retention': retentionOfRows,
  '0010-who-is-asked': whoIsAsked,
  '0011-draft-inputs': draftInputs,
}
