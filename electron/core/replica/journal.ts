/**
 * What waits in the outbox, once more, in a small file beside the replica (S28): when the large file is damaged where SQLite
 * needs it most, or its write-ahead log loses its end, a person's words are still here. Written after the commit and before
 * anybody hears of it; put on the platter in the background, because losing it takes two accidents at once: power and page.
 *
 * Records are sealed one by one (AES-256-GCM) and found again behind damaged ones by their mark. An empty outbox leaves an
 * empty file.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import type { Replica } from './replica.ts'
import type { OutboxRow } from './statements.ts'

export const journalPath = (path: string): string => `${path}.outbox`

export interface Journal {
  /** Writes it anew with what waits now, so that nothing is in it that does not wait any more. */
  renew(): void
  close(): void
}

const MARK = Buffer.from('SKN1')
const IV = 12
const TAG = 16
const HEAD = MARK.length + 4 + IV + TAG
/** Above this it is written anew without what has gone. Bytes. */
const LARGE = 8_000_000

/** Milliseconds. */
const SYNC_EVERY = 1_000

type Entry = { put: OutboxRow } | { gone: string[] }

/** Keeps the journal of an open replica in step. What was in the file is replaced by what the outbox holds now. */
export function keepJournal(replica: Replica, path: string, key: Uint8Array): Journal {
  const file = journalPath(path)
  const secret = secretOf(key)
  const after = replica.db.prepare<[number], OutboxRow>('select * from outbox where seq > ? order by seq')
  const known = new Map<number, string>()
  let last = 0
  let size = 0
  let handle: number | undefined
  let due: NodeJS.Timeout | undefined

  /** Beside its place, then moved there: a crash leaves the old one or the new. */
  const anew = (): void => {
    if (handle !== undefined) closeSync(handle)
    handle = undefined
    const next = openSync(`${file}.new`, 'w', 0o600)
    try {
      known.clear()
      const rows = after.all(0)
      const bytes = Buffer.concat(rows.map(put => seal({ put }, secret)))
      writeSync(next, bytes)
      fsyncSync(next)
      renameSync(`${file}.new`, file)
      for (const { seq, id } of rows) known.set(seq, id)
      last = rows.at(-1)?.seq ?? 0
      size = bytes.length
      handle = next
    } finally {
      if (handle !== next) closeSync(next)
    }
  }

  const follow = (): void => {
    if (handle === undefined || size > LARGE) {
      anew()
      return
    }
    const added = after.all(last)
    for (const { seq, id } of added) known.set(seq, id)
    last = added.at(-1)?.seq ?? last
    const count = replica.sql.outbox.count.get() ?? 0
    const gone = count === known.size ? [] : forgotten()
    if (count === 0) {
      if (size > 0) ftruncateSync(handle, 0)
      size = 0
    } else if (added.length > 0 || gone.length > 0) {
      const entries: Entry[] = [...added.map(put => ({ put })), ...(gone.length > 0 ? [{ gone }] : [])]
      const bytes = Buffer.concat(entries.map(entry => seal(entry, secret)))
      writeSync(handle, bytes, 0, bytes.length, size)
      size += bytes.length
    } else return
    flush()
  }

  const forgotten = (): string[] => {
    const there = new Set(replica.db.prepare<[], number>('select seq from outbox').pluck().all())
    const gone = [...known].filter(([seq]) => !there.has(seq))
    for (const [seq] of gone) known.delete(seq)
    return gone.map(([, id]) => id)
  }

  /** A moment later, for all of that moment: a sync for every change would stand in the way of the replica's own. */
  const flush = (): void => {
    due ??= setTimeout(() => {
      due = undefined
      if (handle !== undefined) fdatasync(handle, () => {})
    }, SYNC_EVERY).unref()
  }

  /** A disk that has no room for the second copy still has the first; the next change tries again. */
  const guarded = (run: () => void): void => {
    try {
      run()
    } catch {
      if (handle !== undefined) closeSync(handle)
      handle = undefined
    }
  }

  guarded(anew)
  const stop = replica.onCommit(({ local }) => {
    if (local) guarded(follow)
  })
  return {
    renew: () => guarded(anew),
    close() {
      stop()
      clearTimeout(due)
      if (handle !== undefined) closeSync(handle)
      handle = undefined
    },
  }
}

/** What waited when the journal was last written, as far as it can be read; nothing when there is none or the key is another. */
export function readJournal(path: string, key: Uint8Array): OutboxRow[] {
  let bytes: Buffer
  try {
    bytes = readFileSync(journalPath(path))
  } catch {
    return []
  }
  const secret = secretOf(key)
  const waiting = new Map<string, OutboxRow>()
  for (let at = bytes.indexOf(MARK); at >= 0; ) {
    const end = at + HEAD + (at + HEAD <= bytes.length ? bytes.readUInt32BE(at + MARK.length) : 0)
    const entry = end <= bytes.length ? unseal(bytes.subarray(at, end), secret) : undefined
    if (entry && 'put' in entry) waiting.set(entry.put.id, entry.put)
    else if (entry) for (const id of entry.gone) waiting.delete(id)
    at = bytes.indexOf(MARK, entry ? end : at + 1)
  }
  return [...waiting.values()]
}

const secretOf = (key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', 'skein outbox journal', 32))

function seal(entry: Entry, secret: Buffer): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', secret, iv)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(entry), 'utf8'), cipher.final()])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(sealed.length)
  return Buffer.concat([MARK, length, iv, cipher.getAuthTag(), sealed])
}

function unseal(record: Buffer, secret: Buffer): Entry | undefined {
  const iv = record.subarray(MARK.length + 4, MARK.length + 4 + IV)
  const tag = record.subarray(MARK.length + 4 + IV, HEAD)
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG }).setAuthTag(tag)
    const text = Buffer.concat([decipher.update(record.subarray(HEAD)), decipher.final()]).toString('utf8')
    return JSON.parse(text) as Entry
  } catch {
    return undefined
  }
}
