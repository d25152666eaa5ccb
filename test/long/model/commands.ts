import fc from 'fast-check'
import { type Command, command, draws, nth, person, requester, role } from './draw.ts'
import { isOver, type Model, openLife } from './model.ts'
import * as portal from './portal-commands.ts'
import { askedNow, type Verb } from './rules.ts'
import { advance, ask, kill, start, submit, tap } from './steps.ts'
import { trouble } from './troubles.ts'

// What people may do in chat, what the clock and bad luck may, and how often each is drawn.

const open = ({ lives }: Model) => lives.filter(({ seen }) => !isOver(seen))
const waiting = ({ lives }: Model) => lives.filter(({ seen }) => seen === 'in-chat' || seen === 'filed')

const asks = fc.record({ requester, role, hours: fc.integer({ min: 1, max: 3 }), trouble }).map((drawn) =>
  command(
    'ask',
    () => true,
    (model, world) => ask(model, world, drawn.requester, drawn.role, drawn.hours, drawn.trouble),
  ),
)

/** Now and then a card that was open on another device while things went on. */
const older = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1)

/** What most people do: ask, and press Submit. */
const asksAndSubmits = fc.record({ requester, role, hours: fc.integer({ min: 1, max: 3 }) }).map((drawn) =>
  command(
    'ask and submit',
    (model) => model.alive && openLife(model, drawn.requester, drawn.role) === undefined && open(model).length < 12,
    async (model, world) => {
      await ask(model, world, drawn.requester, drawn.role, drawn.hours)
      const index = model.drafts.findIndex((each) => each.person === drawn.requester && each.role === drawn.role)
      if (index >= 0) await submit(model, world, index, undefined)
    },
  ),
)

const submits = fc.record({ draw: draws, by: fc.option(person, { freq: 6, nil: undefined }), trouble }).map((drawn) =>
  command(
    'submit',
    ({ drafts }) => drafts.length > 0,
    (model, world) => submit(model, world, drawn.draw, drawn.by, drawn.trouble),
  ),
)

const decides = fc
  .record({
    life: draws,
    who: draws,
    verb: fc.constantFrom<Verb[]>('approve', 'approve', 'approve', 'approve', 'deny'),
    trouble,
    older,
  })
  .map((drawn) =>
    command(
      'decide',
      (model) => waiting(model).length > 0,
      async (model, world) => {
        const life = nth(waiting(model), drawn.life)
        const by = life === undefined ? undefined : nth(askedNow(model, life), drawn.who)
        if (life !== undefined && by !== undefined) await tap(model, world, life, by, drawn.verb, drawn)
      },
    ),
  )

/** The next step of a request as its requester would take it. */
const usual: Readonly<Record<string, readonly Verb[]>> = {
  'in-chat': ['withdraw', 'check'],
  'ready-to-file': ['activate', 'activate', 'activate', 'withdraw'],
  filed: ['withdraw', 'check'],
  active: ['end', 'let-end', 'check'],
}
const onlyLooks: readonly Verb[] = ['check']
const goesOn = fc.record({ life: draws, verb: draws, trouble, older }).map((drawn) =>
  command(
    'go on',
    (model) => open(model).length > 0,
    async (model, world) => {
      const life = nth(open(model), drawn.life)
      const verb = life === undefined ? undefined : nth(usual[life.seen] ?? onlyLooks, drawn.verb)
      if (life !== undefined && verb !== undefined) await tap(model, world, life, life.person, verb, drawn)
    },
  ),
)
const activates = fc.record({ life: draws, trouble }).map((drawn) =>
  command(
    'activate',
    ({ lives }) => lives.some(({ seen }) => seen === 'ready-to-file'),
    async (model, world) => {
      const life = nth(
        model.lives.filter(({ seen }) => seen === 'ready-to-file'),
        drawn.life,
      )
      if (life !== undefined) await tap(model, world, life, life.person, 'activate', drawn)
    },
  ),
)

/** Anybody, anything, on any request, on a card of any age. */
const forges = fc
  .record({
    life: draws,
    by: person,
    verb: fc.constantFrom<Verb[]>('submit', 'activate', 'withdraw', 'end', 'let-end', 'check', 'approve', 'deny'),
    older: fc.constantFrom(0, 0, 0, 1, -1),
  })
  .map((drawn) =>
    command(
      'forge',
      ({ lives }) => lives.length > 0,
      async (model, world) => {
        const life = nth(model.lives, drawn.life)
        if (life !== undefined && life.revision - drawn.older >= 0)
          await tap(model, world, life, drawn.by, drawn.verb, drawn)
      },
    ),
  )

/** A tap that was right once is made again, with what the card carried then. */
const replays = fc.record({ draw: draws, verb: fc.constantFrom<Verb[]>('approve', 'deny') }).map((drawn) =>
  command(
    'replay',
    ({ asked }) => asked.size > 0,
    async (model, world) => {
      const was = nth([...model.asked.values()], drawn.draw)
      const life = model.lives.find(({ id }) => id === was?.life)
      if (was === undefined || life === undefined) return
      await tap(model, world, life, was.person, drawn.verb, { older: life.revision - Number(was.data['revision']) })
    },
  ),
)

const passes = fc
  .constantFrom('PT1M', 'PT3M', 'PT6M', 'PT17M', 'PT47M', 'PT2H5M', 'PT5H', 'PT13H', 'P1DT1H')
  .map((iso) =>
    command(
      'clock',
      () => true,
      (model, world) => advance(model, world, iso),
    ),
  )
const dies = fc.constant(null).map(() => command('kill', ({ alive }) => alive, kill))
const rises = fc.constant(null).map(() => command('start', ({ alive }) => !alive, start))

/** How often each is drawn, so that most requests get somewhere. */
const weights: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [14, asksAndSubmits],
  [3, asks],
  [4, submits],
  [20, decides],
  [10, goesOn],
  [8, activates],
  [7, forges],
  [4, replays],
  [4, portal.portalDecides],
  [1, portal.portalCancels],
  [2, portal.portalActivates],
  [3, portal.portalEnds],
  [1, portal.disables],
  [1, portal.loses],
  [1, portal.changesMembers],
  [2, portal.changesPolicy],
  [1, portal.changesLongest],
  [14, passes],
  [2, dies],
  // Only the dead can be started, so a death lasts a few steps.
  [45, rises],
]

export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  ...weights.map(([weight, arbitrary]) => ({ weight, arbitrary })),
)
