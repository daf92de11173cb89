// The preview's database key. What it protects, honestly:
// - `SKEIN_PASSPHRASE`: the key lies beside the database, sealed; whoever has the disk needs the passphrase as well.
// - `--key-file`: whatever protects that file protects the database (a removable disk, a secret mount).
// - neither: the key is a 0600 file in the user's configuration folder, apart from the profile. A copied profile folder, its
//   backup or a lost disk with only the profile cannot be read; whoever can read the user's whole home folder can.
// Electron's desk keeps its key in the system's keychain instead (electron/shell/key.ts).
import { randomBytes, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { unwrapKey, WrappedKey, type WrappedKeyText, wrapKey } from '../key/passphrase.ts'
import { readIfThere, writePrivately } from '../key/private-file.ts'

const hexKey = z
  .string()
  .trim()
  .regex(/^[0-9a-f]{64}$/i)

export interface PreviewKeyOptions {
  profileDir: string
  keyFile?: string | undefined
  passphrase?: string | undefined
  /** Where the user's configuration lives; the platform's folder when left out. */
  configDir?: string | undefined
}

/** A sentence for the person who started the preview; the process ends with it. */
export class KeyProblem extends Error {}

/** @returns 32 bytes; @throws KeyProblem when the passphrase or the key file is not the right one */
export const previewKey = async (options: PreviewKeyOptions): Promise<Buffer> => {
  if (options.keyFile !== undefined) return keyIn(options.keyFile)
  if (options.passphrase !== undefined && options.passphrase !== '')
    return keyBehind(options, options.passphrase)
  if ((await readIfThere(wrappedFile(options.profileDir))) !== undefined)
    throw new KeyProblem('This profile is locked with a passphrase: set SKEIN_PASSPHRASE.')
  return keyIn(await plainFile(options))
}

const wrappedFile = (profileDir: string): string => join(profileDir, 'key.json')

const plainFile = async (options: PreviewKeyOptions): Promise<string> =>
  join(
    options.configDir ?? configDir(),
    'skein',
    'preview-keys',
    `${await profileId(options.profileDir)}.key`,
  )

const keyIn = async (path: string): Promise<Buffer> => {
  const text = await readIfThere(path)
  if (text === undefined) {
    const key = randomBytes(32)
    await writePrivately(path, `${key.toString('hex')}\n`)
    return key
  }
  const parsed = hexKey.safeParse(text)
  if (!parsed.success) throw new KeyProblem(`The key file ${path} must hold 64 hexadecimal digits.`)
  return Buffer.from(parsed.data, 'hex')
}

const keyBehind = async (options: PreviewKeyOptions, passphrase: string): Promise<Buffer> => {
  const path = wrappedFile(options.profileDir)
  const text = await readIfThere(path)
  if (text === undefined) {
    // A profile that had a plain key until now keeps its database: the same key is sealed, then the plain file goes.
    const plain = await plainFile(options)
    const key = await keyIn(plain)
    await writePrivately(path, JSON.stringify(await wrapKey(key, passphrase)))
    await rm(plain)
    return key
  }
  const wrapped: unknown = JSON.parse(text)
  const key = WrappedKey.safeParse(wrapped).success
    ? await unwrapKey(wrapped as WrappedKeyText, passphrase)
    : undefined
  if (key === undefined) throw new KeyProblem('SKEIN_PASSPHRASE does not open this profile.')
  return key
}

/** The key is found by a name inside the profile, so a profile that is moved or renamed still opens. */
const profileId = async (profileDir: string): Promise<string> => {
  const path = join(profileDir, 'profile.id')
  const known = z.uuid().safeParse((await readIfThere(path))?.trim())
  if (known.success) return known.data
  const id = randomUUID()
  await writePrivately(path, `${id}\n`)
  return id
}

const configDir = (): string => {
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return process.env.XDG_CONFIG_HOME || join(homedir(), '.config')
}
