import { expect, it } from 'vitest'
import { satisfactionOf } from './satisfaction.ts'

const rated = (score: number) => ({ rating: { score, at: 1, itemId: 'i' } })

it('is the average of what they said, and nothing where they said nothing', () => {
  expect(satisfactionOf([{}, rated(5), rated(4), rated(4)])).toEqual({ average: 4.3, count: 3 })
  expect(satisfactionOf([{}, {}])).toBeNull()
})
