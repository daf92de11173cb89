import { beforeEach, describe, expect, it } from 'vitest'
import { back, forgetPlaces, forward, open, show, showCustomers, useView } from './view.ts'

const place = () => {
  const { customerId, conversationId } = useView.getState()
  return [customerId, conversationId]
}

describe('where the person is', () => {
  beforeEach(forgetPlaces)

  it('goes back and forward', () => {
    open({ customerId: 'a', conversationId: '1' })
    open({ customerId: 'b', conversationId: '2' })
    back()
    expect(place()).toEqual(['a', '1'])
    forward()
    expect(place()).toEqual(['b', '2'])
  })

  it('forgets the way forward when another way is taken', () => {
    open({ customerId: 'a' })
    open({ customerId: 'b' })
    back()
    open({ customerId: 'c' })
    forward()
    expect(place()).toEqual(['c', null])
    back()
    expect(place()).toEqual(['a', null])
  })

  it('makes no history of opening what is open, but brings the item into sight', () => {
    open({ customerId: 'a', conversationId: '1' })
    open({ customerId: 'a', conversationId: '1', itemId: 'i' })
    expect(useView.getState().itemId).toBe('i')
    expect(useView.getState().past).toEqual([])
  })

  it('remembers a bounded number of places', () => {
    for (let index = 0; index < 200; index++) open({ customerId: `c${index}` })
    expect(useView.getState().past).toHaveLength(50)
  })

  it('comes back from a customer to the list of customers, and from there to what was open', () => {
    const section = () => useView.getState().section
    open({ customerId: 'a', conversationId: '1' })
    showCustomers()
    open({ customerId: 'b' })
    expect([section(), ...place()]).toEqual(['inbox', 'b', null])
    back()
    expect([section(), ...place()]).toEqual(['customers', 'a', '1'])
    back()
    expect([section(), ...place()]).toEqual(['inbox', 'a', '1'])
    showCustomers()
    show('mine')
    expect([section(), ...place()]).toEqual(['inbox', 'a', '1'])
  })

  it('does nothing at either end', () => {
    back()
    forward()
    expect(place()).toEqual([null, null])
  })
})
