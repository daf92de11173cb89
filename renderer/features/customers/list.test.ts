import { beforeEach, describe, expect, it } from 'vitest'
import { chosenOf, isChosen } from '../../store/chosen.ts'
import { choose, chooseAll, find, forgetList, orderBy, useList } from './list.ts'

const chosen = () => useList.getState().chosen
const order = () => [useList.getState().order, useList.getState().reversed]

describe('who is chosen', () => {
  beforeEach(forgetList)

  it('are those who were named, until they are named again', () => {
    choose(['a', 'b', 'c'])
    choose(['b'], true)
    expect(['a', 'b', 'c', 'd'].filter(id => isChosen(chosen(), id))).toEqual(['a', 'c'])
    expect(chosenOf(chosen(), 100)).toBe(2)
  })

  it('are all but those who were taken out, however many there are', () => {
    chooseAll()
    choose(['b', 'c'], true)
    choose(['c'])
    expect(['a', 'b', 'c', 'd'].filter(id => isChosen(chosen(), id))).toEqual(['a', 'c', 'd'])
    expect(chosenOf(chosen(), 100)).toBe(99)
  })

  it('are nobody in another list', () => {
    chooseAll()
    find('ann')
    expect(chosenOf(chosen(), 100)).toBe(0)
  })
})

it('the same order again is the other way round, another one begins in its own way', () => {
  forgetList()
  orderBy('name')
  expect(order()).toEqual(['name', false])
  orderBy('name')
  expect(order()).toEqual(['name', true])
  orderBy('since')
  expect(order()).toEqual(['since', false])
})
