import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { folder, openDesk, password, startHub } from './ground.ts'

/** Runs a desk, lets it write so many notes, and kills it in the middle of whatever it does then. */
async function writeAndKill(profileDir: string, hubUrl: string, notes: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'desk-process.ts'), profileDir, hubUrl, 'ann@skein.example', password],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const accepted: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    accepted.push(line)
    if (accepted.length === notes) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return accepted
}

test('I1: a desk that is killed while it writes has lost nothing and sends nothing twice', async () => {
  const hub = await startHub()
  const profileDir = folder()
  const accepted: string[] = []
  for (const notes of [3, 17, 40]) accepted.push(...(await writeAndKill(profileDir, hub.url, notes)))

  const { page } = await openDesk(profileDir)
  await page.untilSync('live')
  await page.drained()
  const rows = await hub.store.olderItems('c1', 1_000_000, 1_000_000)
  const there = rows.map(({ id }) => id)
  expect(accepted.filter(id => !there.includes(id))).toEqual([])
  expect(new Set(there).size).toBe(there.length)
  expect(page.state('sync')?.refused).toBe(0)
  const seqs = rows.map(row => (row.type === 'item' ? row.doc.seq : 0)).toSorted((one, other) => one - other)
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
})
