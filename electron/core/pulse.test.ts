import { expect, test } from 'vitest'
import type { Ground } from './ground.ts'
import { keepPulse, PULSE } from './pulse.ts'

/** A clock that the test moves, and one timer. */
function stage() {
  let now = 1_000_000
  let due: (() => void) | undefined
  const ground: Ground = {
    now: () => now,
    newId: () => 'id',
    random: () => 0,
    after(_milliseconds, run) {
      due = run
      return () => {
        due = undefined
      }
    },
    soon: run => run(),
  }
  const told: string[] = []
  const stop = keepPulse(
    ground,
    () => told.push('beat'),
    () => told.push('awake'),
  )
  return {
    told,
    stop,
    beats: () => due !== undefined,
    after(milliseconds: number) {
      now += milliseconds
      due?.()
    },
  }
}

test('it beats, and a slow machine is not a sleep', () => {
  const { told, after } = stage()
  after(PULSE)
  after(PULSE + 1500)
  expect(told).toEqual(['beat', 'beat'])
})

test('a night is noticed before the first beat after it, and only once', () => {
  const { told, after } = stage()
  after(8 * 3_600_000)
  after(PULSE)
  expect(told).toEqual(['awake', 'beat', 'beat'])
})

test('a clock that was set back is looked at like a sleep', () => {
  const { told, after } = stage()
  after(-3_600_000)
  expect(told).toEqual(['awake', 'beat'])
})

test('it ends', () => {
  const { stop, beats } = stage()
  stop()
  expect(beats()).toBe(false)
})
