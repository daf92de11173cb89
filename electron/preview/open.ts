// The whole desk in one process of plain Node: key, core, page. Used by `npm start`, `npm run desk` and `npm run dev`.
import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { type Core, startCore } from '../core/start.ts'
import { type Preview, type PreviewOptions, startPreview } from './host.ts'
import { previewKey } from './key.ts'

export interface DeskOptions {
  profileDir: string
  renderer: PreviewOptions['renderer']
  hubUrl?: string | undefined
  port?: number | undefined
  keyFile?: string | undefined
  passphrase?: string | undefined
  log(line: string): void
}

export interface PreviewDesk extends Preview {
  core: Core
}

/** @throws KeyProblem, or an error when the port is taken */
export const openPreviewDesk = async (options: DeskOptions): Promise<PreviewDesk> => {
  const profileDir = resolve(options.profileDir)
  await mkdir(profileDir, { recursive: true, mode: 0o700 })
  const key = await previewKey({ profileDir, keyFile: options.keyFile, passphrase: options.passphrase })
  const core = await startCore({
    profileDir,
    key,
    device: { name: hostname(), platform: process.platform },
    log: options.log,
    ...(options.hubUrl === undefined ? {} : { hubUrl: options.hubUrl }),
  })
  const preview = await startPreview({
    connect: port => core.connect(port),
    renderer: options.renderer,
    port: options.port ?? 0,
  })
  return {
    ...preview,
    core,
    async close() {
      await preview.close()
      await core.close()
    },
  }
}
