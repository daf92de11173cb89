import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { fault } from '#shared/protocol/fault.ts'
import type { Auth } from '../auth/sign-in.ts'
import type { Bearer } from '../auth/tokens.ts'
import type { Store } from '../store/store.ts'
import { answerFault, bearerOf, parseBody } from './answers.ts'

export interface Asked<Body> {
  by: Bearer
  body: Body
  request: FastifyRequest
  reply: FastifyReply
}

/** A way to run `work` for an administrator who sent a body that fits; everybody else is answered. */
export const administrators =
  ({ store, auth }: { store: Store; auth: Auth }) =>
  <Body>(body: z.ZodType<Body>, work: (asked: Asked<Body>) => Promise<unknown>) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const bearer = await bearerOf(auth, request)
    if ('fault' in bearer) return answerFault(reply, bearer.fault)
    const [agent] = await store.read('agent', [bearer.value.agentId])
    if (!agent?.active || agent.role !== 'administrator') return answerFault(reply, fault('forbidden'))
    const parsed = parseBody(body, request)
    if ('fault' in parsed) return answerFault(reply, parsed.fault)
    return work({ by: bearer.value, body: parsed.value, request, reply })
  }
