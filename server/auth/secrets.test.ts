import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadSecretKey, secretKeyPath, secretsFrom } from './secrets.ts'

let folder: string
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skein-secrets-'))
  env = { XDG_CONFIG_HOME: folder, APPDATA: folder }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the key of the secrets', () => {
  test('is made once, for its owner only, and found again', async () => {
    expect(await loadSecretKey('w1', false, env)).toBeNull()
    const key = await loadSecretKey('w1', true, env)
    expect(await loadSecretKey('w1', true, env)).toEqual(key)
    if (process.platform !== 'win32') expect((await stat(secretKeyPath('w1', env))).mode & 0o777).toBe(0o600)
  })

  test('one that is damaged is not replaced: what it sealed would be lost', async () => {
    await loadSecretKey('w2', true, env)
    await writeFile(secretKeyPath('w2', env), 'half a k')
    expect(await loadSecretKey('w2', true, env)).toBeNull()
  })

  test('comes from the environment where it is given, and must be 32 bytes', async () => {
    const hex = 'ab'.repeat(32)
    expect(await loadSecretKey('w3', false, { SKEIN_SECRET_KEY: hex })).toEqual(Buffer.from(hex, 'hex'))
    expect(await loadSecretKey('w3', true, { SKEIN_SECRET_KEY: 'too short' })).toBeNull()
  })
})

describe('sealing', () => {
  const secrets = secretsFrom(new Uint8Array(32).fill(1))

  test('opens what was sealed for the same purpose with the same key, and nothing else', () => {
    const sealed = secrets.seal('inbox 1', '密码')
    expect(sealed).not.toContain('密码')
    expect(secrets.open('inbox 1', sealed)).toBe('密码')
    expect(() => secrets.open('inbox 2', sealed)).toThrow()
    expect(() => secretsFrom(new Uint8Array(32).fill(2)).open('inbox 1', sealed)).toThrow()
    const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
    expect(() => secrets.open('inbox 1', flipped)).toThrow()
  })

  test('never gives the same twice', () => {
    expect(secrets.seal('p', 'x')).not.toBe(secrets.seal('p', 'x'))
  })
})
