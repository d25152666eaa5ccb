import fc from 'fast-check'
import type { Trouble } from './steps.ts'

// What befalls the bot while somebody taps.

const holdsBack = { holdMs: 60_000 }
const filing = { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests$' }
const cancelling = { service: 'graph', method: 'POST', path: 'roleAssignmentScheduleRequests/[^/]+/cancel' }
const deciding = { service: 'graph', method: 'PATCH', path: 'roleAssignmentApprovals' }
const changing = [filing, cancelling, deciding]

const troubles: readonly Trouble[] = [
  { name: 'Graph answers 503 twice', faults: [{ service: 'graph', status: 503, times: 2 }] },
  { name: 'Graph answers 503 five times', faults: [{ service: 'graph', status: 503, times: 5 }] },
  { name: 'Graph asks to wait a second', faults: [{ service: 'graph', status: 429, retryAfter: 1, times: 2 }] },
  {
    name: 'Graph asks to wait longer than anybody sits through',
    faults: [{ service: 'graph', status: 429, retryAfter: 4, times: 1 }],
    goesOnMs: 4_000,
  },
  { name: 'changes of Entra answer 503', faults: changing.map((each) => ({ ...each, status: 503, times: 1 })) },
  {
    name: 'answers to changes of Entra are lost',
    faults: changing.map((each) => ({ ...each, dropAnswer: true, times: 1 })),
  },
  {
    name: 'Entra signs nobody in',
    faults: [{ service: 'entra', method: 'POST', status: 503, times: 2 }],
    harmless: true,
  },
  { name: 'the connector answers 503', faults: [{ service: 'connector', status: 503, times: 3 }] },
  { name: 'the connector asks to wait', faults: [{ service: 'connector', status: 429, retryAfter: 1, times: 2 }] },
  { name: 'an answer of the connector is lost', faults: [{ service: 'connector', dropAnswer: true, times: 1 }] },
  {
    name: 'the bot is killed inside the call',
    faults: changing.map((each) => ({ ...each, ...holdsBack })),
    dies: true,
  },
]
export const trouble = fc.option(fc.constantFrom(...troubles), { freq: 7, nil: undefined })
