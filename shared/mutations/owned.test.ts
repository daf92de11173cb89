import { beforeEach, describe, expect, it } from 'vitest'
import { Macro } from '../model/macro.ts'
import { type Doc, key } from '../model/row.ts'
import { everybody } from '../model/segment.ts'
import { agentWith } from '../model/testing.ts'
import { mutationNamed } from './index.ts'
import type { Context } from './mutation.ts'
import { type Owned, removing, saving } from './owned.ts'
import { RowsInMemory } from './rows-in-memory.ts'

const ann = agentWith({ id: 'ann' })
const sue = agentWith({ id: 'sue', role: 'supervisor' })
const make: Record<Owned, (agentId: string | null, name?: string) => Doc<Owned>> = {
  segment: (agentId, name = 'Dealers') => ({ id: 's', name, where: everybody, agentId }),
  savedView: (agentId, name = 'Mine, urgent') => ({ id: 's', name, where: everybody, agentId }),
  macro: (agentId, name = 'Refund') => ({
    ...{ id: 's', name, agentId, shortcut: '', folder: '', language: '', families: [] },
    ...{ text: 'Hello', actions: {} },
  }),
}

describe.each(['segment', 'macro', 'savedView'] as const)('a %s', type => {
  let rows: RowsInMemory
  beforeEach(() => {
    rows = new RowsInMemory()
    rows.declare([key(type, 's')])
  })
  const owned = make[type]
  const by = (agent: Context['agent']): Context => ({ at: 'hub', now: 1, agent, mutationId: 'm' })
  const save = (of: Doc<Owned>, agent: Context['agent']) =>
    saving(type).effect(rows, of as Doc<typeof type>, by(agent))
  const remove = (agent: Context['agent']) => removing(type).effect(rows, { id: 's' }, by(agent))
  const refused = (code: string) => ({ kind: 'refused', code })

  it('of one’s own is made, renamed and removed by oneself alone', () => {
    expect(save(owned('ann'), ann)).toBeUndefined()
    expect(save(owned('ann', 'Mine'), ann)).toBeUndefined()
    expect(save(owned('ann', 'Hers'), sue)).toEqual(refused('forbidden'))
    expect(remove(sue)).toEqual(refused('forbidden'))
    expect(rows.get(type, 's')?.name).toBe('Mine')
    expect(remove(ann)).toBeUndefined()
    expect(remove(ann)).toEqual(refused('not-found'))
  })

  it('of the team is for those who lead it', () => {
    expect(save(owned(null), ann)).toEqual(refused('forbidden'))
    expect(save(owned(null), sue)).toBeUndefined()
    expect(save(owned(null, 'Ours'), ann)).toEqual(refused('forbidden'))
    expect(remove(ann)).toEqual(refused('forbidden'))
    expect(remove(sue)).toBeUndefined()
  })

  it('does not go from one to the team or back: it would change its stream', () => {
    save(owned('sue'), sue)
    expect(save(owned(null), sue)).toEqual(refused('not-possible'))
  })
})

it('a macro says or does something, and its shortcut is one word', () => {
  const { args } = mutationNamed('macro.save')!
  const macro = { ...make.macro(null), text: '' }
  expect(args.safeParse(macro).success).toBe(false)
  expect(args.safeParse({ ...macro, actions: { close: true } }).success).toBe(true)
  expect(Macro.safeParse({ ...macro, shortcut: 'two words' }).success).toBe(false)
})
