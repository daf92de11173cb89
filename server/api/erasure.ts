/** Erasing a customer, and handing out what is kept of one (shared/protocol/erasure.ts): of customers that whoever asks may see. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Agent, Role } from '#shared/model/agent.ts'
import type { Id } from '#shared/model/base.ts'
import { key } from '#shared/model/row.ts'
import { type Stream, streamsOfAgent } from '#shared/model/stream.ts'
import { leads } from '#shared/mutations/mutation.ts'
import { ErasureQuestion, ErasureWish, ExportQuestion } from '#shared/protocol/erasure.ts'
import { fault } from '#shared/protocol/fault.ts'
import type { Auth } from '../auth/sign-in.ts'
import type { Bearer } from '../auth/tokens.ts'
import { bundle } from '../customer-export/bundle.ts'
import { gather } from '../customer-export/gather.ts'
import { type EraseDeps, erase } from '../erasure/erase.ts'
import { familyOf, previewOf, streamsOf } from '../erasure/preview.ts'
import { answerFault, bearerOf, parseBody } from './answers.ts'

export interface ErasureRouteDeps extends EraseDeps {
  auth: Auth
  newId(): Id
}

export function addErasureRoutes(app: FastifyInstance, deps: ErasureRouteDeps): void {
  const { store, auth } = deps

  type Asked = { by: Bearer; agent: Agent; id: Id; request: FastifyRequest; reply: FastifyReply }
  /** Somebody who has one of these roles and may see the customer. */
  const of =
    (roles: readonly Role[], work: (asked: Asked) => Promise<unknown>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const bearer = await bearerOf(auth, request)
      if ('fault' in bearer) return answerFault(reply, bearer.fault)
      const [agent] = await store.read('agent', [bearer.value.agentId])
      if (!agent?.active || !roles.includes(agent.role)) return answerFault(reply, fault('forbidden'))
      const { customer: id } = request.params as { customer: Id }
      const seen = new Set<string>(streamsOfAgent(agent) satisfies Stream[])
      if (!(await streamsOf(store, id)).some(stream => seen.has(stream)))
        return answerFault(reply, fault('not-found'))
      return work({ by: bearer.value, agent, id, request, reply })
    }

  const forAdministrators = <Body>(
    schema: z.ZodType<Body>,
    work: (asked: Asked & { body: Body }) => Promise<unknown>,
  ) =>
    of(['administrator'], async asked => {
      const body = parseBody(schema, asked.request)
      if ('fault' in body) return answerFault(asked.reply, body.fault)
      return work({ ...asked, body: body.value })
    })

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

  app.get(
    '/v1/customers/:customer/export',
    of(leads, async ({ by, agent, id, request, reply }) => {
      const asked = ExportQuestion.safeParse(request.query)
      if (!asked.success) return answerFault(reply, fault('invalid'))
      const family = await familyOf(store, id)
      const customers = asked.data.whole === '1' ? family : family.filter(each => each.id === id)
      const gathered = await gather(deps, customers, new Set(agent.inboxIds))
      const at = deps.now()
      await store.write(async tx =>
        tx.event({
          name: 'customer.exported',
          agentId: by.agentId,
          deviceId: by.deviceId,
          mutationId: null,
          at,
          keys: customers.map(each => key('customer', each.id)),
          facts: { conversations: gathered.conversations.length, files: gathered.files.size },
        }),
      )
      const [workspace] = await store.all('workspace')
      const agents = new Map((await store.all('agent')).map(each => [each.id, each]))
      const tags = new Map((await store.all('tag')).map(tag => [tag.id, tag.name]))
      const told = { workspace, at, agents, tags }
      return reply
        .header('content-type', 'application/zip')
        .header('content-disposition', 'attachment')
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(bundle(deps, gathered, told, asked.data.language))
    }),
  )
}
