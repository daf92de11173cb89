/** Segments on the way between desks (S1): the team's come to everybody, one's own to nobody else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { everybody, type Segment } from '#shared/model/segment.ts'
import { startCore } from '../../electron/core/start.ts'
import { Page } from '../core/page.ts'
import { password, startMemoryHub } from '../hub/memory-hub.ts'
import { people, seedPeople } from './team.ts'

async function openDesk(hubUrl: string, who: 'ann' | 'sue'): Promise<Page> {
  const profileDir = mkdtempSync(join(tmpdir(), 'skein-segments-'))
  const core = await startCore({
    profileDir,
    key: new Uint8Array(32).fill(9),
    device: { name: 'desk', platform: 'linux' },
  })
  const page = new Page(port => core.connect(port))
  onTestFinished(async () => {
    page.close()
    await core.close()
    rmSync(profileDir, { recursive: true, force: true })
  })
  await page.ask('signIn', { hubUrl, email: `${who}@skein.example`, password })
  await page.untilSync('live')
  return page
}

test('the team’s segment comes to a colleague with her own count, one’s own does not, and both go when they are deleted', async () => {
  const hub = await startMemoryHub({ seed: seedPeople(20), people })
  onTestFinished(() => hub.close())
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
