import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Attribute } from '../model/attribute.ts'
import type { Customer } from '../model/customer.ts'
import { agentWith, customerWith } from '../model/testing.ts'
import type { Workspace } from '../model/workspace.ts'
import { type MutationArgs, type MutationName, mutationNamed } from './index.ts'
import type { Verdict } from './mutation.ts'
import { RowsInMemory } from './rows-in-memory.ts'

const seats: Attribute = { id: 'seats', kind: 'number', label: { en: 'Seats', zh: '' }, min: 1, max: 500 }
const workspace: Workspace = {
  ...{ id: 'w', name: 'W', lockAfterDays: 14, windowDays: 90 },
  attributes: [seats, { id: 'plan', kind: 'text', label: { en: 'Plan', zh: '' } }],
}
let rows: RowsInMemory
beforeEach(() => {
  rows = new RowsInMemory()
  rows.docs.set('customer:li', customerWith({ id: 'li', name: '李雷', company: 'Ling', note: 'a\nb\nc' }))
  rows.docs.set('workspace:w', workspace)
  rows.docs.set('tag:vip', { id: 'vip', name: 'vip' })
})

let n = 0
function run<N extends MutationName>(by: string, name: N, args: MutationArgs<N>): Verdict {
  const mutation = mutationNamed(name)!
  const mutationId = `m${++n}`
  rows.declare(mutation.reads(args, { agentId: by, mutationId }))
  const agent = agentWith({ id: by, name: by })
  return mutation.effect(rows, mutation.args.parse(args), { at: 'hub', now: n, agent, mutationId })
}
const li = (): Customer => rows.docs.get('customer:li') as Customer

describe('an edit of a profile', () => {
  it('of one field leaves another’s alone, whatever its author had seen of them', () => {
    run('ann', 'customer.edit', { id: 'li', set: { company: 'Ling AG' }, seen: { company: 'Ling' } })
    run('bo', 'customer.edit', { id: 'li', set: { tier: 'VIP' }, seen: { tier: '' } })
    expect(li()).toMatchObject({ company: 'Ling AG', tier: 'VIP' })
    expect(li().edited).toMatchObject({ company: { agentId: 'ann' }, tier: { agentId: 'bo' } })
  })

  it('of a field that became something else unseen is refused, and says whose stands', () => {
    run('ann', 'customer.edit', { id: 'li', set: { company: 'Ling AG' }, seen: { company: 'Ling' } })
    const late = { id: 'li', set: { company: 'Ling GmbH' }, seen: { company: 'Ling' } }
    expect(run('bo', 'customer.edit', late)).toEqual({
      ...{ kind: 'refused', code: 'changed' },
      params: { field: 'company', agentId: 'ann' },
    })
    expect(li().company).toBe('Ling AG')
    run('bo', 'customer.edit', { ...late, seen: { company: 'Ling AG' } })
    expect(li().company).toBe('Ling GmbH')
  })

  it('to what it is already, by whomever, is done', () => {
    run('ann', 'customer.edit', { id: 'li', set: { company: 'X' }, seen: { company: 'Ling' } })
    expect(
      run('bo', 'customer.edit', { id: 'li', set: { company: 'X' }, seen: { company: 'Ling' } }),
    ).toBeUndefined()
  })

  it('of an older desk, which does not say what it saw, replaces as ever', () => {
    run('ann', 'customer.edit', { id: 'li', set: { company: 'X' } })
    expect(run('bo', 'customer.edit', { id: 'li', set: { company: 'Y' } })).toBeUndefined()
    expect(li().company).toBe('Y')
  })

  it('of the note is joined with what a colleague wrote', () => {
    run('ann', 'customer.edit', { id: 'li', set: { note: 'A\nb\nc' }, seen: { note: 'a\nb\nc' } })
    run('bo', 'customer.edit', { id: 'li', set: { note: 'a\nb\nc\nd' }, seen: { note: 'a\nb\nc' } })
    expect(li().note).toBe('A\nb\nc\nd')
  })

  it('in any order of two desks loses no word: it stands, it is in the note, or its author is told', () => {
    const edit = fc.record({
      by: fc.constantFrom('ann', 'bo'),
      field: fc.constantFrom('company', 'note', 'tier'),
      behind: fc.nat(2),
    })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), edits => {
        let past = [customerWith({ id: 'li' })]
        rows.docs.set('customer:li', past[0])
        for (const [at, { by, field, behind }] of edits.entries()) {
          const name = field as 'company' | 'note' | 'tier'
          const before = li()
          const seen = past.at(-1 - behind) ?? past[0]!
          const text = `word${at}`
          const mine = name === 'note' && seen.note !== '' ? `${seen.note}\n${text}` : text
          const verdict = run(by, 'customer.edit', {
            id: 'li',
            set: { [name]: mine },
            seen: { [name]: seen[name] },
          })
          if (verdict) {
            expect(verdict).toMatchObject({ code: 'changed', params: { field: name } })
            expect(li()).toEqual(before)
          } else {
            expect(li()[name].split('\n')).toContain(text)
            if (name === 'note')
              for (const line of before.note.split('\n').filter(Boolean))
                expect(li().note.split('\n')).toContain(line)
            else expect(before[name]).toBe(seen[name])
          }
          past = [...past, li()]
        }
      }),
    )
  })
})

describe('an attribute', () => {
  const set = (value: string | number | null, seen?: string | number | null, attributeId = 'seats') =>
    run('ann', 'customer.attribute', {
      ...{ id: 'li', workspaceId: 'w', attributeId, value },
      ...(seen === undefined ? {} : { seen }),
    })

  it('is set, seen, and taken away', () => {
    expect(set(40, null)).toBeUndefined()
    expect(li().attributes).toEqual({ seats: 40 })
    expect(set(41, null)).toMatchObject({ code: 'changed', params: { field: 'seats', agentId: 'ann' } })
    expect(set(null, 40)).toBeUndefined()
    expect(li().attributes).toEqual({})
  })

  it('takes only what fits, and says why not', () => {
    expect(set(501)).toMatchObject({ code: 'wrong-value', params: { problem: 'too-large', limit: '500' } })
    expect(set('many')).toMatchObject({ code: 'wrong-value', params: { problem: 'not-a-number' } })
    expect(set('x', undefined, 'nothing')).toMatchObject({ code: 'not-found' })
    expect(li().attributes).toBeUndefined()
  })

  it('that is archived takes none, and keeps what is there', () => {
    set(40)
    run('ann', 'attribute.change', { workspaceId: 'w', id: 'seats', set: { archived: true } })
    expect(set(41)).toMatchObject({ code: 'not-possible' })
    expect(li().attributes).toEqual({ seats: 40 })
  })
})

describe('the attributes of a workspace', () => {
  const ids = () => (rows.docs.get('workspace:w') as Workspace).attributes!.map(({ id }) => id)
  const at = { workspaceId: 'w' }

  it('are for administrators to define', () => {
    for (const name of ['attribute.add', 'attribute.change', 'attribute.option', 'attribute.move'])
      expect(mutationNamed(name)!.roles).toEqual(['administrator'])
  })

  it('are added, named anew, ordered and archived', () => {
    const renewal: Attribute = { id: 'renewal', kind: 'date', label: { en: 'Renewal', zh: '' } }
    run('ann', 'attribute.add', { ...at, attribute: renewal })
    expect(run('bo', 'attribute.add', { ...at, attribute: renewal })).toMatchObject({ code: 'exists' })
    run('ann', 'attribute.move', { ...at, id: 'renewal', before: 'seats' })
    expect(ids()).toEqual(['renewal', 'seats', 'plan'])
    run('ann', 'attribute.move', { ...at, id: 'seats', before: 'seats' })
    run('ann', 'attribute.move', { ...at, id: 'renewal', before: null })
    expect(ids()).toEqual(['seats', 'plan', 'renewal'])
    run('ann', 'attribute.change', { ...at, id: 'plan', set: { label: { en: '', zh: '套餐' } } })
    expect((rows.docs.get('workspace:w') as Workspace).attributes![1]).toMatchObject({
      label: { zh: '套餐' },
    })
  })

  it('two options given at once are both there; one is known by its id', () => {
    const plan: Attribute = { id: 'level', kind: 'choice', label: { en: 'Level', zh: '' }, options: [] }
    run('ann', 'attribute.add', { ...at, attribute: plan })
    run('ann', 'attribute.option', { ...at, id: 'level', option: { id: 'a', name: 'Gold' } })
    run('bo', 'attribute.option', { ...at, id: 'level', option: { id: 'b', name: 'Silver' } })
    run('ann', 'customer.attribute', { ...at, id: 'li', attributeId: 'level', value: 'a' })
    run('bo', 'attribute.option', { ...at, id: 'level', option: { id: 'a', name: 'Golden' } })
    const { options } = (rows.docs.get('workspace:w') as Workspace).attributes!.at(-1)!
    expect(options).toEqual([
      { id: 'a', name: 'Golden' },
      { id: 'b', name: 'Silver' },
    ])
    expect(li().attributes).toEqual({ level: 'a' })
  })
})

it('a customer is tagged once and untagged', () => {
  run('ann', 'customer.tag', { id: 'li', tagId: 'vip' })
  run('bo', 'customer.tag', { id: 'li', tagId: 'vip' })
  expect(li().tagIds).toEqual(['vip'])
  expect(run('bo', 'customer.tag', { id: 'li', tagId: 'none' })).toMatchObject({ code: 'not-found' })
  run('bo', 'customer.untag', { id: 'li', tagId: 'vip' })
  expect(li().tagIds).toEqual([])
})

it('a consent says how, by whom it was noted and when by the hub, and can be taken back', () => {
  run('ann', 'customer.consent', { id: 'li', way: 'phone', state: 'refused', how: 'said so on the phone' })
  expect(li().consents).toEqual({
    phone: { state: 'refused', how: 'said so on the phone', at: n, agentId: 'ann' },
  })
  run('ann', 'customer.consent', { id: 'li', way: 'phone', state: 'unknown', how: '' })
  expect(li().consents).toEqual({})
})
