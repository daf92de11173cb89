import { describe, expect, it } from 'vitest'
import { laterChoices } from './choices.ts'

/** Thursday, by the clock of whatever machine this is. */
const at = (hour: number, minute = 0, days = 0): number =>
  new Date(2026, 10, 19 + days, hour, minute).getTime()

describe('times to send at', () => {
  const names = (now: number, zone = '') => laterChoices(now, zone).map(({ name }) => name)

  it('are in order and each only once', () => {
    expect(laterChoices(at(10), '')).toEqual([
      { name: 'in-an-hour', at: at(11) },
      { name: 'this-afternoon', at: at(14) },
      { name: 'tomorrow', at: at(9, 0, 1) },
      { name: 'next-workday', at: at(9, 0, 4) },
    ])
    // On a Sunday tomorrow is the next working day.
    expect(names(at(20, 0, 3))).toEqual(['in-an-hour', 'tomorrow'])
  })

  it('have no afternoon that has begun or is nearly there', () => {
    expect(names(at(13, 30))).not.toContain('this-afternoon')
  })

  it('are whole minutes, never sooner than they say', () => {
    expect(laterChoices(at(10) + 1, '')[0]?.at).toBe(at(11, 1))
  })

  it('know the morning where the customer is, over a change of clocks there, and no zone that is none', () => {
    const saturday = Date.UTC(2026, 2, 28, 12) // Berlin puts its clocks forward that night
    const theirs = laterChoices(saturday, 'Europe/Berlin').find(({ name }) => name === 'their-morning')
    const local = laterChoices(saturday, '').map(choice => choice.at)
    const morning = Date.UTC(2026, 2, 29, 7)
    expect(theirs?.at ?? local.find(each => each === morning)).toBe(morning)
    expect(names(saturday, 'Nowhere/Land')).not.toContain('their-morning')
  })
})
