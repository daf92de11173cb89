import { describe, expect, it } from 'vitest'
import type { SyncState } from '#shared/ipc/states.ts'
import { conditionOf, needingLook, toneOf } from './describe.ts'

const sync = (change: Partial<SyncState>): SyncState => ({
  phase: 'live',
  lastContactAt: 1,
  currentAt: 1,
  offlineSince: null,
  retryAt: null,
  progress: null,
  waiting: 0,
  held: 0,
  refused: 0,
  uncertain: 0,
  failed: 0,
  locksAt: null,
  fault: null,
  ...change,
})

describe('the condition a person is told', () => {
  it('is synced only when live and nothing waits', () => {
    expect(conditionOf(sync({}), 'synced')).toBe('synced')
    expect(conditionOf(sync({ waiting: 1 }), 'synced')).toBe('sending')
    expect(conditionOf(sync({ phase: 'catching-up' }), 'synced')).toBe('syncing')
  })
  it('is starting while there is no core', () => {
    expect(conditionOf(null, 'synced')).toBe('starting')
  })
  it('stays offline during an attempt, but is not offline at the very first one', () => {
    const attempt = sync({ phase: 'connecting', offlineSince: 5 })
    expect(conditionOf(attempt, 'starting')).toBe('connecting')
    expect(conditionOf(attempt, 'offline')).toBe('offline')
    expect(conditionOf(attempt, 'blocked')).toBe('blocked')
  })
  it('is loud only when it must be', () => {
    expect(toneOf('offline')).toBe('warn')
    expect(toneOf('blocked')).toBe('bad')
    expect(toneOf('syncing')).toBe('quiet')
  })
  it('counts what wants a look', () => {
    expect(needingLook(sync({ held: 1, refused: 2, uncertain: 3, waiting: 9 }))).toBe(6)
    expect(needingLook(null)).toBe(0)
  })
})
