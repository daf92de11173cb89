import { expect, it } from 'vitest'
import { satisfactionOf } from './satisfaction.ts'

const rated = (score: number, at = 1) => ({ rating: { score, at, itemId: `i${at}` } })

it('is the average of what they said, the oldest first, and nothing where they said nothing', () => {
  expect(satisfactionOf([{}, rated(5, 3), rated(4, 1), rated(4, 2)])).toEqual({
    average: 4.3,
    ratings: [rated(4, 1).rating, rated(4, 2).rating, rated(5, 3).rating],
  })
  expect(satisfactionOf([{}, {}])).toBeNull()
})

it('is of the latest ten', () => {
  const years = Array.from({ length: 30 }, (_, at) => rated(at < 20 ? 1 : 5, at))
  expect(satisfactionOf(years)).toMatchObject({ average: 5, ratings: { length: 10 } })
})
