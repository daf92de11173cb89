// A desk in a process of its own, to be killed: writes notes without end and prints the id of each that was accepted.
import { writeSync } from 'node:fs'
import { startCore } from '../../electron/core/start.ts'
import { Page } from './page.ts'

const [profileDir = '', hubUrl = '', email = '', password = ''] = process.argv.slice(2)
const core = await startCore({
  profileDir,
  key: new Uint8Array(32).fill(9),
  device: { name: 'desk', platform: 'linux' },
})
const page = new Page(port => core.connect(port))
await page.until(() => page.state('desk') !== undefined)
if (page.state('desk')?.phase === 'signed-out') await page.ask('signIn', { hubUrl, email, password })
await page.until(() => ['live', 'catching-up'].includes(page.state('sync')?.phase ?? ''))
const conversation = page.watch('conversation', { id: 'c1' })
await page.until(() => conversation.rows.length === 1)
const run = process.pid
for (let made = 0; ; made += 1) {
  const id = `note-${run}-${made}`
  await page.ask('mutate', {
    name: 'note.add',
    args: { id, conversationId: 'c1', text: `note ${made}`, attachments: [], at: Date.now() },
  })
  // Unbuffered: what was printed was accepted before.
  writeSync(1, `${id}\n`)
}
