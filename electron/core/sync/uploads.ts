import { type DetailedError, Upload } from 'tus-js-client'
import type { FaultKind } from '#shared/protocol/fault.ts'
import type { Ground } from '../ground.ts'
import type { Blobs } from '../replica/blobs.ts'
import type { Replica } from '../replica/replica.ts'
import type { UploadRow } from '../replica/statements.ts'
import { rebase } from './rebase.ts'
import { type RefusedNote, takeRefusal } from './refusal.ts'
import type { Tokens } from './tokens.ts'

/** A part of a file in one request; what is there already is not sent again after a break. */
const PART = 1024 * 1024
const RETRY = 5_000

export interface Uploads {
  /** Sends what the hub does not have yet, one file after another. */
  run(): void
  stop(): void
}

export interface UploadDeps {
  replica: Replica
  blobs: Blobs
  ground: Ground
  tokens: Tokens
  connected(): boolean
  hubNow(): number
  /** A file arrived: what waited for it may go. */
  arrived(): void
  /** A file can never arrive: the changes that need it came back. */
  refused(notes: RefusedNote[]): void
  /** The database failed. */
  failed(error: unknown): void
}

type Sent = 'done' | 'later' | 'again' | FaultKind

/** Uploads by tus 1.0.0, resumable over breaks and restarts: the upload's address is kept in the replica (S27). */
export function createUploads(deps: UploadDeps): Uploads {
  const { replica, ground } = deps
  const { upload: sql } = replica.sql
  let running = false
  let stopped = false
  let abort = (): void => {}
  let cancelRetry = (): void => {}

  const run = async (): Promise<void> => {
    if (running || stopped) return
    running = true
    cancelRetry()
    try {
      let renewed = false
      for (let row = sql.next.get(); row && !stopped && deps.connected(); row = sql.next.get()) {
        const sent = await send(row)
        if (stopped) return
        if (sent === 'again' && !renewed) {
          renewed = true
          deps.tokens.spoilt()
        } else if (sent === 'later' || sent === 'again') {
          cancelRetry = ground.after(RETRY, () => void run())
          return
        } else if (sent === 'done') {
          replica.transaction(() => {
            sql.done.run(row.sha256)
            replica.touchLocal()
          })
          deps.arrived()
        } else giveUp(row, sent)
      }
    } catch (error) {
      if (stopped) return
      deps.failed(error)
      cancelRetry = ground.after(RETRY, () => void run())
    } finally {
      running = false
    }
  }

  const send = async (row: UploadRow): Promise<Sent> => {
    const session = await deps.tokens.fresh()
    if (!session.ok) return 'later'
    const bytes = deps.blobs.read(row.sha256)
    if (!bytes) return 'attachment-missing'
    return new Promise(resolve => {
      const upload = new Upload(bytes as never, {
        endpoint: `${session.value.hubUrl}/v1/uploads`,
        uploadUrl: row.url,
        headers: { authorization: `Bearer ${session.value.accessToken}` },
        metadata: { sha256: row.sha256, name: row.name, type: row.type },
        chunkSize: PART,
        retryDelays: null,
        storeFingerprintForResuming: false,
        // Where it stands is worth nothing but time: a full disk does not stop an upload.
        onUploadUrlAvailable: () => note(() => sql.url.run(upload.url, row.sha256)),
        onChunkComplete: (_size, sent) => note(() => sql.progress.run(sent, row.sha256)),
        onSuccess: () => resolve('done'),
        onError: error => resolve(judge(error as DetailedError)),
      })
      abort = () => {
        void upload.abort()
        resolve('later')
      }
      upload.start()
    })
  }

  const note = (write: () => void): void => {
    if (stopped) return
    try {
      replica.transaction(() => {
        write()
        replica.touchLocal()
      })
    } catch (error) {
      deps.failed(error)
    }
  }

  /** What needs this file comes back to its author, instead of waiting for ever (S29). */
  const giveUp = (row: UploadRow, kind: FaultKind): void => {
    const notes = replica.transaction(() => {
      sql.remove.run(row.sha256)
      const waiting = replica.sql.outbox.unnumbered
        .all(1_000_000)
        .filter(({ args }) => args.includes(row.sha256))
      rebase(replica, { touched: [], dropped: waiting, change: () => {} })
      const outcome = { kind: 'refused' as const, code: kind, params: { name: row.name } }
      replica.touchLocal()
      return waiting.map(entry =>
        takeRefusal(replica, entry, outcome, { newId: ground.newId, now: deps.hubNow() }),
      )
    })
    deps.refused(notes)
  }

  return {
    run: () => void run(),
    stop() {
      stopped = true
      cancelRetry()
      abort()
    },
  }
}

function judge(error: DetailedError): Sent {
  const status = error.originalResponse?.getStatus() ?? 0
  if (status === 401) return 'again'
  if (status === 413) return 'too-large'
  if (status === 400 || status === 415 || status === 422 || status === 460) return 'invalid'
  return 'later'
}
