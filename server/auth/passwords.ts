import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the parameters OWASP asks for first: 19 MiB, 2 passes, 1 lane. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const MIN_PASSWORD = 8

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

let nobody: Promise<string> | undefined

/**
 * Whether the password is right. For an account that does not exist (`stored` undefined) it takes as long, so that time does
 * not tell which addresses are known.
 */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password')
  const right = await verify(stored ?? (await nobody), password)
  return right && stored !== undefined
}
