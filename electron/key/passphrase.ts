// A database key wrapped by a passphrase: scrypt (RFC 7914) stretches it, AES-256-GCM seals the key, so a wrong
// passphrase is recognised instead of opening a database with garbage, and a passphrase can change without re-encrypting.
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { z } from 'zod'

const cost = { N: 2 ** 17, r: 8, p: 1 } // OWASP's figures for scrypt: 128 MiB, about 0.3 s
const stretch = promisify<string, Buffer, number, object, Buffer>(scrypt)
const bytes = z.base64().transform(text => Buffer.from(text, 'base64'))

export const WrappedKey = z.object({
  kind: z.literal('passphrase'),
  v: z.literal(1),
  // Bounded, so that a doctored file cannot ask for all memory.
  N: z
    .number()
    .int()
    .min(2)
    .max(2 ** 18),
  r: z.number().int().min(1).max(16),
  p: z.number().int().min(1).max(16),
  salt: bytes,
  iv: bytes,
  tag: bytes,
  sealed: bytes,
})

/** The file's content as it is written: JSON, the bytes in base64. */
export type WrappedKeyText = z.input<typeof WrappedKey>

const derive = (passphrase: string, salt: Buffer, { N, r, p }: typeof cost): Promise<Buffer> =>
  stretch(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r })

/** @param key 32 random bytes; @returns what may be written to disk beside the database */
export const wrapKey = async (key: Buffer, passphrase: string): Promise<WrappedKeyText> => {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, cost), iv)
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  const text = (buffer: Buffer): string => buffer.toString('base64')
  return {
    kind: 'passphrase',
    v: 1,
    ...cost,
    salt: text(salt),
    iv: text(iv),
    tag: text(cipher.getAuthTag()),
    sealed: text(sealed),
  }
}

/** @returns the key, or undefined when the passphrase is not the one it was wrapped with */
export const unwrapKey = async (wrapped: WrappedKeyText, passphrase: string): Promise<Buffer | undefined> => {
  const { salt, iv, tag, sealed, ...rest } = WrappedKey.parse(wrapped)
  const decipher = createDecipheriv('aes-256-gcm', await derive(passphrase, salt, rest), iv, {
    authTagLength: 16,
  })
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch {
    return undefined
  }
}
