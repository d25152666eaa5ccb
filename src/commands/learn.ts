import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { examplesFrom, readMessages } from '../learning/examples.ts'
import { learntFrom } from '../learning/regression.ts'
import { packed, writtenWeights } from '../ask/intent/weights.ts'
import { samplePeople } from '../demo/sample-people.ts'
import { mistakeLine } from '../entitlement/mistake.ts'
import { readCatalogue } from '../entitlement/read-catalogue.ts'

// `npm run learn`: after a change to the messages of src/learning/messages or to how messages are taken apart, learns
// anew which intent they have. The same messages always give the same file.

const read = await readCatalogue(resolve(import.meta.dirname, '../../sample/contoso/catalogue'))
if (!read.ok) throw new Error(`The sample's catalogue is not usable:\n${read.refusal.map(mistakeLine).join('\n')}`)
const messages = await readMessages()
const began = performance.now()
const examples = examplesFrom(messages, {
  catalogue: read.value,
  people: await samplePeople(),
  // Only what is said of time matters here, not which hour it is.
  now: new Date('2026-11-24T10:00:00Z'),
  zone: 'Europe/London',
})
const weights = learntFrom(examples)
await writeFile(new URL('../ask/intent/weights.z', import.meta.url), packed(writtenWeights(weights)))
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(`Learnt ${weights.rows.size} features from ${messages.length} messages in ${seconds} s`)
