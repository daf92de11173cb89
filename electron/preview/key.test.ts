import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeyProblem, previewKey } from './key.ts'

let home: string
let profileDir: string
let configDir: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'skein-key-'))
  profileDir = join(home, 'profile')
  configDir = join(home, 'config')
})
afterEach(() => rm(home, { recursive: true }))

test('without a word the key lies outside the profile, for its owner only, and is found again', async () => {
  const key = await previewKey({ profileDir, configDir })
  expect(key).toHaveLength(32)
  expect(await previewKey({ profileDir, configDir })).toEqual(key)
  const folder = join(configDir, 'skein', 'preview-keys')
  const [name] = await readdir(folder)
  if (process.platform !== 'win32') expect((await stat(join(folder, name!))).mode & 0o777).toBe(0o600)
  for (const file of await readdir(profileDir))
    expect(await readFile(join(profileDir, file), 'latin1')).not.toContain(key.toString('hex'))
})

test('a profile that is moved keeps its key, another profile has another', async () => {
  const key = await previewKey({ profileDir, configDir })
  await rename(profileDir, join(home, 'moved'))
  expect(await previewKey({ profileDir: join(home, 'moved'), configDir })).toEqual(key)
  expect(await previewKey({ profileDir, configDir })).not.toEqual(key)
})

test('a passphrase seals the key; a wrong one and none are refused in a sentence', async () => {
  const key = await previewKey({ profileDir, configDir, passphrase: 'correct horse' })
  expect(await previewKey({ profileDir, configDir, passphrase: 'correct horse' })).toEqual(key)
  await expect(previewKey({ profileDir, configDir, passphrase: 'wrong' })).rejects.toThrow(KeyProblem)
  await expect(previewKey({ profileDir, configDir })).rejects.toThrow('SKEIN_PASSPHRASE')
})

test('a passphrase given later seals the same key and removes the plain one', async () => {
  const key = await previewKey({ profileDir, configDir })
  expect(await previewKey({ profileDir, configDir, passphrase: '口令很长' })).toEqual(key)
  expect(await readdir(join(configDir, 'skein', 'preview-keys'))).toEqual([])
})

test('a key file is made, used again, and refused when it is something else', async () => {
  const keyFile = join(home, 'my.key')
  const key = await previewKey({ profileDir, keyFile })
  expect(await previewKey({ profileDir, keyFile })).toEqual(key)
  await writeFile(keyFile, 'not a key')
  await expect(previewKey({ profileDir, keyFile })).rejects.toThrow('64 hexadecimal digits')
})
