import { expect, it } from 'vitest'
import { read, valuesOf } from './form-values.ts'

const filled = { ...valuesOf(null), name: ' Refund ', shortcut: '/rf', text: 'Hello' }

it('reads what was typed, and what is there already comes out as it went in', () => {
  const whole = {
    ...filled,
    ...{
      language: 'zh' as const,
      tagIds: ['t'],
      assign: 'me',
      priority: 'high' as const,
      after: 'snooze' as const,
      snooze: 240,
    },
    families: ['email' as const],
    whose: 'team' as const,
  }
  const result = read(whole, 'm', 'ann')
  if (!('macro' in result)) throw new Error('refused')
  const { macro } = result
  expect(macro).toMatchObject({ id: 'm', name: 'Refund', shortcut: 'rf', agentId: null, families: ['email'] })
  expect(macro.actions).toEqual({ tagIds: ['t'], assign: 'me', priority: 'high', snooze: 240 })
  expect(read(valuesOf(macro), 'm', 'ann')).toEqual({ macro })
})

it('says what is wrong: no name, a shortcut of two words, nothing to say or do', () => {
  expect(read({ ...filled, name: ' ' }, 'm', 'ann')).toEqual({ wrong: 'name-wrong' })
  expect(read({ ...filled, shortcut: 'a b' }, 'm', 'ann')).toEqual({ wrong: 'shortcut-wrong' })
  expect(read({ ...filled, text: ' ' }, 'm', 'ann')).toEqual({ wrong: 'says-nothing' })
  expect(read({ ...filled, text: '', after: 'close' }, 'm', 'ann')).toMatchObject({
    macro: { actions: { close: true }, agentId: 'ann' },
  })
})

it('all channels are none in particular', () =>
  expect(read({ ...filled, families: ['email', 'chat', 'phone', 'social'] }, 'm', 'ann')).toMatchObject({
    macro: { families: [] },
  }))
