import fc from 'fast-check'
import { type Mood, moods } from './post-office.ts'
import { conversations, inboxes } from './workspace.ts'

/** What an agent does by hand. */
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
  'new-tag',
  'draft',
  'read',
  'release',
  'discard',
  'take-over',
  'send-again',
  'arrived',
  'edit-customer',
  'older',
  'merge',
  'unmerge',
  'send-later',
  'take-back',
  'other-time',
  'share',
  'take-pen',
  'unshare',
  'send-shared',
] as const
export type Act = (typeof acts)[number]

/** What can happen in a simulated team. Small numbers stand for the how-manieth desk or conversation. */
export type Step =
  | { do: 'act'; desk: number; what: Act; on: number; n: number }
  | { do: 'customer'; on: number }
  | { do: 'cut' | 'deafen' | 'mute' | 'mend' | 'restart'; desk: number }
  | { do: 'clock'; desk: number; by: number }
  | { do: 'kill-hub' | 'stop-hub' | 'start-hub' | 'back-up' | 'restore' | 'rest' }
  | { do: 'post'; mood: Mood }
  | { do: 'revoke'; desk: number; inbox: number }
  | { do: 'grant'; desk: number }
  | { do: 'purge'; inbox: number }
  | { do: 'pass'; milliseconds: number }

/** One run: its seed decides delays, clocks and chances; its steps what people and machines do. */
export interface Story {
  seed: number
  desks: number
  steps: Step[]
}

const desk = fc.nat(19)
/** Most happens around one conversation, so that several agents meet there. */
const on = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(5) })
const just = <T>(value: T): fc.Arbitrary<T> => fc.constant(value)
const some = <T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> => ({
  weight,
  arbitrary,
})
const plain = <T extends string>(weight: number, what: T) => some(weight, fc.record({ do: just(what) }))
const ofDesk = <T extends string>(weight: number, what: T) =>
  some(weight, fc.record({ do: just(what), desk }))

const step: fc.Arbitrary<Step> = fc.oneof(
  some(30, fc.record({ do: just('act' as const), desk, what: fc.constantFrom(...acts), on, n: fc.nat(3) })),
  some(10, fc.record({ do: just('act' as const), desk, what: just('reply' as const), on, n: fc.nat(3) })),
  some(8, fc.record({ do: just('customer' as const), on })),
  ofDesk(5, 'cut'),
  ofDesk(2, 'deafen'),
  ofDesk(2, 'mute'),
  ofDesk(6, 'mend'),
  ofDesk(4, 'restart'),
  some(
    1,
    fc.record({
      do: just('clock' as const),
      desk,
      by: fc.constantFrom(-3_600_000, -20_000, 20_000, 3_600_000),
    }),
  ),
  plain(3, 'kill-hub'),
  plain(1, 'stop-hub'),
  plain(3, 'start-hub'),
  plain(3, 'back-up'),
  plain(2, 'restore'),
  plain(1, 'rest'),
  some(4, fc.record({ do: just('post' as const), mood: fc.constantFrom(...moods) })),
  some(2, fc.record({ do: just('revoke' as const), desk, inbox: fc.nat(1) })),
  some(3, fc.record({ do: just('grant' as const), desk })),
  some(1, fc.record({ do: just('purge' as const), inbox: fc.nat(2) })),
  some(
    20,
    fc.record({
      do: just('pass' as const),
      milliseconds: fc.oneof(
        some(12, fc.constantFrom(5, 40, 200, 1_500)),
        some(2, fc.constantFrom(8_000, 20_000)),
        some(1, just(70_000)),
      ),
    }),
  ),
)

/** What is written together needs several in a row, in one conversation, to come to something. */
const together: fc.Arbitrary<Step> = fc.oneof(
  some(
    14,
    fc.record({
      ...{ do: just('act' as const), desk, on: just(0), n: fc.nat(3) },
      what: fc.constantFrom<Act[]>('share', 'take-pen', 'send-shared', 'draft', 'unshare', 'reply'),
    }),
  ),
  some(8, fc.record({ do: just('pass' as const), milliseconds: fc.constantFrom(5, 200, 1_500) })),
  ofDesk(3, 'cut'),
  ofDesk(4, 'mend'),
  ofDesk(1, 'restart'),
)

/** Few desks and few steps mostly, with a tail of large teams and long days. */
export const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.nat(0x7fffffff),
  desks: fc.oneof(
    some(70, fc.integer({ min: 2, max: 3 })),
    some(9, fc.integer({ min: 4, max: 6 })),
    some(1, fc.integer({ min: 7, max: 20 })),
  ),
  steps: fc.oneof(
    some(40, fc.array(step, { minLength: 2, maxLength: 14 })),
    some(8, fc.array(step, { minLength: 10, maxLength: 32 })),
    some(1, fc.array(step, { minLength: 40, maxLength: 120 })),
    some(
      6,
      // All have come to work.
      fc
        .array(together, { minLength: 6, maxLength: 30 })
        .map((steps): Step[] => [{ do: 'pass', milliseconds: 8_000 }, ...steps]),
    ),
  ),
})

export const conversationOf = (on: number): string => conversations[on % conversations.length]!
export const streamToPurge = (inbox: number): `inbox:${string}` | 'workspace' =>
  inbox < inboxes.length ? `inbox:${inboxes[inbox]!}` : 'workspace'
