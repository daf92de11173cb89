import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type KeyDeps, type KeyState, openKey } from './key.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skein-key-'))
  file = join(folder, 'key.json')
})
afterEach(() => rm(folder, { recursive: true }))

interface Keychain {
  available?: boolean
  backend?: ReturnType<KeyDeps['safeStorage']['getSelectedStorageBackend']>
  /** A reset keychain no longer opens what it sealed. */
  reset?: boolean
}

const deps = ({ available = true, backend = 'gnome_libsecret', reset = false }: Keychain = {}): KeyDeps => ({
  file,
  platform: 'linux',
  safeStorage: {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: text => Buffer.from(`sealed${[...text].reverse().join('')}`),
    decryptString: sealed => {
      if (reset)
        throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
      return [...sealed.toString().slice(6)].reverse().join('')
    },
  },
})

const opened = (state: KeyState): Buffer => {
  if (state.state !== 'open') throw new Error(`the key is ${state.state}`)
  return state.key
}

describe('with a keychain', () => {
  test('the key is made once, sealed, for its owner only, and opens again', async () => {
    const key = opened(await openKey(deps()))
    expect(key).toHaveLength(32)
    expect(opened(await openKey(deps()))).toEqual(key)
    const text = await readFile(file, 'utf8')
    for (const form of ['hex', 'base64'] as const) expect(text).not.toContain(key.toString(form))
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('one that was reset means a new key; the old file is set aside, never deleted (S28)', async () => {
    const key = opened(await openKey(deps()))
    const state = await openKey(deps({ reset: true }))
    expect(state).toMatchObject({ state: 'open', lost: true })
    expect(opened(state)).not.toEqual(key)
    expect((await readdir(folder)).filter(name => name.startsWith('key.json.unreadable-'))).toHaveLength(1)
  })

  test.each(['', '{', '{"kind":"keychain","v":2,"sealed":""}', 'null'])(
    'a damaged key file (%j) is set aside, not a crash',
    async text => {
      await writeFile(file, text)
      expect(await openKey(deps())).toMatchObject({ state: 'open', lost: true })
    },
  )

  test.each<[string, Keychain]>([
    ['locked', { available: false }],
    ['not running, so that Chromium fell back to basic_text', { backend: 'basic_text' }],
  ])('one that is %s leaves the file alone: a person decides', async (_how, keychain) => {
    await openKey(deps())
    const before = await readFile(file, 'utf8')
    expect(await openKey(deps(keychain))).toEqual({ state: 'unavailable' })
    expect(await readFile(file, 'utf8')).toBe(before)
  })
})

describe('without a keychain', () => {
  const none: Keychain = { backend: 'basic_text' }
  const choose = async (passphrase: string): Promise<Buffer | undefined> => {
    const state = await openKey(deps(none))
    if (state.state !== 'choose') throw new Error(`the key is ${state.state}`)
    return state.unlock(passphrase)
  }
  const enter = async (passphrase: string): Promise<Buffer | undefined> => {
    const state = await openKey(deps(none))
    if (state.state !== 'ask') throw new Error(`the key is ${state.state}`)
    return state.unlock(passphrase)
  }

  test.each(['basic_text', 'unknown'] as const)(
    '%s is refused: a passphrase is asked for and nothing is written before',
    async backend => {
      expect((await openKey(deps({ backend }))).state).toBe('choose')
      expect(await readdir(folder)).toEqual([])
    },
  )

  test('a passphrase seals the key: the same opens it, another does not and changes nothing', async () => {
    const key = await choose('海阔凭鱼跃天高任鸟飞')
    expect(key).toHaveLength(32)
    const before = await readFile(file, 'utf8')
    expect(before).not.toContain(key!.toString('base64'))
    expect(await enter('海阔凭鱼跃天高任鸟')).toBeUndefined()
    expect(await readFile(file, 'utf8')).toBe(before)
    expect(await enter('海阔凭鱼跃天高任鸟飞')).toEqual(key)
  })

  test('a short passphrase is refused before anything is written', async () => {
    expect(await choose('short')).toBeUndefined()
    expect(await readdir(folder)).toEqual([])
  })

  test('a file that asks for more memory than a key needs is set aside', async () => {
    await choose('long enough now')
    const doctored = { ...(JSON.parse(await readFile(file, 'utf8')) as object), N: 2 ** 30 }
    await writeFile(file, JSON.stringify(doctored))
    expect((await openKey(deps(none))).state).toBe('choose')
  })
})
