import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder, openDesk } from './ground.ts'

test('S28: a replica that could not be opened is opened when somebody asks again, without a restart', async () => {
  const profileDir = folder()
  const inTheWay = join(profileDir, 'replica.db')
  mkdirSync(inTheWay)
  const { page } = await openDesk(profileDir)
  await page.until(() => page.state('desk')?.phase === 'refused')
  expect(page.state('desk')?.fault?.kind).toBe('disk-failed')
  // Still so: it says the same, and nothing breaks.
  await page.ask('retryNow', {})
  expect(page.state('desk')?.phase).toBe('refused')
  rmdirSync(inTheWay)
  await page.ask('retryNow', {})
  await page.until(() => page.state('desk')?.phase === 'signed-out')
})
