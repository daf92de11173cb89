import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folder, newId, note, openDesk, password, startHub } from './ground.ts'

/** A disk of so many megabytes; undefined where only an administrator may mount one. */
function smallDisk(megabytes: number): string | undefined {
  const dir = join(folder(), 'disk')
  mkdirSync(dir)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]))
  return dir
}

const canMount = process.platform === 'linux' && process.getuid?.() === 0

test.runIf(canMount)(
  'a full disk: the change is refused, nothing is half done, and work goes on when there is room',
  async () => {
    const dir = smallDisk(6)
    if (dir === undefined) throw new Error('an administrator could not mount a tmpfs')
    const hub = await startHub()
    const { page, close } = await openDesk(dir)
    await page.ask('signIn', { hubUrl: hub.url, email: 'ann@skein.example', password })
    await page.untilSync('live')
    const timeline = page.watch('timeline', { customerId: 'customer', limit: 500 })
    await page.until(() => timeline.rows.length === 6)

    const ballast = join(dir, 'ballast')
    const { bavail, bsize } = statfsSync(dir)
    writeFileSync(ballast, Buffer.alloc(bavail * bsize))
    let accepted = 0
    let fault: { kind: string; retryable: boolean } | undefined
    // What the write-ahead log has room for is still taken.
    while (!fault && accepted < 500)
      await page
        .ask('mutate', { name: 'note.add', args: note('c1', 'x'.repeat(20_000)) })
        .then(() => {
          accepted += 1
        })
        .catch(error => {
          fault = error
        })
    expect(fault).toMatchObject({ kind: 'disk-full', retryable: true })
    const upload = { name: 'a.bin', type: 'application/octet-stream', size: 1_000_000 }
    const { uploadId } = await page.ask('attachmentBegin', upload).catch(() => ({ uploadId: newId() }))
    expect(['disk-full', 'not-found']).toContain(
      (await page.faultOf('attachmentWrite', { uploadId, offset: 0, bytes: new Uint8Array(1_000_000) })).kind,
    )
    // It can still be read, and searched.
    const hits = page.watch('search', { text: 'parcel', inboxId: null, limit: 5 })
    await page.until(() => hits.rows.length > 0)

    rmSync(ballast)
    await page.ask('mutate', { name: 'note.add', args: note('c1', 'after') })
    await page.ask('retryNow', {})
    await page.drained()
    const items = await hub.store.olderItems('c1', 10_000, 10_000)
    expect(items.filter(row => row.type === 'item' && row.doc.kind === 'note')).toHaveLength(accepted + 1)
    await close()
  },
)
