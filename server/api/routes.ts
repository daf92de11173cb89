/** The few requests outside the socket (shared/protocol/http.ts). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Sha256 } from '#shared/model/base.ts'
import { homeOf, streamsOfAgent } from '#shared/model/stream.ts'
import { fault } from '#shared/protocol/fault.ts'
import { type HubInfo, Refresh, SignIn } from '#shared/protocol/http.ts'
import { oldestSupported, protocolVersion } from '#shared/protocol/version.ts'
import type { Auth } from '../auth/sign-in.ts'
import { STATUS_AGENT } from '../auth/tokens.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import { type createUploads, uploadsPath } from '../blobs/uploads.ts'
import type { Store } from '../store/store.ts'
import { uploadName } from '../sync/run.ts'
import { answerFault, bearerOf, parseBody } from './answers.ts'
import { addressOf } from './origin.ts'

export interface RouteDeps {
  store: Store
  auth: Auth
  blobs: BlobStore
  uploads: Awaited<ReturnType<typeof createUploads>>
  version: string
  desks(): number
}

export function addRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store, auth } = deps

  app.get('/v1/hello', async (): Promise<HubInfo> => {
    const [workspace] = await store.all('workspace')
    return {
      product: 'skein-hub',
      version: deps.version,
      protocol: { current: protocolVersion, oldest: oldestSupported },
      workspace: workspace?.name ?? '',
    }
  })

  /** For load balancers: whether this hub can reach its database. */
  app.get('/v1/health', async () => {
    await store.ping()
    return { ok: true }
  })

  /** For `skein-hub status`, who signs with the hub's own key. */
  app.get('/v1/status', async (request, reply) => {
    const bearer = await bearerOf(auth, request)
    if ('fault' in bearer) return answerFault(reply, bearer.fault)
    if (bearer.value.agentId !== STATUS_AGENT) return answerFault(reply, fault('forbidden'))
    return { desks: deps.desks() }
  })

  app.post('/v1/session', async (request, reply) => {
    const body = parseBody(SignIn, request)
    if ('fault' in body) return answerFault(reply, body.fault)
    const session = await auth.signIn(body.value, addressOf(request.raw))
    return session.ok ? session.value : answerFault(reply, session.fault)
  })

  app.post('/v1/session/refresh', async (request, reply) => {
    const body = parseBody(Refresh, request)
    if ('fault' in body) return answerFault(reply, body.fault)
    const session = await auth.refresh(body.value.refreshToken)
    return session.ok ? session.value : answerFault(reply, session.fault)
  })

  app.post('/v1/session/end', async (request, reply) => {
    const bearer = await bearerOf(auth, request)
    if ('fault' in bearer) return answerFault(reply, bearer.fault)
    await auth.signOut(bearer.value)
    return reply.status(204).send()
  })

  addDownloads(app, deps)
  addUploads(app, deps)
}

function addUploads(app: FastifyInstance, { auth, uploads }: RouteDeps): void {
  app.register(async scope => {
    // The bytes go to tus as they come.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.route({
      method: ['POST', 'PATCH', 'HEAD', 'DELETE'],
      url: uploadsPath,
      handler: (request, reply) => hand(request, reply),
    })
    scope.route({
      method: ['PATCH', 'HEAD', 'DELETE'],
      url: `${uploadsPath}/:id`,
      handler: (request, reply) => hand(request, reply),
    })
    const hand = async (request: FastifyRequest, reply: FastifyReply) => {
      const bearer = await bearerOf(auth, request)
      if ('fault' in bearer) return answerFault(reply, bearer.fault)
      reply.hijack()
      return uploads.handle(bearer.value.agentId, request.raw, reply.raw)
    }
  })
}

function addDownloads(app: FastifyInstance, { store, auth, blobs }: RouteDeps): void {
  app.get<{ Params: { item: string; sha256: string } }>(
    '/v1/items/:item/attachments/:sha256',
    async (request, reply) => {
      const bearer = await bearerOf(auth, request)
      if ('fault' in bearer) return answerFault(reply, bearer.fault)
      const [agent] = await store.read('agent', [bearer.value.agentId])
      const [item] = await store.read('item', [request.params.item])
      const home = item && homeOf('item', item)
      // Whoever may not see the item learns nothing of it, not even that it is there (S27, I5).
      if (!agent || !item || !home || !streamsOfAgent(agent).includes(home))
        return answerFault(reply, fault('not-found'))
      const sha256 = Sha256.safeParse(request.params.sha256).data
      const known =
        sha256 === item.mail?.raw || item.attachments.some(attachment => attachment.sha256 === sha256)
      return handOut(request, reply, blobs, known ? sha256 : undefined)
    },
  )
  // What an agent has sent up and not sent off: a file of a draft that they go on with at another desk. They have had the bytes (S27).
  app.get<{ Params: { sha256: string } }>('/v1/own/attachments/:sha256', async (request, reply) => {
    const bearer = await bearerOf(auth, request)
    if ('fault' in bearer) return answerFault(reply, bearer.fault)
    const sha256 = Sha256.safeParse(request.params.sha256).data
    const own = sha256 && (await store.named(uploadName(bearer.value.agentId, sha256))).length > 0
    return handOut(request, reply, blobs, own ? sha256 : undefined)
  })
}

/** @param sha256 undefined: whoever asks may not have it, or there is none */
async function handOut(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: BlobStore,
  sha256: Sha256 | undefined,
): Promise<FastifyReply> {
  const size = sha256 ? await blobs.size(sha256) : null
  if (!sha256 || size === null) return answerFault(reply, fault('not-found'))
  reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', 'attachment')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .header('accept-ranges', 'bytes')
    .header('etag', `"${sha256}"`)
  const range = rangeOf(request.headers.range, size)
  if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${size}`).send()
  if (!range) return reply.header('content-length', size).send(blobs.read(sha256))
  return reply
    .status(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${size}`)
    .header('content-length', range.end - range.start + 1)
    .send(blobs.read(sha256, range))
}

/** One range of bytes (RFC 9110 14.1.2); several, or what is not understood, count as none. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return null
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return start >= size || start > end ? 'unsatisfiable' : { start, end }
}
