import { createHash } from 'node:crypto'

/** Fields that a mail gathers on its way: the same mail brought twice over two ways differs only in these. */
const TRACE =
  /^(received|x-received|return-path|delivered-to|x-original-to|x-forwarded-to|x-forwarded-for|authentication-results|received-spf|arc-[\w-]+|x-spam[\w-]*|x-virus[\w-]*)\s*:/i

/** SHA-256 of the mail's raw form without its trace fields. */
export function fingerprint(raw: Uint8Array): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const hash = createHash('sha256')
  let at = 0
  let skipping = false
  while (at < bytes.length) {
    const lf = bytes.indexOf(0x0a, at)
    const next = lf < 0 ? bytes.length : lf + 1
    const line = bytes.toString('latin1', at, Math.min(next, at + 100))
    if (line === '\n' || line === '\r\n') break
    if (!/^[ \t]/.test(line)) skipping = TRACE.test(line)
    if (!skipping) hash.update(bytes.subarray(at, next))
    at = next
  }
  return hash.update(bytes.subarray(at)).digest('hex')
}

/** What a mail is recognised by when it is brought again (S19). At most 200 characters. */
export function deliveryKey(messageId: string, raw: Uint8Array): string {
  return `${fingerprint(raw)}:${messageId}`.slice(0, 200)
}
