/** Pictures that mails only name, for desks whose agent may read the mail (shared/protocol/images.ts). */
import type { FastifyInstance } from 'fastify'
import { homeOf, streamsOfAgent } from '#shared/model/stream.ts'
import { fault } from '#shared/protocol/fault.ts'
import { ImageQuestion } from '#shared/protocol/images.ts'
import type { Auth } from '../auth/sign-in.ts'
import { fetchImage } from '../images/fetch-image.ts'
import { buckets } from '../limits/buckets.ts'
import type { Reach } from '../outward/reach.ts'
import type { Store } from '../store/store.ts'
import { answerFault, bearerOf, parseBody } from './answers.ts'

export interface ImageRouteDeps {
  store: Store
  auth: Auth
  now(): number
  /** Where pictures may be fetched from; the public internet when not given. Tests only: no setting leads here. */
  imageReach?: Reach | undefined
}

/** A long newsletter has some fifty pictures. */
const RATE = { burst: 200, perSecond: 5 }
const AT_ONCE = 24

export function addImageRoutes(app: FastifyInstance, deps: ImageRouteDeps): void {
  const { store, auth } = deps
  const rate = buckets(RATE, deps.now)
  let underWay = 0

  app.post<{ Params: { item: string } }>('/v1/items/:item/images', async (request, reply) => {
    const bearer = await bearerOf(auth, request)
    if ('fault' in bearer) return answerFault(reply, bearer.fault)
    const { agentId } = bearer.value
    const body = parseBody(ImageQuestion, request)
    if ('fault' in body) return answerFault(reply, body.fault)
    const [agent] = await store.read('agent', [agentId])
    const [item] = await store.read('item', [request.params.item])
    const home = item && homeOf('item', item)
    if (!agent || !item?.html || !home || !streamsOfAgent(agent).includes(home))
      return answerFault(reply, fault('not-found'))
    const wait = rate.take(agentId)
    if (wait > 0)
      return answerFault(reply, fault('too-many-attempts', { params: { seconds: Math.ceil(wait / 1000) } }))
    if (underWay >= AT_ONCE) return answerFault(reply, fault('hub-busy'))
    underWay++
    try {
      const image = await fetchImage(body.value.url, deps.imageReach)
      if (!image.ok) return answerFault(reply, image.fault)
      return reply
        .header('content-type', image.value.type)
        .header('content-disposition', 'attachment')
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(image.value.bytes))
    } finally {
      underWay--
    }
  })
}
