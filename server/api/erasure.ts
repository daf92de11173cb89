/** Erasing a customer (shared/protocol/erasure.ts): for administrators, of customers they may see. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Id } from '#shared/model/base.ts'
import { type Stream, streamsOfAgent } from '#shared/model/stream.ts'
import { ErasureQuestion, ErasureWish } from '#shared/protocol/erasure.ts'
import { fault } from '#shared/protocol/fault.ts'
import type { Auth } from '../auth/sign-in.ts'
import type { Bearer } from '../auth/tokens.ts'
import { type EraseDeps, erase } from '../erasure/erase.ts'
import { previewOf, streamsOf } from '../erasure/preview.ts'
import { answerFault, bearerOf, parseBody } from './answers.ts'

export interface ErasureRouteDeps extends EraseDeps {
  auth: Auth
  newId(): Id
}

export function addErasureRoutes(app: FastifyInstance, deps: ErasureRouteDeps): void {
  const { store, auth } = deps

  const forAdministrators =
    <Body>(
      schema: z.ZodType<Body>,
      work: (given: { by: Bearer; id: Id; body: Body; reply: FastifyReply }) => Promise<unknown>,
    ) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const bearer = await bearerOf(auth, request)
      if ('fault' in bearer) return answerFault(reply, bearer.fault)
      const [agent] = await store.read('agent', [bearer.value.agentId])
      if (!agent?.active || agent.role !== 'administrator') return answerFault(reply, fault('forbidden'))
      const { customer: id } = request.params as { customer: Id }
      const seen = new Set<string>(streamsOfAgent(agent) satisfies Stream[])
      if (!(await streamsOf(store, id)).some(stream => seen.has(stream)))
        return answerFault(reply, fault('not-found'))
      const body = parseBody(schema, request)
      if ('fault' in body) return answerFault(reply, body.fault)
      return work({ by: bearer.value, id, body: body.value, reply })
    }

  app.post(
    '/v1/customers/:customer/erasure/preview',
    forAdministrators(ErasureQuestion, async ({ id, body, reply }) => {
      const preview = await previewOf(store, id, body.whole)
      return preview ?? answerFault(reply, fault('not-found'))
    }),
  )

  app.post(
    '/v1/customers/:customer/erasure',
    forAdministrators(ErasureWish, async ({ by, id, body, reply }) => {
      const preview = await previewOf(store, id, body.whole)
      const named = preview?.customers[0]
      if (!named) return answerFault(reply, fault('not-found'))
      // What was typed is looked at here, too: nobody is erased because a page forgot to ask.
      if (body.name.trim() !== named.name.trim())
        return answerFault(reply, fault('invalid', { params: { field: 'name' } }))
      const whom = { id: deps.newId(), at: deps.now(), conversationIds: [], names: [] }
      const customerIds = preview.customers.map(customer => customer.id)
      return erase(deps, { ...whom, customerIds }, { by, reason: body.reason })
    }),
  )
}
