import fc from 'fast-check'

/** What can happen in a simulated team. Small numbers stand for the how-manieth desk or conversation. */
export type Step =
  | { do: 'act'; desk: number; what: Act; on: number; n: number }
  | { do: 'customer'; on: number }
  | { do: 'cut'; desk: number }
  | { do: 'restore'; desk: number }
  | { do: 'restart'; desk: number }
  | { do: 'hub-crash' }
  | { do: 'hub-start' }
  | { do: 'revoke'; desk: number; inbox: number }
  | { do: 'grant'; desk: number }
  | { do: 'pass'; milliseconds: number }

export const acts = [
  'reply',
  'note',
  'claim',
  'assign',
  'close',
  'reopen',
  'snooze',
  'tag',
  'untag',
  'draft',
  'read',
  'release',
  'discard',
  'edit-customer',
] as const
export type Act = (typeof acts)[number]

/** One run: its seed decides delays, clocks and chances; its steps what people and machines do. */
export interface Story {
  seed: number
  desks: number
  steps: Step[]
}

const desk = fc.nat(3)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      desk,
      what: fc.constantFrom(...acts),
      on: fc.nat(5),
      n: fc.nat(3),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('customer' as const), on: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), desk }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restore' as const), desk }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const), desk }) },
  { weight: 1, arbitrary: fc.constant({ do: 'hub-crash' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'hub-start' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), desk, inbox: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('grant' as const), desk }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      milliseconds: fc.constantFrom(5, 40, 200, 1500, 20_000, 400_000),
    }),
  },
)

export const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.nat(0x7fffffff),
  desks: fc.integer({ min: 2, max: 4 }),
  steps: fc.array(step, { minLength: 4, maxLength: 60 }),
})

/** A story in lines a person can read. */
export const told = ({ seed, desks, steps }: Story): string =>
  [
    `seed ${seed}, ${desks} desks`,
    ...steps.map(({ do: what, ...rest }) => `  ${what} ${JSON.stringify(rest)}`),
  ].join('\n')
