import type { RequestArgs, RequestResult } from '#shared/ipc/contract.ts'
import type { Id } from '#shared/model/base.ts'
import { draftId } from '#shared/model/draft.ts'
import { ErrorAnswer } from '#shared/protocol/http.ts'
import { FaultError, fail } from './fault-error.ts'
import type { Blobs, BlobWriter } from './replica/blobs.ts'
import type { Replica } from './replica/replica.ts'
import type { Fetch } from './sync/hub-http.ts'
import type { Tokens } from './sync/tokens.ts'

/** While no channel is known. Bytes. */
const USUAL_LIMIT = 25 * 1024 * 1024
/** Files being written at once; more is a mistake of the page. */
const MOST_OPEN = 50

interface OpenFile {
  name: string
  type: string
  size: number
  writer: BlobWriter
}

export interface Attachments {
  begin(args: RequestArgs<'attachmentBegin'>): RequestResult<'attachmentBegin'>
  write(args: RequestArgs<'attachmentWrite'>): null
  finish(args: RequestArgs<'attachmentFinish'>): RequestResult<'attachmentFinish'>
  read(args: RequestArgs<'attachmentRead'>): Promise<RequestResult<'attachmentRead'>>
  readOwn(args: RequestArgs<'draftFileRead'>): Promise<RequestResult<'draftFileRead'>>
}

export interface AttachmentDeps {
  replica: Replica
  blobs: Blobs
  tokens: Tokens
  fetch: Fetch
  agentId(): Id
  newId(): Id
  /** A file is there to be uploaded. */
  added(): void
}

/**
 * Files from the page to the outbox, and from desk or hub to the page.
 * @throws FaultError: too-large, invalid, not-found, disk-full, hub-unreachable, attachment-missing
 */
export function createAttachments(deps: AttachmentDeps): Attachments {
  const { replica, blobs } = deps
  const open = new Map<Id, OpenFile>()
  const limits = replica.db
    .prepare<[], number | null>(`select max(doc ->> '$.limits.attachmentBytes') from channel`)
    .pluck()

  const opened = (uploadId: Id): OpenFile => {
    const file = open.get(uploadId)
    if (!file) throw fail('not-found')
    return file
  }
  const drop = (uploadId: Id): void => {
    open.get(uploadId)?.writer.abort()
    open.delete(uploadId)
  }

  return {
    begin({ name, type, size }) {
      const limit = limits.get() ?? USUAL_LIMIT
      if (size > limit) throw fail('too-large', { params: { size, limit } })
      for (const uploadId of [...open.keys()].slice(0, Math.max(0, open.size - MOST_OPEN + 1))) drop(uploadId)
      const uploadId = deps.newId()
      open.set(uploadId, { name, type, size, writer: blobs.create() })
      return { uploadId }
    },
    write({ uploadId, offset, bytes }) {
      const file = opened(uploadId)
      if (offset !== file.writer.written || offset + bytes.length > file.size) {
        drop(uploadId)
        throw fail('invalid', { params: { field: 'offset' } })
      }
      try {
        file.writer.write(bytes)
      } catch (error) {
        drop(uploadId)
        throw error
      }
      return null
    },
    finish({ uploadId }) {
      const { name, type, size, writer } = opened(uploadId)
      if (writer.written !== size) {
        drop(uploadId)
        throw fail('invalid', { params: { field: 'size' } })
      }
      open.delete(uploadId)
      const { sha256 } = writer.finish()
      replica.transaction(() => {
        replica.sql.upload.add.run(sha256, name, type, size)
        replica.touchLocal()
      })
      deps.added()
      return { sha256, name, type, size }
    },
    async read({ itemId, sha256 }) {
      const item = replica.tables.get('item', itemId)
      const file =
        item?.attachments.find(each => each.sha256 === sha256) ??
        (item?.mail?.raw === sha256 ? { name: 'message.eml', type: 'message/rfc822' } : undefined)
      if (!file) throw fail('not-found')
      const bytes = blobs.read(sha256) ?? (await download(`items/${encodeURIComponent(itemId)}`, sha256))
      return { name: file.name, type: file.type, bytes: new Uint8Array(bytes) }
    },
    async readOwn({ conversationId, kind, sha256 }) {
      const draft = replica.tables.get('draft', draftId(deps.agentId(), conversationId, kind))
      const file = draft?.attachments.find(each => each.sha256 === sha256)
      if (!draft || !file) throw fail('not-found')
      // A held reply that is edited, and what is written together, have their files from wherever they were written, by whomever.
      const from = draft.heldItemId ?? draft.shared?.itemId
      const item = from === undefined ? undefined : replica.tables.get('item', from)
      const ofItem = item?.attachments.some(each => each.sha256 === sha256)
      const place = item && ofItem ? `items/${encodeURIComponent(item.id)}` : 'own'
      const bytes = blobs.read(sha256) ?? (await download(place, sha256))
      return { name: file.name, type: file.type, bytes: new Uint8Array(bytes) }
    },
  }

  async function download(place: string, sha256: string): Promise<Uint8Array> {
    const session = await deps.tokens.fresh()
    if (!session.ok) throw new FaultError(session.fault)
    const { hubUrl, accessToken } = session.value
    const response = await deps
      .fetch(`${hubUrl}/v1/${place}/attachments/${sha256}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      })
      .catch(() => undefined)
    if (!response) throw fail('hub-unreachable')
    if (!response.ok) {
      const told = ErrorAnswer.safeParse(await response.json().catch(() => undefined))
      throw told.success ? new FaultError(told.data.fault) : fail('attachment-missing')
    }
    const bytes = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)))
    if (!blobs.keep(sha256, bytes)) throw fail('attachment-missing')
    return bytes
  }
}
