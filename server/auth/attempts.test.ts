import { describe, expect, test } from 'vitest'
import { attemptLimiter } from './attempts.ts'

function setting() {
  const clock = { now: 1_000_000 }
  const limiter = attemptLimiter(() => clock.now)
  const wrong = (email: string, address: string) =>
    limiter.begin(email, address) || limiter.waitAfter(email, address)
  return { clock, limiter, wrong }
}

describe('slowing down guesses', () => {
  test('the fifth wrong word asks to wait, and each further one for longer', () => {
    const { clock, wrong } = setting()
    const waits = []
    for (let attempt = 0; attempt < 8; attempt++) {
      const wait = wrong('a', '1')
      waits.push(wait)
      clock.now += wait * 1000
    }
    expect(waits).toEqual([0, 0, 0, 0, 60, 120, 240, 480])
  })

  test('nobody locks out a colleague by guessing at their account from elsewhere', () => {
    const { limiter, wrong } = setting()
    for (let attempt = 0; attempt < 9; attempt++) wrong('a', 'attacker')
    expect(limiter.begin('a', 'office')).toBe(0)
  })

  test('guessing at many accounts from one address is slowed down, too', () => {
    const { wrong } = setting()
    const waits = Array.from({ length: 51 }, (_, index) => wrong(`account ${index}`, '1'))
    expect(waits.slice(0, 49)).toEqual(Array.from({ length: 49 }, () => 0))
    expect(waits[50]).toBeGreaterThan(0)
  })

  test('attempts at the same moment gain nothing, and the right word forgives what was wrong', () => {
    const { limiter } = setting()
    expect(Array.from({ length: 6 }, () => limiter.begin('a', '1'))).toEqual([0, 0, 0, 0, 0, 60])
    limiter.right('a', '1')
    expect(limiter.begin('a', '1')).toBe(0)
  })
})
