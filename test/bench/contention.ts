import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Answer, dataOf, type Demo, type Message, startDemo, type Teammate, wordsOf } from '../journeys/demo.ts'

// Many decide at once, on two replicas with one memory. What came of it is counted in the tenant's own log of changes
// and in the answers that people got, and nowhere else.

const role = 'AI Administrator'
const owners = Array.from({ length: 32 }, (_, index) => `board-${String(index + 1).padStart(2, '0')}`)

interface Counted {
  readonly taps: number
  /** Taps that were answered with something to read. */
  readonly answered: number
  /** Of Entra's approval, by the tenant's log. */
  readonly decisions: number
  readonly activations: number
}

export async function measureContention(tell: (line: string) => void): Promise<object> {
  const catalogue = await catalogueWithOwners()
  try {
    await using demo = await startDemo({ LATCHKEY_DEMO_BOTS: '2', LATCHKEY_CATALOGUE: catalogue })
    const figures: Record<string, Counted> = {}
    for (const many of [2, 8, 32]) {
      tell(`${many} approvers at once`)
      figures[many] = await rush(demo, owners.slice(0, many))
    }
    tell('one approver, eight times at once')
    figures['sameHand'] = await rush(
      demo,
      Array.from({ length: 8 }, () => owners[0] ?? ''),
    )
    tell('a replica dies after Entra took the decision and before it wrote that down')
    figures['deathBetween'] = await deathBetween(demo)
    return figures
  } finally {
    await rm(catalogue, { recursive: true, force: true })
  }
}

/** The sample catalogue, with 32 members of the review board as the role's owners. */
async function catalogueWithOwners(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
  await cp(resolve(import.meta.dirname, '../../sample/contoso/catalogue'), folder, { recursive: true })
  const file = join(folder, 'directory-roles.yaml')
  const sample = await readFile(file, 'utf8')
  await writeFile(file, sample.replace('owners: [priya.raman]', `owners: [${owners.join(', ')}]`))
  return folder
}

interface Asked {
  readonly approver: Teammate
  readonly card: Message
}

/** A request that waits in Entra, and the card that each of these people has of it. */
async function asked(demo: Demo, approvers: readonly string[]): Promise<readonly Asked[]> {
  await demo.reset()
  await demo.portal({ do: 'setPolicy', entitlement: role, approval: { approvers: owners.map((user) => ({ user })) } })
  const maya = demo.person('maya.okafor')
  const form = await maya.say(`I need ${role} for 2 hours to rotate the connector keys, INC-48213`)
  await maya.tap(form, 'Submit')
  await demo.settled()
  return Promise.all(
    approvers.map(async (id) => {
      const approver = demo.person(id)
      return { approver, card: await approver.card() }
    }),
  )
}

const approve = ({ approver, card }: Asked): Promise<Answer> =>
  approver.press(card, { verb: 'approve', data: dataOf(card.card, 'approve') })

async function rush(demo: Demo, approvers: readonly string[]): Promise<Counted> {
  const cards = await asked(demo, approvers)
  const answers = await Promise.all(cards.map(approve))
  await demo.settled()
  return count(demo, answers)
}

/**
 * The first tap reaches Entra and its replica is killed before the answer comes back; meanwhile and afterwards others
 * tap, and then the first once more. Where Teams' patience ends before the replica does, the tap that died with it has
 * been answered as under way; otherwise it stays unanswered, and is counted as that.
 */
async function deathBetween(demo: Demo): Promise<Counted> {
  const [first, ...others] = await asked(demo, owners.slice(0, 8))
  if (first === undefined) throw new Error('nobody was asked')
  // Alone, so that it is known in whose hands the tap is.
  await bot(demo, 2, 'term')
  await demo.faults([{ service: 'graph', method: 'PATCH', path: 'roleAssignmentApprovals', holdMs: 60_000 }])
  const cut = approve(first)
  await demo.effectShown('approve')
  await bot(demo, 2, 'start')
  const during = await Promise.all(others.slice(0, 3).map(approve))
  await bot(demo, 1, 'kill')
  const lost = await cut
  await demo.faults([])
  const afterwards = await Promise.all([...others.slice(3), first].map(approve))
  await demo.advance('PT25S')
  const counted = await count(demo, [lost, ...during, ...afterwards])
  await bot(demo, 1, 'start')
  return counted
}

async function bot(demo: Demo, n: 1 | 2, order: 'kill' | 'term' | 'start'): Promise<void> {
  const { status, body } = await demo.call('POST', `/api/processes/bot/${n}`, { do: order })
  if (status !== 200) throw new Error(`bot ${n} did not ${order}: ${JSON.stringify(body)}`)
}

async function count(demo: Demo, answers: readonly Answer[]): Promise<Counted> {
  const answered = answers.filter((each) => each.http === 200 && each.error === undefined && wordsOf(each.value) !== '')
  return {
    taps: answers.length,
    answered: answered.length,
    decisions: (await demo.effects('approve')).length,
    activations: (await demo.effects('provisioned')).length,
  }
}
