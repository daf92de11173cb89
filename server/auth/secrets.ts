/**
 * The key of the hub's secrets lives outside data folder and backups: in SKEIN_SECRET_KEY, or in a file of the user's
 * configuration folder, named by the workspace. From it come, by HKDF, one key for sealing settings and one for tokens.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Id } from '#shared/model/base.ts'

export interface Secrets {
  /** Encrypts for one purpose; the same purpose opens it, no other (AES-256-GCM). */
  seal(purpose: string, text: string): string
  open(purpose: string, sealed: string): string
  /** A keyed hash of some words for one purpose (HMAC-SHA-256, base64url): says that they are the same, and nothing else of them. */
  mark(purpose: string, text: string): string
  readonly tokenKey: Uint8Array
}

export function secretsFrom(key: Uint8Array): Secrets {
  const derive = (word: string) => new Uint8Array(hkdfSync('sha256', key, 'skein-hub', word, 32))
  const sealing = derive('settings')
  const marking = derive('marks')
  return {
    mark: (purpose, text) => createHmac('sha256', marking).update(`${purpose}\0${text}`).digest('base64url'),
    tokenKey: derive('access tokens'),
    seal(purpose, text) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `1.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed.replace(/^1\./, ''), 'base64url')
      const cipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
      cipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8')
    },
  }
}

/** Where the key of a workspace is kept when the environment does not bring it. */
export function secretKeyPath(workspaceId: Id, env: NodeJS.ProcessEnv = process.env): string {
  const folder =
    process.platform === 'win32'
      ? (env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'))
      : (env.XDG_CONFIG_HOME ?? join(env.HOME ?? homedir(), '.config'))
  return join(folder, 'skein-hub', `${workspaceId.replace(/[^\w-]/g, '_')}.key`)
}

/**
 * The workspace's key; null when there is none. `create` makes it, for a new workspace only: with a new key what was
 * sealed under the old one cannot be read any more.
 */
export async function loadSecretKey(
  workspaceId: Id,
  create: boolean,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Uint8Array | null> {
  const given = env.SKEIN_SECRET_KEY
  if (given) return keyOf(given)
  const path = secretKeyPath(workspaceId, env)
  try {
    return keyOf(await readFile(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || !create) return null
  }
  const key = randomBytes(32)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${key.toString('base64')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return key
}

/** 32 bytes, as base64 or hexadecimal. Null when it is anything else. */
function keyOf(text: string): Uint8Array | null {
  const word = text.trim()
  const bytes = /^[0-9a-f]{64}$/i.test(word) ? Buffer.from(word, 'hex') : Buffer.from(word, 'base64')
  return bytes.length === 32 ? bytes : null
}
