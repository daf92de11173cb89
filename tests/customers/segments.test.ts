/** Segments on the way between desks (S1): the team's come to everybody, one's own to nobody else. */
import { expect, test } from 'vitest'
import { everybody, type Segment } from '#shared/model/segment.ts'
import { signedIn, startHub } from '../core/ground.ts'
import { people, seedPeople } from './team.ts'

const openDesk = async (hubUrl: string, who: 'ann' | 'sue') => (await signedIn(hubUrl, who)).page

test('the team’s segment comes to a colleague with her own count, one’s own does not, and both go when they are deleted', async () => {
  const hub = await startHub({ seed: seedPeople(20), people })
  const [sue, ann] = [await openDesk(hub.url, 'sue'), await openDesk(hub.url, 'ann')]
  const seen = ann.watch('segments', {})
  const where = {
    match: 'all' as const,
    conditions: [{ field: 'tier', operator: 'is' as const, values: ['dealer'] }],
  }
  const own: Segment = { id: 'own', name: 'Sue’s', where: everybody, agentId: 'sue' }
  const team: Segment = { id: 'team', name: 'Dealers', where, agentId: null }
  for (const args of [own, team]) await sue.ask('mutate', { name: 'segment.save', args })
  await ann.until(() => seen.rows.length > 0)
  expect(seen.rows).toEqual([team])
  const count = ann.watch('customerCount', { filter: { where, text: '' } })
  await ann.until(() => count.ready)
  expect(count.rows[0]?.count).toBe(5)

  // What is typed is not trusted: an agent may not change the team's.
  const fault = await ann.faultOf('mutate', { name: 'segment.save', args: { ...team, name: 'Ann’s' } })
  expect(fault.params).toMatchObject({ code: 'forbidden' })
  await sue.ask('mutate', { name: 'segment.remove', args: { id: 'team' } })
  await ann.until(() => seen.rows.length === 0)
})
