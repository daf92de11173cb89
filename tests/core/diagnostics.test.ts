/** The report that a desk hands over: how it is, and no word of anybody. */
import { expect, test } from 'vitest'
import { signedIn, startHub } from './ground.ts'

test('counts what is here and says what went wrong, without a name, an address, a message, a key or the hub', async () => {
  const hub = await startHub()
  const { page, profileDir } = await signedIn(hub.url, 'ann')
  await page.ask('mutate', {
    name: 'note.add',
    args: { id: 'n1', conversationId: 'c1', text: 'Tell Maria 玛丽亚', attachments: [], at: Date.now() },
  })
  await page.faultOf('attachmentRead', { itemId: 'c1-1', sha256: 'a'.repeat(64) })
  const report = await page.ask('diagnostics', {})
  expect(report.rows).toMatchObject({ conversation: 3, customer: 1, agent: 3 })
  expect(report.rows.item).toBeGreaterThanOrEqual(6)
  expect(report.sync.phase).toBe('live')
  expect(report.database.size).toBeGreaterThan(100_000)
  expect(report.troubles).toMatchObject([{ where: 'attachmentRead', kind: 'not-found' }])

  const text = JSON.stringify(report)
  const told = ['Maria', '玛丽亚', '@', 'parcel', '快递', 'Order', 'http', hub.url, profileDir, 'n1', 'c1']
  expect(told.filter(word => text.includes(word))).toEqual([])
})
