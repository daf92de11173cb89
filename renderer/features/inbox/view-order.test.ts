import { describe, expect, it } from 'vitest'
import type { SavedView } from '#shared/model/saved-view.ts'
import { arrange, moved, shifted, type ViewOrder, veiled } from './view-order.ts'

const saved = (id: string): SavedView => ({
  id,
  name: id,
  agentId: null,
  where: { match: 'all', conditions: [] },
})
const keys = (views: readonly SavedView[], order?: ViewOrder) => {
  const { shown, hidden } = arrange(views, order)
  return [shown.map(({ key }) => key).join(' '), hidden.map(({ key }) => key).join(' ')]
}
const usual = 'mine unassigned open waiting snoozed closed held mentioned'

describe('the order of views', () => {
  it('is the usual one until somebody changes it, with their own after it', () => {
    expect(keys([saved('a'), saved('b')])).toEqual([`${usual} a b`, ''])
  })

  it('has a view where it was put, and at the end', () => {
    const views = [saved('a')]
    const first = moved(arrange(views), 'a', 'mine')
    expect(keys(views, first)).toEqual([`a ${usual}`, ''])
    expect(keys(views, moved(arrange(views, first), 'a', null))).toEqual([`${usual} a`, ''])
  })

  it('has a view one place further up or down, over those that are hidden, and no further than the ends', () => {
    const without = arrange([], veiled(arrange([]), 'unassigned', true))
    expect(keys([], shifted(without, 'open', -1))[0]).toBe('open mine waiting snoozed closed held mentioned')
    expect(keys([], shifted(without, 'mine', 1))[0]).toBe('open mine waiting snoozed closed held mentioned')
    expect(keys([], shifted(without, 'mine', -1))[0]).toBe('mine open waiting snoozed closed held mentioned')
    expect(keys([], shifted(without, 'mentioned', 1))[0]).toBe(
      'mine open waiting snoozed closed held mentioned',
    )
  })

  it('stays as it is where a view is put before itself or before one that is gone', () => {
    const views = [saved('a')]
    expect(keys(views, moved(arrange(views), 'mine', 'mine'))).toEqual([`${usual} a`, ''])
    expect(keys(views, moved(arrange(views), 'a', 'gone'))).toEqual([`${usual} a`, ''])
  })

  it('leaves out what is hidden, and has it where it was when it is shown again', () => {
    const without = veiled(arrange([]), 'open', true)
    expect(keys([], without)).toEqual(['mine unassigned waiting snoozed closed held mentioned', 'open'])
    const again = veiled(arrange([], without), 'open', false)
    expect(arrange([], again).hidden).toEqual([])
    expect(keys([], again)).toEqual([usual, ''])
  })

  it('takes in a view that was made since, after the neighbour it usually has, and forgets one that is gone', () => {
    const first = moved(arrange([saved('a')]), 'a', 'mine')
    expect(keys([saved('a'), saved('b')], first)).toEqual([`a b ${usual}`, ''])
    expect(keys([saved('b')], first)[0]).not.toContain('a b')
  })

  it('knows every view once, whatever stands in it', () => {
    const odd: ViewOrder = { order: ['open', 'open', 'nothing', 'mine'], hidden: ['nothing', 'held'] }
    const { all, shown, hidden } = arrange([saved('a')], odd)
    expect(all.map(({ key }) => key).sort()).toEqual([...usual.split(' '), 'a'].sort())
    expect([...shown, ...hidden]).toHaveLength(9)
  })
})
