// The two ways to open a desk from a checkout.
import type { RequestArgs } from '#shared/ipc/contract.ts'
import type { Result } from '#shared/protocol/fault.ts'
import { createClient, ensureSignedIn } from '../../electron/client.ts'
import { openPreviewDesk, type PreviewDesk } from '../../electron/preview/open.ts'
import { portPair } from '../../electron/preview/pair.ts'
import { ensureDesk, ensureRenderer, root } from './bundles.ts'
import { type Child, runChild } from './child.ts'

export interface DeskArguments {
  profile: string
  hub?: string | undefined
  port?: number | undefined
  keyFile?: string | undefined
}

const log = (line: string): void => void process.stderr.write(`${line}\n`)

/** As a preview for a browser of this machine. @param viteConfig serves the renderer's sources instead of the built one */
export const openPreview = (options: DeskArguments, viteConfig?: string): Promise<PreviewDesk> =>
  openPreviewDesk({
    profileDir: options.profile,
    renderer: viteConfig === undefined ? { folder: ensureRenderer() } : { viteConfig },
    hubUrl: options.hub,
    port: options.port,
    keyFile: options.keyFile,
    passphrase: process.env.SKEIN_PASSPHRASE,
    log,
  })

/** Signs the desk in once; afterwards its own session keeps it signed in. */
export const signIn = async (desk: PreviewDesk, account: RequestArgs<'signIn'>): Promise<Result<unknown>> => {
  const [ours, theirs] = portPair()
  const client = createClient(ours)
  desk.core.connect(theirs)
  const result = await ensureSignedIn(client, account)
  client.close()
  return result
}

/** In Electron. @param env may carry what only this desk should know */
export const openElectron = (
  electron: string,
  options: DeskArguments,
  env: NodeJS.ProcessEnv = process.env,
): Child => {
  ensureDesk()
  const hub = options.hub === undefined ? [] : ['--hub', options.hub]
  return runChild(electron, [root, '--profile', options.profile, ...hub], env)
}
