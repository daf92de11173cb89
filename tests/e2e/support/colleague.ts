import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MutationArgs, MutationName } from '#shared/mutations/index.ts'
import { type Core, startCore } from '../../../electron/core/start.ts'
import { Page } from '../../core/page.ts'
import { password } from './hub.ts'

/** A colleague at work: a real desk core in the test's own process, without a page to look at. */
export interface Colleague {
  page: Page
  /** Does it, and resolves when it is durable in the outbox. */
  do<N extends MutationName>(name: N, args: MutationArgs<N>): Promise<unknown>
  close(): Promise<void>
}

export async function colleague(hubUrl: string, email: string): Promise<Colleague> {
  const folder = await mkdtemp(join(tmpdir(), 'skein-colleague-'))
  const core: Core = await startCore({
    profileDir: folder,
    key: new Uint8Array(32).fill(7),
    device: { name: 'colleague', platform: 'linux' },
  })
  const page = new Page(port => core.connect(port))
  await page.ask('signIn', { hubUrl, email, password })
  await page.untilSync('live')
  return {
    page,
    do: (name, args) => page.ask('mutate', { name, args }),
    async close() {
      page.close()
      await core.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
