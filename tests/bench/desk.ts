/** A real desk core on disk with one page, in this process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Core, type CoreOptions, startCore } from '../../electron/core/start.ts'
import { Page } from '../core/page.ts'
import { replicaKey } from './fill.ts'
import { password } from './hub.ts'

export interface BenchDesk {
  core: Core
  page: Page
  profileDir: string
  signIn(hubUrl: string, agent: number): Promise<void>
  close(): Promise<void>
}

export async function openDesk(options: Partial<CoreOptions> = {}): Promise<BenchDesk> {
  const profileDir = mkdtempSync(join(tmpdir(), 'skein-bench-desk-'))
  const core = await startCore({
    profileDir,
    key: replicaKey,
    device: { name: 'bench', platform: 'bench' },
    ...options,
  })
  const page = new Page(port => core.connect(port))
  return {
    core,
    page,
    profileDir,
    async signIn(hubUrl, agent) {
      await page.ask('signIn', { hubUrl, email: `agent${agent}@example.com`, password })
    },
    async close() {
      page.close()
      await core.close()
      rmSync(profileDir, { recursive: true, force: true })
    },
  }
}
