import { type Demo, startDemo, type Teammate } from '../journeys/demo.ts'

// How much each person has to do: counted while walking, not asserted. A walk that needs one tap more ends without a
// grant, and so without a figure.

/** What one person did. `signIns`: Entra's own page, which policy asks for; not counted as a tap. */
interface Deeds {
  messages: number
  taps: number
  signIns: number
}

/** Messages and taps per person, from words to a grant in the tenant. A first consent is not counted: the sample has given it. */
export async function measurePath(tell: (line: string) => void): Promise<object> {
  await using demo = await startDemo({}, true)
  tell('AI Administrator: one stage, decided in Entra')
  const plain = await walkPlain(demo)
  await demo.reset()
  tell('Application Administrator: the owner in chat, then security in Entra')
  const severe = await walkSevere(demo)
  return { ask: plain.ask, approve: plain.approve, severe: { ...severe.ask, approvals: severe.approvals } }
}

async function walkPlain(demo: Demo) {
  const [maya, priya] = [walker(demo.person('maya.okafor')), walker(demo.person('priya.raman'))]
  await maya.say('I need AI Administrator for 2 hours to rotate the connector keys, INC-48213')
  await maya.tap('Submit')
  await demo.settled()
  await priya.tap('Approve')
  await granted(demo, 'AI Administrator')
  return { ask: maya.deeds, approve: priya.deeds }
}

async function walkSevere(demo: Demo) {
  const [maya, priya] = [walker(demo.person('maya.okafor')), walker(demo.person('priya.raman'))]
  const jonas = walker(demo.person('jonas.weber'))
  await maya.say('I need Application Administrator for 1 hour to renew the SAML certificate, CHG-1201')
  await maya.tap('Submit')
  await demo.settled()
  await priya.tap('Approve')
  await demo.settled()
  await maya.tap('Send to Entra')
  await demo.settled()
  await jonas.tap('Approve')
  await granted(demo, 'Application Administrator')
  return { ask: maya.deeds, approvals: [priya.deeds, jonas.deeds] }
}

async function granted(demo: Demo, role: string): Promise<void> {
  await demo.settled()
  const active = await demo.tenant('activations')
  if (!active.some(({ person, entitlement }) => person === 'maya.okafor' && entitlement === role))
    throw new Error(`the walk ended without ${role} being active`)
}

/** Somebody whose every message, tap and sign-in is counted. */
function walker(person: Teammate) {
  const deeds: Deeds = { messages: 0, taps: 0, signIns: 0 }
  return {
    deeds,
    async say(text: string) {
      deeds.messages += 1
      await person.say(text)
    },
    /** Presses it on the newest card; a sign-in that is asked for continues the same tap. */
    async tap(title: string) {
      deeds.taps += 1
      const { signIn } = await person.tap(await person.card(), title)
      if (signIn === undefined) return
      deeds.signIns += 1
      await person.signIn(signIn)
    },
  }
}
