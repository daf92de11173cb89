import { beforeEach, expect, it } from 'vitest'
import { key } from '../model/row.ts'
import { everybody, type Segment } from '../model/segment.ts'
import { agentWith } from '../model/testing.ts'
import type { Context } from './mutation.ts'
import { RowsInMemory } from './rows-in-memory.ts'
import { removeSegment, saveSegment } from './segment.ts'

const ann = agentWith({ id: 'ann' })
const sue = agentWith({ id: 'sue', role: 'supervisor' })
const segment = (agentId: string | null, name = 'Dealers'): Segment => ({
  ...{ id: 's', name, where: everybody, agentId },
})

let rows: RowsInMemory
beforeEach(() => {
  rows = new RowsInMemory()
  rows.declare([key('segment', 's')])
})
const by = (agent: Context['agent']): Context => ({ at: 'hub', now: 1, agent, mutationId: 'm' })
const save = (of: Segment, agent: Context['agent']) => saveSegment.effect(rows, of, by(agent))
const remove = (agent: Context['agent']) => removeSegment.effect(rows, { id: 's' }, by(agent))
const refused = (code: string) => ({ kind: 'refused', code })

it('one’s own segment is made, renamed and removed by oneself alone', () => {
  expect(save(segment('ann'), ann)).toBeUndefined()
  expect(save(segment('ann', 'Mine'), ann)).toBeUndefined()
  expect(save(segment('ann', 'Hers'), sue)).toEqual(refused('forbidden'))
  expect(remove(sue)).toEqual(refused('forbidden'))
  expect(rows.get('segment', 's')?.name).toBe('Mine')
  expect(remove(ann)).toBeUndefined()
  expect(remove(ann)).toEqual(refused('not-found'))
})

it('the team’s are for those who lead it', () => {
  expect(save(segment(null), ann)).toEqual(refused('forbidden'))
  expect(save(segment(null), sue)).toBeUndefined()
  expect(save(segment(null, 'Ours'), ann)).toEqual(refused('forbidden'))
  expect(remove(ann)).toEqual(refused('forbidden'))
  expect(remove(sue)).toBeUndefined()
})

it('a segment does not go from one to the team or back: it would change its stream', () => {
  save(segment('sue'), sue)
  expect(save(segment(null), sue)).toEqual(refused('not-possible'))
})
