// The replica's key at rest (security baseline). In the system's keychain through safeStorage; where Linux has no keychain,
// safeStorage would fall back to "basic_text", a password everybody knows: that is refused, and a passphrase seals the key.
//
// <userData>/key.json   {"kind":"keychain","v":1,"sealed":base64}  or  {"kind":"passphrase","v":1, scrypt and AES-GCM parts}
// <userData>/profile/   the replica and its attachments, encrypted with that key
import { randomBytes } from 'node:crypto'
import { rename } from 'node:fs/promises'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { unwrapKey, WrappedKey, type WrappedKeyText, wrapKey } from '../key/passphrase.ts'
import { readIfThere, writePrivately } from '../key/private-file.ts'

export interface KeyDeps {
  safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >
  platform: NodeJS.Platform
  file: string
}

/**
 * What opening gives: the 32 bytes; a keychain that sealed the key but is not running now (nothing is touched, a person decides);
 * or the need to ask for a passphrase, a new one or the one set before.
 */
export type KeyState =
  | { state: 'open'; key: Buffer; lost: boolean }
  | { state: 'unavailable' }
  | { state: 'choose'; unlock(passphrase: string): Promise<Buffer | undefined> }
  | { state: 'ask'; unlock(passphrase: string): Promise<Buffer | undefined> }

const KeychainFile = z.object({ kind: z.literal('keychain'), v: z.literal(1), sealed: z.base64() })
const KeyFile = z.union([KeychainFile, WrappedKey])

export const shortestPassphrase = 10

/**
 * Opens the key, or makes one at the first start.
 * `lost` is true when a keychain no longer opens what it sealed (reset, another user): the old file is set aside, the key is
 * new, and the core sets the unreadable replica aside in turn (S28).
 */
export const openKey = async (deps: KeyDeps): Promise<KeyState> => {
  const text = await readIfThere(deps.file)
  if (text === undefined) return firstKey(deps, false)
  const file = KeyFile.safeParse(parseJson(text))
  if (file.success && file.data.kind === 'passphrase') {
    const wrapped = parseJson(text) as WrappedKeyText
    return { state: 'ask', unlock: passphrase => unwrapKey(wrapped, passphrase) }
  }
  if (file.success && !hasKeychain(deps)) return { state: 'unavailable' }
  const key = file.success && file.data.kind === 'keychain' ? unseal(deps, file.data.sealed) : undefined
  if (key !== undefined) return { state: 'open', key, lost: false }
  await rename(deps.file, `${deps.file}.unreadable-${Date.now()}`)
  return firstKey(deps, true)
}

const firstKey = async (deps: KeyDeps, lost: boolean): Promise<KeyState> => {
  const key = randomBytes(32)
  if (hasKeychain(deps)) {
    const sealed = deps.safeStorage.encryptString(key.toString('base64')).toString('base64')
    await writePrivately(deps.file, JSON.stringify({ kind: 'keychain', v: 1, sealed }))
    return { state: 'open', key, lost }
  }
  const unlock = async (passphrase: string): Promise<Buffer | undefined> => {
    if (passphrase.length < shortestPassphrase) return undefined
    await writePrivately(deps.file, JSON.stringify(await wrapKey(key, passphrase)))
    return key
  }
  return { state: 'choose', unlock }
}

const hasKeychain = ({ safeStorage, platform }: KeyDeps): boolean => {
  if (!safeStorage.isEncryptionAvailable()) return false
  if (platform !== 'linux') return true
  const backend = safeStorage.getSelectedStorageBackend()
  return backend !== 'basic_text' && backend !== 'unknown'
}

const unseal = (deps: KeyDeps, sealed: string): Buffer | undefined => {
  try {
    const key = Buffer.from(deps.safeStorage.decryptString(Buffer.from(sealed, 'base64')), 'base64')
    return key.length === 32 ? key : undefined
  } catch {
    return undefined
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
