/**
 * Resumable uploads by tus 1.0.0 (S27). An upload belongs to the agent who began it; when its bytes have the announced hash
 * they become a blob, and the agent, nobody else, may refer to it. That the hub already has the hash changes nothing.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Upload } from '@tus/server'
import { Server, type ServerOptions } from '@tus/server'
import { z } from 'zod'
import { type Id, Sha256 } from '#shared/model/base.ts'
import { key } from '#shared/model/row.ts'
import { type Fault, type FaultKind, fault } from '#shared/protocol/fault.ts'
import type { Store } from '../store/store.ts'
import { uploadName } from '../sync/run.ts'
import { type BlobStore, diskFault } from './blob-store.ts'
import { UploadFolder } from './upload-folder.ts'

export const uploadsPath = '/v1/uploads'

export interface UploadsDeps {
  store: Store
  blobs: BlobStore
  folder: string
  /** Bytes of one upload at most. */
  limit: number
  now(): number
  newId(): Id
  log: { error(facts: Record<string, unknown>, message: string): void }
}

const Metadata = z.object({
  sha256: Sha256,
  name: z.string().max(400),
  type: z.string().max(200).nullish(),
})

type Hook = Parameters<NonNullable<ServerOptions['onIncomingRequest']>>[0]

/** Thrown inside tus, which sends it as it is. */
class Refusal extends Error {
  readonly status_code: number
  readonly body: string
  constructor(status: number, reason: Fault) {
    super(reason.kind)
    this.status_code = status
    this.body = JSON.stringify({ fault: reason })
  }
}

/** Answers the requests below `uploadsPath` of an agent who has been let in. */
export async function createUploads(deps: UploadsDeps): Promise<{
  handle(agentId: Id, request: IncomingMessage, response: ServerResponse): Promise<void>
}> {
  const folder = await UploadFolder.open(deps.folder, deps.now())
  const agents = new WeakMap<IncomingMessage, Id>()
  const agentOf = (request: Hook): Id => {
    const node = request.runtime?.node?.req
    const agentId = node && agents.get(node as IncomingMessage)
    if (!agentId) throw new Refusal(401, fault('session-expired'))
    return agentId
  }

  /** Also called for an upload whose last bytes came before the hub was able to finish it. */
  const finish = async (agentId: Id, upload: Upload): Promise<void> => {
    const { sha256 } = Metadata.parse(upload.metadata)
    const adopted = await deps.blobs.adopt(folder.path(upload.id), sha256)
    if (!adopted.ok) {
      if (adopted.fault.kind === 'invalid') await folder.remove(upload.id)
      throw new Refusal(adopted.fault.kind === 'invalid' ? 460 : 507, adopted.fault)
    }
    await deps.store.write(async tx => tx.name(uploadName(agentId, sha256), key('agent', agentId)))
    await folder.remove(upload.id)
  }

  const server = new Server({
    path: uploadsPath,
    datastore: folder,
    relativeLocation: true,
    maxSize: deps.limit,
    allowedOrigins: [],
    namingFunction: () => deps.newId(),
    async onUploadCreate(request, upload) {
      const metadata = Metadata.safeParse(upload.metadata)
      if (!metadata.success) throw new Refusal(400, fault('invalid', { params: { field: 'metadata' } }))
      return { metadata: { ...upload.metadata, agentId: agentOf(request) } }
    },
    async onIncomingRequest(request, id) {
      const agentId = agentOf(request)
      if (request.method === 'POST') return
      const upload = await folder.getUpload(id)
      if (upload.metadata?.agentId !== agentId) throw new Refusal(404, fault('not-found'))
      if (request.method === 'HEAD' && upload.offset === upload.size) await finish(agentId, upload)
    },
    async onUploadFinish(request, upload) {
      await finish(agentOf(request), upload)
      return {}
    },
    onResponseError(_request, error) {
      const answer = answerTo(error, deps.limit)
      if (answer.status_code === 500)
        deps.log.error({ error: error instanceof Error ? error.stack : error.body }, 'an upload failed')
      return answer
    },
  })

  return {
    async handle(agentId, request, response) {
      agents.set(request, agentId)
      await server.handle(request, response)
    },
  }
}

const KINDS: Record<number, FaultKind> = {
  400: 'invalid',
  403: 'invalid',
  404: 'not-found',
  409: 'invalid',
  410: 'not-found',
}

function answerTo(
  error: Error | { status_code: number; body: string },
  limit: number,
): { status_code: number; body: string } {
  if (error instanceof Refusal) return { status_code: error.status_code, body: error.body }
  if ('status_code' in error) {
    const { status_code } = error as { status_code: number }
    const reason =
      status_code === 413
        ? fault('too-large', { params: { limit } })
        : fault(KINDS[status_code] ?? 'internal')
    return { status_code, body: JSON.stringify({ fault: reason }) }
  }
  if ('code' in error) {
    const disk = diskFault(error)
    if (!disk.ok) return { status_code: 507, body: JSON.stringify({ fault: disk.fault }) }
  }
  return { status_code: 500, body: JSON.stringify({ fault: fault('internal') }) }
}
